"""What pages need of a register, gathered into its extract while it is checked, and read back."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from answerable.casework.extract_ports import Extract, NewExtract
from answerable.core.acts import PartyId
from answerable.core.figures.described import NOT_TOLD, described
from answerable.core.figures.tally import Tally, Unit
from answerable.core.figures.told import Figure, figures_in
from answerable.core.register.entries import Entries, Positions
from answerable.core.register.pages import CASES, Index
from answerable.core.register.shown import ShownAct, ShownCase, case_of_acts
from answerable.core.register.shown_response import Body
from answerable.core.register.sums import Checked, Difference
from answerable.web.register.briefs import Brief, due_told, line_of
from answerable.web.register.cases import Cases, Counting, filters_of
from answerable.web.register.lately import Gathered, Lately
from answerable.web.register.of_bodies import of_bodies
from answerable.web.register.opened import UNREADABLE, Published, Register
from answerable.web.register.others import FEW
from answerable.web.register.texts import text_of_case, text_of_response
from answerable.web.source import at_turn, owed_in

_COUNTS = ("size", "cases", "proceedings", "acts", "unexplained")


class Gathering:
    """Gathers a register's cases while they are checked, so that each is read once.

    What cannot be read is not among them: the check names it.
    """

    def __init__(self, published: Published, extract: NewExtract) -> None:
        self._published, self._extract = published, extract
        self._counting, self._bodies = Counting(FEW), published.bodies_found()
        self._lately = Gathered()

    def __call__(self, name: str, acts: Sequence[ShownAct]) -> None:
        """Take one case, as ``core/register/verifying.py`` gives it."""
        number = name.removeprefix(CASES).removesuffix(".json")
        with suppress(*UNREADABLE):
            case = case_of_acts(number, acts, name)
            brief = _brief(self._published, case)
            said = list(of_bodies(case, brief.due))
            text = text_of_case(case, self._bodies, self._published.place_names)
            lodged = self._published.day_of(brief.lodged_at)
            filtered = list(filters_of(brief, lodged))
            self._extract.add(line_of(brief, filtered, said), text)
            self._counting.add(brief)
            self._lately.add(case)

    def finish(self, checked: Checked) -> None:
        """Write what is told of the whole, and end the extract."""
        index, extract = checked.index, self._extract
        for _, one in self._published.responses_found():
            extract.add_text(one.number, one.first.at, text_of_response(one, self._bodies))
        for figure in figures_in(checked.tally):
            told = json.dumps([figure.code, figure.unit, figure.value])
            extract.figure(told, figure.cases)
        # What figures were counted from is larger than they are, and is not needed any more.
        checked.tally = Tally()
        if isinstance(checked.entries, Entries):
            extract.entries(checked.entries.in_order(), checked.shown.octets())
        extract.files(index.files)
        counting = self._counting
        extract.finish(
            json.dumps(
                {
                    **{name: getattr(checked, name) for name in _COUNTS},
                    "stated": checked.stated,
                    "differences": [[one.code, dict(one.facts)] for one in checked.differences],
                    "lately": self._lately.told(),
                    "counted": {
                        "allegations": counting.allegations,
                        "unanswered": counting.unanswered,
                        "late": _few(counting, "late"),
                        "soon": _few(counting, "soon"),
                    },
                }
            )
        )


def _few(counting: Counting, name: str) -> dict[str, Any]:
    first = [[due_told(one), rules] for one, rules in getattr(counting, name)]
    return {"number": counting.counts[name], "first": first}


def register_of(published: Published, extract: Extract) -> Register:
    """Return a register as its extract has it.

    Raises:
        ExtractLost: that cannot be read.
    """
    told = json.loads(extract.told)
    index = published.checked.index
    checked = Checked(
        Index(index.origin, index.at, index.at_text, index.zone, index.ledgers, extract.files),
        published.checked.signed,
        **{name: told[name] for name in _COUNTS},
        entries=extract.entries,
        shown=Positions(octets=extract.shown),
        stated=told["stated"],
        differences=[Difference(code, facts) for code, facts in told["differences"]],
    )
    known = Published(
        published.files,
        published.index_digest,
        checked,
        published.policy,
        published.rules,
        published.zone,
        published.place_names,
    )
    accounts: Mapping[str, Any] = known.accounts_found()
    bodies: Mapping[PartyId, Body] = known.bodies_found()
    return Register(
        known.files,
        known.index_digest,
        checked,
        known.policy,
        known.rules,
        known.zone,
        known.place_names,
        extract.key,
        Cases(extract, told["counted"], known.now, known.rules),
        tuple(_figure(one) for one in extract.figures()),
        dict(known.responses_found()),
        bodies,
        tuple(accounts.get("silhouettes", ())),
        tuple(accounts.get("numbers", ())),
        Lately(told["lately"]),
    )


def _figure(told: str) -> Figure:
    code, unit, value = json.loads(told)
    return Figure(code, Unit(unit), value)


def _brief(published: Published, case: ShownCase) -> Brief:
    standing, turn = case.summary()
    numbers = case.now.allegations
    matters = [(kind, number) for kind in ("concern", "request") for number in case.matters(kind)]
    erased = case.act(case.now.erased)
    return Brief(
        case.number,
        case.first.envelope.at,
        case.acts[-1].envelope.at,
        str(case.first.envelope.facts.get("procedure")),
        str(standing),
        turn,
        len(numbers),
        sum(map(case.is_answered, numbers)),
        len(matters),
        sum(case.disposition(*one) is not None for one in matters),
        tuple(sorted({one.kind or NOT_TOLD for one in described(case.envelopes).values()})),
        at_turn(case),
        case.cause(),
        0 if erased is None else erased.envelope.at,
        owed_in(published, case),
    )
