"""One kind of act on a proceeding: who does it, what it must say, and what it changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from answerable.core.act_form import ActForm, Asked
from answerable.core.acts import Envelope
from answerable.core.case.acts.citing import NoSuchAct
from answerable.core.mechanism import Mechanism
from answerable.core.procedure import Procedure
from answerable.core.proceeding.cited_figures import FigureThen
from answerable.core.proceeding.contradiction import Contradiction
from answerable.core.proceeding.now import BodyNow, PointNow, ProceedingNow
from answerable.core.seats import CHAIR, MEMBER, SECRETARIAT

ANSWERING = (SECRETARIAT, MEMBER, CHAIR)
"""The seats in which collector and bodies sit anyway, and in which their acts are recorded."""

INSIDE = ("collector", "lead", "author")
"""Who reads what a body hands over: no other body does, before it stands in the response."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """All that is known when an act is decided on: the proceeding, the rules, and the day.

    ``contradictions`` are what the text of the act says otherwise than the register. ``says`` are
    facts that nobody typed: the fingerprints of a file that is sent, and of the data in it.
    ``figures`` are those that the act cites and that the register has. ``printed`` is the
    fingerprint of what was cleared as it is printed since words of contests were erased, or "".
    """

    now: ProceedingNow
    acts: Sequence[Envelope]
    asked: Asked
    procedure: Procedure
    mechanism: Mechanism
    today: date
    contradictions: tuple[Contradiction, ...] = field(default=())
    figures: Mapping[str, FigureThen] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    printed: str = ""

    def points(self) -> dict[int, PointNow]:
        """Return the points that the act concerns: all of them where it names none."""
        numbers = self.asked.allegations or tuple(self.now.points)
        return {number: self.now.points[number] for number in numbers}

    def act(self, sequence: int) -> Envelope | None:
        """Return an act of the proceeding by its number on the docket."""
        return self.acts[sequence - 1] if 0 < sequence <= len(self.acts) else None

    def contribution(self) -> tuple[int, str, BodyNow]:
        """Return the contribution that the part ``acts`` names: point, body, where it stands.

        Raises:
            NoSuchAct: it names none that counts still.
        """
        return self._only(lambda body: body.given)

    def edit(self) -> tuple[int, str, BodyNow]:
        """Return the contribution whose last edit the part ``acts`` names.

        Raises:
            NoSuchAct: it names none that counts still.
        """
        return self._only(lambda body: body.edit)

    def _only(self, number_of: Callable[[BodyNow], int]) -> tuple[int, str, BodyNow]:
        wanted = self.asked.acts("acts")
        for number, party, body in self.now.contributions():
            if wanted == (number_of(body),):
                return number, party, body
        act = wanted[0] if wanted else 0
        raise NoSuchAct(f"{wanted}", act=act, count=len(self.acts))


Rule = Callable[[Deciding], None]
"""Returns if the act may be done, and raises a Refusal if not."""

After = Callable[[ProceedingNow, Envelope], ProceedingNow]


def changes_nothing(now: ProceedingNow, _: Envelope) -> ProceedingNow:
    """Return the proceeding as it is: the act stands on the record, and moves nothing."""
    return now


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKind(ActForm):
    """A row of the table of a proceeding's acts. ``one`` where it is about one point alone."""

    rules: tuple[Rule, ...] = ()
    after: After = changes_nothing
    one: bool = False
