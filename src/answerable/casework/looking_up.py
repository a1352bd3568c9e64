"""What an act on a proceeding is told by the register before it is decided on."""

from dataclasses import dataclass, field

from answerable.casework.citations import cited_in
from answerable.casework.collect_response import CollectResponse
from answerable.casework.figures_cited import codes_in, recorded_in
from answerable.casework.moments import Moment, Register
from answerable.core.acts import Field, Json
from answerable.core.docket import Docket
from answerable.core.proceeding.acts.contribution import GIVEN
from answerable.core.proceeding.acts.edits import EDITED
from answerable.core.proceeding.acts.kind import INSIDE, Deciding, StepKind
from answerable.core.proceeding.acts.sending import RESPONSE_CLEARED, SENT, WORKING
from answerable.core.proceeding.cited_figures import FIGURES_TOLD, FiguresThen
from answerable.core.proceeding.contradiction import Contradiction, Figures, contradictions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What was found, of one look: what is decided on is what is recorded."""

    contradictions: tuple[Contradiction, ...] = ()
    figures: FiguresThen = field(default_factory=FiguresThen)
    fields: tuple[Field, ...] = ()
    facts: dict[str, Json] = field(default_factory=dict)
    printed: str = ""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Asks the register for what a contribution, an edit, a clearance or a sending says of it.

    Called, it tells what an act is decided on; ``cleared`` what only an act that may be done has.
    """

    collect: CollectResponse

    def __call__(self, kind: StepKind, deciding: Deciding, docket: Docket) -> LookedUp:
        if kind.code == GIVEN:
            codes = codes_in(deciding.asked.values)
            then = self.collect.figures.now(codes)
            figures = {code: [value] for code, value in then.values().items()}
            found = self._contradictions(deciding, docket, figures)
            return LookedUp(contradictions=found, figures=then, fields=_told(then, codes, INSIDE))
        if kind.code == EDITED:
            figures = self._cited(deciding, docket)
            return LookedUp(contradictions=self._contradictions(deciding, docket, figures))
        if kind.code == SENT and deciding.says.get("data"):
            return LookedUp(printed=self._printed(deciding, docket))
        return LookedUp()

    def _printed(self, deciding: Deciding, docket: Docket) -> str:
        """Return the fingerprint of what was cleared, without words that were erased since."""
        clearance = deciding.act(deciding.now.cleared)
        if clearance is None:
            return ""
        response = self.collect.cleared(docket, clearance)
        is_same = response.without_words().digest() == clearance.facts.get("bare")
        return response.digest() if is_same else ""

    def _cited(self, deciding: Deciding, docket: Docket) -> dict[str, list[int]]:
        """Return what the figures of an edited contribution were, and what they are."""
        _, _, body = deciding.contribution()
        act = self.collect.reading.dockets.acts(docket.id)[body.given - 1]
        said = self.collect.reading.said(act)
        then, now = recorded_in(said).values(), self.collect.figures.now(codes_in(said)).values()
        return {
            code: [*dict.fromkeys((value, now.get(code, value)))] for code, value in then.items()
        }

    def _contradictions(
        self, deciding: Deciding, docket: Docket, figures: Figures
    ) -> tuple[Contradiction, ...]:
        known, points = (
            self.collect.points,
            deciding.asked.allegations or tuple(deciding.now.points),
        )
        if "acts" in deciding.asked.values:
            points = (deciding.contribution()[0],)
        text = deciding.asked.text("text")
        if not text.strip() or len(points) != 1 or points[0] not in deciding.now.points:
            return ()
        asked = next(p for p in known.request(docket).points if p.number == points[0])
        acts = known.reading.dockets.acts(docket.id)
        cited = cited_in(deciding.asked.values)
        now = Moment(self.collect.rules.ruling.now())
        return contradictions_of(text, known.counts(asked, acts, now, cited=cited), figures)

    def cleared(self, kind: StepKind, deciding: Deciding, docket: Docket) -> LookedUp:
        """Return the fingerprint of what is cleared, if that is: of the acts that are decided on.

        ``size`` is where the ledger ended when it was looked up, and ``bare`` the fingerprint
        without the words of contests: what can still be printed once these are erased.
        """
        if kind.code != RESPONSE_CLEARED:
            return LookedUp()
        codes = self.collect.codes_cited(docket)
        then = self.collect.figures.now(codes)
        size = then.size if codes else self.collect.reading.dockets.end()
        register = Register(size, figures=then)
        response = self.collect(docket, len(deciding.acts), register)
        facts: dict[str, Json] = {
            "sha256": response.digest(),
            "format": response.format,
            "size": size,
        }
        bare = response.without_words().digest()
        if bare != response.digest():
            facts["bare"] = bare
        return LookedUp(facts=facts, fields=_told(then, codes, WORKING))


def _told(then: FiguresThen, codes: list[str], readers: tuple[str, ...]) -> tuple[Field, ...]:
    return (Field(FIGURES_TOLD, then.json(), readers),) if codes else ()
