"""The Application: every use case, ready. Surfaces receive it, and never build one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from answerable.casework.do_act import DoAct
from answerable.casework.do_acts import DoActs, WrittenAct
from answerable.casework.erase_case import EraseCase
from answerable.casework.exhibits import Exhibits
from answerable.casework.form_copies import FormCopies
from answerable.casework.found_mechanism import FoundMechanism
from answerable.casework.gazetteer import Gazetteer
from answerable.casework.give_back_exhibit import GiveBackExhibit
from answerable.casework.hidden_data import HiddenData
from answerable.casework.install_rules import InstallRules
from answerable.casework.keep_parties import AddParty, GrantSeat, RecordKeyRotation
from answerable.casework.keep_party_keys import KeepPartyKeys
from answerable.casework.kept_forms import KeptForms
from answerable.casework.lodge_submission import LodgeSubmission
from answerable.casework.ports import Dockets, Ledger, Random
from answerable.casework.procedures import Checked
from answerable.casework.proceedings import Proceedings
from answerable.casework.publish_register import PublishRegister
from answerable.casework.reading import Reading
from answerable.casework.requests import Requests
from answerable.casework.response_docx import ResponsesInWord
from answerable.casework.return_keys import ReturnKeys
from answerable.casework.returned import Returned
from answerable.casework.ruling import Ruling
from answerable.casework.tell_figures import TellFigures
from answerable.core.case.delivery import Handed
from answerable.core.check import Counts, Finding, Progress
from answerable.core.errors import Fact
from answerable.core.ledger.policy import Policy
from answerable.core.signed_act import PartyKey


@dataclass(frozen=True, slots=True)
class Described:
    """What a mechanism's folder says of itself: no secrets."""

    name: str
    origin: str
    prefix: str
    zone: str
    host: str
    database: str


class Upkeep(Protocol):
    """What an operator does with the stored ledger as a whole."""

    def described(self) -> Described: ...

    def policy(self) -> Policy:
        """Return the policy of the mechanism: every key there ever was, dated."""
        ...

    def signing_keys(self) -> Iterable[Mapping[str, str | None]]:
        """Return what may be said of each signing key: name, verifier key, from, until."""
        ...

    def rotate_keys(self) -> Mapping[str, str]:
        """Begin new signing keys, end the old ones, and return the new verifier keys."""
        ...

    def check(self, *, acts: bool, progress: Progress) -> tuple[Sequence[Finding], Counts]:
        """Return every breach of an invariant, and what was looked at.

        With ``acts``, every commitment is recomputed from what survives erasure.
        """
        ...

    def require_schema(self) -> None:
        """Refuse to go on where the database lacks tables or columns of this version.

        Raises:
            DatabaseOld: it does.
        """

    def rebuild(self, progress: Progress) -> tuple[int, int]:
        """Bring the database to this version's tables, and fold the projections anew.

        Return how many dockets and acts there are.
        """
        ...

    def give_up_keys(self) -> int:
        """Give up the keys of dockets that no copy holds, and return how many those are.

        Their content can never be read again; the ledger can then go on.
        """
        ...

    def publish(self) -> tuple[int, int]:
        """Write tiles, policy and checkpoint; return the size published and the files written."""
        ...

    def keep_padding(self) -> Callable[[], None]:
        """Pad the ledger at random moments for as long as this process runs; return what ends it.

        Where the mechanism's setting is 0 nothing is padded.
        """
        ...

    def backup(self, target: str, progress: Progress) -> Mapping[str, Fact]:
        """Write a backup of the ledger and, apart from it, one of the case keys."""
        ...

    def succeed(self, origin: str) -> Mapping[str, Fact]:
        """Go on after a lost head, in a successor ledger of a new origin."""
        ...

    def renew_second_copy(self, receipts: Sequence[bytes]) -> Mapping[str, Fact]:
        """Make a new second copy of the head, if every head known elsewhere is in the database.

        Known are those that are published, and those of receipts that people hold.
        """
        ...

    def sweep(self) -> Mapping[str, int]:
        """Remove exhibits that no act names and that are older than a day, half-written ones too.

        Return the files removed with their lengths.

        Raises:
            LodgingGoesOn: try again; nothing was removed.
            LedgerReadOnly: what no act names may be that of an act that was lost.
        """
        ...

    def diagnoses(self) -> Iterator[tuple[str, bool, Mapping[str, Fact]]]:
        """Yield what doctor looked at: a code, whether it is well, and facts."""
        ...


class Forms(Requests, Protocol):
    """Files that people hand in."""

    def delivery(self, data: bytes, name: str) -> tuple[Handed, ...]:
        """Return the submissions that a file holds, each with what is wrong with it."""
        ...

    def acts(self, data: bytes, name: str) -> Checked[tuple[WrittenAct, ...]]:
        """Return the acts on cases that a file holds, or all that is wrong with it."""
        ...

    def exhibit(self, folder: str, name: str) -> BinaryIO:
        """Open an exhibit beside the file that names it; links and ways out are refused."""
        ...


class PartyKeys(Protocol):
    """A party's own key files."""

    def make(self, path: str) -> bytes:
        """Write a new key file, and return its public key."""
        ...

    def read(self, path: str) -> PartyKey:
        """Return the key that a file holds."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One mechanism's use cases, and the few reads that pages need."""

    zone: str
    ledger: Ledger
    dockets: Dockets
    exhibits: Exhibits
    reading: Reading
    gazetteer: Gazetteer
    hidden_data: HiddenData
    forms: Forms
    responses_in_word: ResponsesInWord
    party_keys: PartyKeys
    upkeep: Upkeep
    random: Random
    found_mechanism: FoundMechanism
    add_party: AddParty
    keep_party_keys: KeepPartyKeys
    grant_seat: GrantSeat
    record_key_rotation: RecordKeyRotation
    lodge_submission: LodgeSubmission
    do_act: DoAct
    erase_case: EraseCase
    do_acts: DoActs
    proceedings: Proceedings
    install_rules: InstallRules
    ruling: Ruling
    publish_register: PublishRegister
    tell_figures: TellFigures
    give_back_exhibit: GiveBackExhibit
    return_keys: ReturnKeys
    kept_forms: KeptForms
    form_copies: FormCopies
    returned: Returned
    close: Callable[[], None]
