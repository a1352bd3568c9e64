"""A mechanism at work on the store of a test: its use cases, and its parties."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from answerable.casework.delivery import Delivery
from answerable.casework.do_act import DoAct
from answerable.casework.found_mechanism import FoundMechanism
from answerable.casework.install_rules import InstallRules
from answerable.casework.keep_parties import AddParty, GrantSeat
from answerable.casework.lodge_submission import LodgeSubmission
from answerable.casework.ports import Issued
from answerable.casework.procedures import Checked
from answerable.casework.reading import Reading
from answerable.casework.rules_of_proceedings import RulesOfProceedings
from answerable.casework.ruling import Ruling
from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, By, Json, PartyId
from answerable.core.case.acts.table import ACTS
from answerable.core.case.submission import read_submission
from answerable.core.procedure import Procedure
from answerable.forms.shipped import ShippedProcedures
from answerable.hidden.looker import Looker
from answerable.storage.erasing import StoredErasures
from answerable.storage.exhibits import FileExhibits
from tests.support.adapters import Store
from tests.support.cases import PEOPLE, files_of
from tests.support.marks import mark

YES: Mapping[str, str] = {"named-to-body": "yes"}


class _ReadOnce(ShippedProcedures):
    """The shipped rules, and those that are read: no text twice in one process."""

    def __init__(self) -> None:
        self._read: dict[tuple[bytes, str, Sequence[str] | None], Checked[Procedure]] = {}

    def read_procedure(
        self, data: bytes, name: str, calendars: Sequence[str] | None = ()
    ) -> Checked[Procedure]:
        key = (data, name, None if calendars is None else tuple(calendars))
        if key not in self._read:
            self._read[key] = super().read_procedure(data, name, calendars)
        return self._read[key]


_RULES = _ReadOnce()


class AtWork:
    """The use cases of a mechanism whose parties are the PEOPLE of tests/support/cases.py."""

    def __init__(self, store: Store, folder: Path, *, host: str = "body") -> None:
        self.store = store
        random = store.tools.random
        self.reading = Reading(store.dockets)
        self.shipped = _RULES
        self.ruling = Ruling(self.shipped, store.clock)
        self.rules = RulesOfProceedings(self.ruling)
        self.install = InstallRules(
            *(store.ledger, store.dockets, self.reading, self.ruling, self.rules, random)
        )
        self.exhibits = FileExhibits(folder, wait_seconds=0)
        ledger, dockets, exhibits = store.ledger, store.dockets, self.exhibits
        erasures = StoredErasures(store.backend, store.case_keys, exhibits, folder)
        self.do_act = DoAct(
            ledger, dockets, self.reading, self.ruling, random, exhibits, erasures=erasures
        )
        self.lodging = LodgeSubmission(
            ledger, self.reading, exhibits, self.ruling, random, Looker()
        )
        FoundMechanism(store.ledger, random)("Training", host=host, request=uuid4())
        add = AddParty(store.ledger, self.reading, random)
        self.grant = grant = GrantSeat(store.ledger, self.reading, random)
        for one in sorted(PEOPLE, key=lambda one: int(one.party[1:])):
            party, _ = add(f"{one.seat} of {one.party}", key=None, request=uuid4())
            assert party == one.party
            grant(party, one.seat, request=uuid4())

    def lodge(
        self,
        party: str = "p1",
        *,
        allegations: int | Sequence[Mapping[str, object]] = 2,
        entered_by: By | None = None,
        **said: object,
    ) -> str:
        """Lodge a case with so many allegations, or with these, and return its number."""
        if isinstance(allegations, int):
            allegations = [
                {"what": f"They closed office {n}, {mark()}."} for n in range(allegations)
            ]
        value = {
            "allegations": allegations,
            "consent": dict(YES),
            **said,
        }
        submission, problems = read_submission(value)
        assert submission is not None, problems
        delivery = Delivery(
            request=uuid4(),
            submissions=[submission],
            exhibit=lambda _: BytesIO(),
            party=PartyId(party),
            entered_by=entered_by,
            evidence=None if entered_by is None else f"a letter {mark()}",
        )
        (outcome,) = self.lodging(delivery)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome.acts[0].number

    def do(
        self, number: str, code: str, by: By, allegations: Sequence[int] = (), **said: Json
    ) -> Issued:
        """Do one act, its parts named as Python names things; what must hand in a file does."""
        values = {name.replace("_", "-"): value for name, value in said.items()}
        asked = Asked(
            by=by,
            allegations=tuple(allegations),
            values=values,
            exhibits=files_of(ACTS[ActCode(code)]),
        )
        return self.do_act(number, ACTS[ActCode(code)], asked, request=uuid4())

    def codes(self, number: str) -> list[str]:
        """Return the codes of the acts of a case, in their order."""
        docket = self.reading.docket(number)
        return [str(act.act) for act in self.reading.envelopes(docket)]
