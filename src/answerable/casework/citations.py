"""What a citation on a point puts on the dockets of the cases that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from answerable.casework.deciding import on_docket
from answerable.casework.ports import Random
from answerable.casework.reading import Reading
from answerable.core.acts import Draft, Envelope, Json
from answerable.core.case.submission import PROTECTED
from answerable.core.docket import Change, Docket, Kind, UnknownDocket
from answerable.core.errors import Refusal
from answerable.core.numbers import typed_number
from answerable.core.proceeding.acts.contribution import CITED, CITED_IN, GIVEN

INCLUDED = "consent/included"

_CITING = ("cases", "findings")
"""The parts that name cases: by their numbers, and by those of acts on them."""


class CaseNotIncluded(Refusal):
    """The sender of a protected report did not agree that it is included elsewhere."""

    code = "case-not-included"


@dataclass(frozen=True, slots=True)
class Citations:
    """Puts a citation on the cases that it names, as far as their senders agreed."""

    reading: Reading
    random: Random

    def beside(self, draft: Draft, points: Sequence[int], proceeding: str) -> tuple[Change, ...]:
        """Return what an act on a proceeding puts on the dockets of the cases that it cites.

        Each of them shows the number of the proceeding and of the point, and none of its words. A
        case that shows it already is left as it is.

        Raises:
            UnknownDocket: what is cited is no case.
            CaseNotIncluded: it is a protected one, whose sender did not agree.
        """
        if draft.act not in {GIVEN, CITED}:
            return ()
        changes = []
        for number in cited_in({item.path: item.value for item in draft.fields}):
            case = self._citable(number)
            facts: dict[str, Json] = {"point": points[0], "proceeding": proceeding}
            if not _shows(self.reading.envelopes(case), facts):
                act = Draft(act=CITED_IN, by=draft.by, secret=self.random(32), facts=facts)
                changes.append(on_docket(case, act))
        return tuple(changes)

    def _citable(self, number: str) -> Docket:
        docket = self.reading.docket(number)
        if docket.kind is not Kind.CASE:
            raise UnknownDocket(f"{number} is no case", number=number)
        if docket.facts.get("level") in PROTECTED:
            content = self.reading.content(self.reading.dockets.acts(docket.id)[0])
            told = [item.value for item in content if item.path.endswith(INCLUDED)]
            if not told or set(told) != {"yes"}:
                raise CaseNotIncluded(f"{number}", number=docket.number)
        return docket


def cited_in(said: Mapping[str, Json]) -> list[str]:
    """Return the numbers of the cases that an act cites, by themselves or by acts on them, once."""
    named = (
        str(replace(typed_number(str(one)), act=None))
        for name in _CITING
        for one in _listed(said.get(name))
    )
    return [*dict.fromkeys(named)]


def _shows(acts: Sequence[Envelope], facts: Mapping[str, Json]) -> bool:
    return any(
        act.act == CITED_IN and all(act.facts.get(name) == fact for name, fact in facts.items())
        for act in acts
    )


def _listed(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else ()
