"""An act that was decided on is signed with its party's own key, if it is to be."""

from answerable.casework.ports import Ledger
from answerable.core.acts import Draft
from answerable.core.docket import Docket, Kind
from answerable.core.signed_act import PartyKey, Signing


def signed(draft: Draft, key: PartyKey | None, ledger: Ledger, docket: Docket) -> Draft:
    """Return the draft, signed as the next act of a docket; without a key as it is.

    Decided on again, since another act came first, it is signed again: a signature is for one
    place on one docket.
    """
    if key is None:
        return draft
    place = (docket.kind, docket.number, docket.sequence + 1)
    return Signing(key, ledger.origin, *place).signed(draft)


def signed_first(draft: Draft, key: PartyKey | None, ledger: Ledger, kind: Kind) -> Draft:
    """Return the draft, signed as the first act of a docket, whose number the writer gives."""
    return draft if key is None else Signing(key, ledger.origin, kind, None, 1).signed(draft)
