"""A monitor's request as it is recorded, and whether it is the one that was recorded before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from answerable.casework.ports import ActOnFile, Issued
from answerable.casework.reading import Reading
from answerable.casework.same_act import ActDiffers
from answerable.casework.sealing import is_of_file, other_files
from answerable.core.act_form import evidence_fields
from answerable.core.acts import By, Field, Json
from answerable.core.case.attached import EXHIBITS, Attached
from answerable.core.case.reading import shown
from answerable.core.proceeding.acts.request import REQUESTED
from answerable.core.proceeding.request import READERS, Request
from answerable.core.signed_act import SIGNED_ACT, PartyKey

_FACTS = ("monitor", "on", "points", EXHIBITS, "carries", "follows")
"""What the envelope says of a request, whatever its procedure is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A request as it is recorded: who collects the answer, who asked, under which procedure.

    ``original`` is the file that it was read from: that binds, and is kept beside the points.
    ``key`` is that of who collects the answer, with which the act is signed.
    """

    by: By
    monitor: str
    procedure: str
    request: Request
    received_on: date
    original: tuple[Attached, ...] = ()
    follows: str = ""
    entered_by: By | None = None
    evidence: str | None = None
    key: PartyKey | None = None

    def words(self) -> tuple[Field, ...]:
        """Return what the request says, and by what evidence it was entered for another."""
        return (*self.request.fields(), *evidence_fields(self.entered_by, self.evidence))


def facts_of(reading: Reading, asking: Asking) -> dict[str, Json]:
    """Return what the envelope says of a request, but for its procedure.

    Raises:
        UnknownDocket: there is no such proceeding that it follows.
    """
    points = asking.request.points
    follows = asking.follows and reading.proceeding(asking.follows).number
    carried: list[Json] = [point.carries for point in points if point.carries]
    told: tuple[Json, ...] = (
        *(asking.monitor, asking.received_on.isoformat(), len(points)),
        *(len(asking.original), carried, follows),
    )
    return {name: fact for name, fact in zip(_FACTS, told, strict=True) if fact}


@dataclass(frozen=True, slots=True)
class RequestAgain:
    """A request that is asked for with a key that was used before."""

    reading: Reading
    asking: Asking

    def require_same(self, issued: Issued) -> Issued:
        """Return the act that was issued with this key, if it records the request asked for.

        Raises:
            ActDiffers: it is another one.
        """
        differing = next(self._differences(self.reading.act(issued.number)), None)
        if differing is not None:
            raise ActDiffers(f"another {differing}", field=differing, number=issued.number)
        return issued

    def _differences(self, act: ActOnFile) -> Iterator[str]:
        envelope, asking = act.kept.envelope, self.asking
        if envelope.act != REQUESTED:
            yield "act"
        if (envelope.by, envelope.entered_by) != (asking.by, asking.entered_by):
            yield "as"
        if asking.key is not None and asking.key.public.hex() != envelope.signed_with:
            yield "sign-with"
        recorded = str(envelope.facts.get("procedure"))
        # An id alone meant the version of that day.
        if asking.procedure not in {recorded, recorded.partition("@")[0]}:
            yield "procedure"
        facts, there = facts_of(self.reading, asking), envelope.facts
        yield from (name for name in _FACTS if facts.get(name) != there.get(name))
        if not self.reading.is_erased(act):
            yield from self._in_content(self.reading.content(act))

    def _in_content(self, content: Sequence[Field]) -> Iterator[str]:
        said = {item.path: item.value for item in self.asking.words()}
        there = {
            item.path: item.value
            for item in content
            if not is_of_file(item.path) and item.path != SIGNED_ACT
        }
        yield from (path for path in {**said, **there} if said.get(path) != there.get(path))
        yield from map(shown, other_files(content, self.asking.original, READERS))
