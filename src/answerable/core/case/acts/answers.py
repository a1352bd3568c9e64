"""An answer that stands, its first reading by who reported, and the days to contest it.

The window runs from a delivery that has evidence; for who returns by key, from the first reading
(case.md 4). Nobody's days begin without their knowing until when they run: whoever reads says so.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import reduce

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.citing import acts_of, cited
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.acts.windows import CONTESTED, last_day, met_by
from answerable.core.case.now import AllegationNow
from answerable.core.case.splits import acts_on
from answerable.core.clock_facts import Clocks, Entry
from answerable.core.errors import Refusal
from answerable.core.owed import Owed, owed_after
from answerable.core.seats import COMPLAINANT

ANSWER_READ = ActCode("answer-read")
CONTESTABLE = frozenset({"finding-issued", "outcome-given", "not-accepted"})
"""The acts that answer an allegation, and that can be contested."""

_FOLLOWING = frozenset(
    ("separate-view", "action-promised", "action-done", "contested", "contest-decided")
)
"""The acts that come after an answer, and tell of it."""

WINDOW_ENDS = "window-ends"


class NothingToRead(Refusal):
    """The allegation has no answer that stands."""

    code = "nothing-to-read"


class NotTheAnswer(Refusal):
    """The acts that are cited are not the answers that stand; ``act`` is the one that does."""

    code = "not-the-answer"


class AnswerReadBefore(Refusal):
    """The answer was read before: the first time is the one that counts."""

    code = "answer-read-before"


class ReadBySenderAlone(Refusal):
    """Only who handed the report in begins their days by reading: nobody begins them for others."""

    code = "read-by-sender-alone"


class ReadingBeginsNothing(Refusal):
    """No days to contest begin with the reading: by the rules, or since they run already."""

    code = "reading-begins-nothing"


class WindowDiffers(Refusal):
    """The days to contest end by the rule on another day than the reader was told; ``due`` is it.

    It has neither day where the procedure gives the days no end.
    """

    code = "window-differs"


def is_answered(allegation: AllegationNow) -> bool:
    """Whether an answer stands: also an examination that is only promised, and can be contested."""
    return bool(allegation.outcome) and not allegation.reopened


def standing_answer(deciding: Deciding, number: int) -> int:
    """Return the number of the act that answers an allegation, 0 where no answer stands."""
    if not is_answered(deciding.case.allegations[number]):
        return 0
    answers = [one for one in acts_on(deciding.acts, (number,)) if one.act in CONTESTABLE]
    return answers[-1].sequence if answers else 0


def unread_answers(deciding: Deciding) -> Mapping[int, tuple[int, ...]]:
    """Return the answers that nobody read yet, each with those allegations that it answers."""
    unread: dict[int, tuple[int, ...]] = {}
    for number in deciding.concerned():
        answer = standing_answer(deciding, number)
        if answer and _read_by(deciding, answer, number) is None:
            unread[answer] = (*unread.get(answer, ()), number)
    return unread


def following(acts: Iterable[Envelope], answers: Mapping[int, Collection[int]]) -> frozenset[int]:
    """Return the acts that tell of these answers, which are given with what they answer.

    Those of the complainant are their own, and tell them nothing.
    """
    found = set(answers)
    for act in acts:
        if act.by.seat != COMPLAINANT and (
            found & {*acts_of(act)} or any(_follows(act, *one) for one in answers.items())
        ):
            found.add(act.sequence)
    return frozenset(found - answers.keys())


def _follows(act: Envelope, answer: int, numbers: Collection[int]) -> bool:
    is_on = not act.allegations or not {*act.allegations}.isdisjoint(numbers)
    return act.sequence > answer and act.act in _FOLLOWING and is_on


def last_day_to_contest(deciding: Deciding, number: int) -> date | None:
    """Return the last day on which who acts can contest the answer that stands, over or not.

    None stands for no such day: none is binding, or none has an end, or the days never began. They
    begin with a delivery that has evidence, or with the first reading.
    """
    windows = _windows(deciding, number)
    mine = [item for item in windows if item.seat == deciding.asked.by.seat] or windows
    days = [last_day(item) for item in mine if item.binding]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _windows(deciding: Deciding, number: int) -> list[Owed]:
    """Return the windows of the answer that stands: none of an earlier one, nor what was before."""
    nothing: tuple[Owed, ...] = ()
    codes = {clock.code for clock in met_by(deciding, CONTESTED)}
    answer = standing_answer(deciding, number)
    return [
        item
        for item in reduce(owed_after, deciding.acts, nothing)
        if item.code in codes
        and item.started_by >= answer
        and (not item.allegations or number in item.allegations)
    ]


def windows_begun(deciding: Deciding, clocks: Clocks) -> list[Entry]:
    """Return those of the clocks that an act starts which are days for its reader to contest in."""
    codes = {clock.code for clock in met_by(deciding, CONTESTED) if clock.owes == COMPLAINANT}
    return [entry for entry in clocks.get("starts", ()) if entry["clock"] in codes]


def window_ends(begun: Iterable[Entry]) -> str | None:
    """Return the day on which the last of these windows ends, None where they have no end."""
    days = [str(entry["due"])[: len("2026-01-01")] for entry in begun if entry.get("due")]
    return max(days, default=None)


def _read_by(deciding: Deciding, answer: int, number: int) -> Envelope | None:
    for act in acts_on(deciding.acts, (number,)):
        if act.act == ANSWER_READ and answer in acts_of(act):
            return act
    return None


def _require_sender(deciding: Deciding) -> None:
    by, sender = deciding.asked.by, deciding.acts[0].by
    if by.party != sender.party:
        raise ReadBySenderAlone(f"{by.party} did not send it", party=by.party)


def _require_unread(deciding: Deciding) -> None:
    for number in deciding.concerned():
        answer = standing_answer(deciding, number)
        if not answer:
            raise NothingToRead(f"{number} has no answer", allegation=number)
        read = _read_by(deciding, answer, number)
        if read is not None:
            raise AnswerReadBefore(f"by {read.sequence}", allegation=number, act=read.sequence)


def _require_the_answers(deciding: Deciding) -> None:
    # Another answer may have come since the reader was told of this one.
    named = {act.sequence for act in cited(deciding)}
    for number in deciding.concerned():
        answer = standing_answer(deciding, number)
        if answer not in named:
            raise NotTheAnswer(f"{answer} answers {number}", allegation=number, act=answer)
    stand = {standing_answer(deciding, number) for number in deciding.concerned()}
    for other in sorted(named - stand):
        raise NotTheAnswer(f"{other} answers none of these", reason="none-of-these", act=other)


def _require_told_until(deciding: Deciding, clocks: Clocks) -> None:
    begun = windows_begun(deciding, clocks)
    if not begun:
        raise ReadingBeginsNothing("no window begins", procedure=deciding.procedure.name)
    due, told = window_ends(begun), deciding.asked.text(WINDOW_ENDS) or None
    if told != due:
        reason = None if due else "no-end"
        raise WindowDiffers(f"{due} by the rule, not {told}", reason=reason, on=told, due=due)


READINGS = (
    ActKind(
        code=ANSWER_READ,
        verb="read-answer",
        by=(COMPLAINANT,),
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part(WINDOW_ENDS, Shape.DAY, required=False),
        ),
        rules=(_require_sender, _require_unread, _require_the_answers),
        counted=(_require_told_until,),
        # Who types in that somebody else has read it would begin that person's days.
        enterable=False,
    ),
)
