"""What a test asks of a ledger: one answer, one refusal, all that is stored, and what is wrong."""

from typing import TypeVar

from answerable.casework.ports import Appended
from answerable.core.docket import Docket, Unit
from answerable.core.errors import Refusal
from answerable.core.invariants.view import Finding, Signers
from answerable.core.ledger.receipt import Proven, verify_receipt
from answerable.keys.ed25519 import verify
from answerable.storage.checking import Beside, check
from tests.support.adapters import POLICY, Store

Refused = TypeVar("Refused", bound=Refusal)


def append(store: Store, unit: Unit) -> Appended:
    """Return the answer to one unit that no rule refuses."""
    (answer,) = store.ledger.append([unit])
    if not isinstance(answer, Appended):
        raise answer
    return answer


def refused(store: Store, unit: Unit, kind: type[Refused]) -> Refused:
    (answer,) = store.ledger.append([unit])
    assert isinstance(answer, kind)
    return answer


def lodge(store: Store, unit: Unit) -> list[Docket]:
    """Return the new cases of a unit, as they now stand."""
    return [store.dockets.docket(act.number) for act in append(store, unit).acts]


def stored(store: Store) -> dict[str, object]:
    """Return everything that the database holds."""
    with store.backend.reading() as reads:
        tail = reads.tail()
        end = tail.first + tail.size
        dockets = list(reads.all_dockets())
        return {
            "tail": tail,
            "ledgers": list(reads.ledgers()),
            "entries": reads.commitments(0, end + 1),
            "tiles": list(reads.tiles(tail.ledger, 0)),
            "checkpoints": list(reads.checkpoints(tail.ledger)),
            "units": sorted(reads.all_units()),
            "dockets": dockets,
            "owed": reads.owed([docket.id for docket in dockets]),
            "acts": list(reads.all_acts()),
            "exhibits": reads.exhibits_of(0, end + 1),
            "years": dict(reads.years()),
            "blocks": list(reads.blocks()),
            "jobs": reads.waiting_jobs(),
        }


def wrong(store: Store, *, signatures: bool = True) -> list[Finding]:
    """Return what check_ledger finds, which is nothing."""
    beside = Beside(store.heads, store.case_keys)
    signers = Signers(POLICY, verify) if signatures else None
    return list(check(store.backend, beside, signers=signers).findings)


def proven(answer: Appended) -> list[Proven]:
    """Return what the receipts of an answer prove to someone who has only the policy."""
    return [verify_receipt(act.receipt, POLICY, verify) for act in answer.acts]
