"""What becomes of one case of the shared data set: what is done, when, by whom, in which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from answerable.core.acts import By, Json, PartyId, Seat
from answerable.core.case.submission import Submission
from bench.draws import Draws
from bench.words import SENTENCES, told

ZONE = timedelta(hours=7)
ORGANISATIONS = 40
_SEATS = (
    *("secretariat", "secretariat", "secretariat", "chair", "chair"),
    *("member", "member", "member", "member", "legal-expert", "monitor", "reviewer"),
    "duty-officer",
)
PARTIES: Sequence[tuple[str, str]] = (
    *((f"Organisation {number} (invented)", "") for number in range(1, ORGANISATIONS + 1)),
    *((f"{seat} {number} (invented)", seat) for number, seat in enumerate(_SEATS, 1)),
)
"""Who there is, with the seat that each holds: the first is p1, the next p2."""

PROVINCES = tuple(f"KH-{number}" for number in range(1, 26))

_HELD: Mapping[str, tuple[By, ...]] = {
    seat: tuple(
        By(PartyId(f"p{number}"), Seat(seat))
        for number, (_, held) in enumerate(PARTIES, 1)
        if held == seat
    )
    for seat in dict.fromkeys(_SEATS)
}
_FACTS = (
    *("happened", "happened", "happened-in-part"),
    *("not-established", "not-established", "did-not-happen"),
)
_RESULTS = ("upheld", "upheld-in-part", "not-upheld", "not-upheld", "not-upheld")


@dataclass(frozen=True, slots=True)
class Step:
    """An act of a case after its report: when, by whom, and what its parts say.

    ``cites`` counts the acts of the case up to one that this act names: 0 is the report. ``links``
    is the case that a link names.
    """

    at: datetime
    act: str
    by: By
    allegations: tuple[int, ...] = ()
    values: Mapping[str, Json] = field(default_factory=dict)
    cites: int | None = None
    links: int | None = None


class Life:
    """What becomes of one case: steps are thought of one after the other."""

    def __init__(
        self, draws: Draws, begun: datetime, by: By, submission: Submission, *, number: int
    ) -> None:
        self.accepted = False
        self._steps: list[Step] = []
        self._draws, self._number, self._begun = draws, number, begun
        self._by, self._submission = by, submission
        self._office = self._seat("secretariat")
        self._language = submission.language or "en"
        self._every = tuple(one.ordinal for one in submission.allegations)
        self._day = 0

    def steps(self) -> tuple[Step, ...]:
        """Return the steps by their times; what they cite is counted in that order then."""
        order = sorted(range(len(self._steps)), key=lambda one: self._steps[one].at)
        places = {one + 1: place for place, one in enumerate(order, 1)}
        return tuple(
            replace(step, cites=places[step.cites]) if step.cites else step
            for step in (self._steps[one] for one in order)
        )

    def read(self) -> None:
        """Let it be opened, acknowledged, and accepted or not."""
        draws, office = self._draws, self._office
        if not draws.chance(88):
            return
        self._after(draws.pick((0, 1, 1, 1, 2, 2, 3, 5, 9)), "opened", office)
        if not draws.chance(95):
            return
        days = draws.pick((0, 0, 1, 2, 3, 4, 8))
        self._after(days, "acknowledged", office, said={"words": self._words(1)})
        if draws.chance(10):
            said: dict[str, Json] = {"outcome": "outside", "reason": self._words(2)}
            said |= {"door": "Labour inspection", "door-how": "By letter"}
            said |= {"by-day": self._on(60), "contest-how": "In writing"}
            self._after(draws.between(2, 14), "not-accepted", office, self._every, said=said)
        elif draws.chance(93):
            self._after(draws.between(2, 14), "accepted", office, self._every)
            said = {"party": office.party, "reason": SENTENCES[self._language][-1]}
            self._after(0, "assigned", self._seat("chair"), self._every, said=said)
            self.accepted = True

    def examined(self, rounds: int) -> None:
        """Let questions be asked, bodies be involved, and inquiry steps be done."""
        draws, office = self._draws, self._office
        for _ in range(draws.pick((0, 0, 1, 1, 2)) + rounds // 8):
            self._question(office)
        if draws.chance(28):
            self._referral(office)
        if draws.chance(35):
            self._account(office)
        for _ in range(rounds):
            days, one = draws.between(1, 9), (draws.pick(self._every),)
            said: dict[str, Json] = {
                "method": draws.pick(("interview", "interview", "visit", "document", "record")),
                "on": self._on(-1),
                "place": draws.pick(PROVINCES),
                "words": self._words(draws.between(2, 9)),
                "people-asked": draws.between(1, 6),
                "people-answered": draws.between(0, 1),
            }
            self._after(days, "inquiry-step", office, one, said=said)

    def _question(self, office: By) -> None:
        draws, one = self._draws, (self._draws.pick(self._every),)
        said: dict[str, Json] = {"missing": self._words(1), "why": self._words(1)}
        days = draws.between(1, 9)
        said["answer-by"] = self._on(draws.pick((10, 14, 21, 30)))
        self._after(days, "clarification-asked", office, one, said=said)
        if draws.chance(80):
            answer = draws.pick(("answered", "answered", "answered", "do-not-know", "not-safe"))
            said = {"answer": answer}
            if answer == "answered":
                said["words"] = self._words(draws.between(1, 5))
            self._after(draws.between(1, 35), "clarification-answered", self._by, one, said=said)

    def _referral(self, office: By) -> None:
        draws, body, one = self._draws, self._seat("member"), (self._draws.pick(self._every),)
        said: dict[str, Json] = {"question": self._words(2), "shown": self._words(1)}
        said["party"] = body.party
        self._after(draws.between(1, 6), "referred", office, one, said=said)
        if draws.chance(70):
            self._after(draws.between(1, 12), "referral-accepted", body, one)
        elif draws.chance(30):
            said = {"reason": self._words(1)}
            self._after(draws.between(1, 12), "referral-returned", body, one, said=said)

    def _account(self, office: By) -> None:
        draws, body, one = self._draws, self._seat("member"), (self._draws.pick(self._every),)
        said: dict[str, Json] = {"question": self._words(2), "shown": self._words(1)}
        said |= {"party": body.party, "consent-acts": [1], "answer-by": self._on(30)}
        self._after(draws.between(1, 6), "account-asked", office, one, said=said)
        asked = len(self._steps)
        if draws.chance(65):
            position = draws.pick(("acknowledges", "denies", "denies", "other-explanation"))
            said = {"position": position, "words": self._words(draws.between(2, 8))}
            self._after(draws.between(3, 45), "account-given", body, one, said=said, cites=asked)

    def answered(self) -> None:
        """Let each allegation have a finding, another outcome, or none yet."""
        draws, chair = self._draws, self._seat("chair")
        for number in self._every:
            if draws.chance(62):
                self._finding(chair, (number,))
            elif draws.chance(12):
                outcome = draws.pick(("agreed", "withdrawn", "not-examined"))
                said: dict[str, Json] = {"outcome": outcome, "reason": self._words(2)}
                said |= {"door": "Ombudsman"} if outcome == "not-examined" else {}
                self._after(draws.between(5, 40), "outcome-given", chair, (number,), said=said)

    def _finding(self, chair: By, one: tuple[int, ...]) -> None:
        draws, fact = self._draws, self._draws.pick(_FACTS)
        said: dict[str, Json] = {"fact": fact, "reasons": self._words(6)}
        said |= {"examined": self._words(2)}
        said |= {"basis": [1]} if draws.chance(92) else {}
        found = fact.startswith("happened")
        if found:
            said |= {"actor": draws.pick(("as-alleged", "as-alleged", "not-identified"))}
            said |= {"law": draws.pick(("held-unlawful", "held-lawful", "not-assessed"))}
        elif fact == "did-not-happen":
            said |= {"heard": [1], "contrary": self._words(2)}
        else:
            said |= {"not-done": self._words(1), "missing": self._words(1)}
        self._after(draws.between(8, 70), "finding-issued", chair, one, said=said)
        if found and draws.chance(60):
            self._action(one)
        if draws.chance(18):
            self._contest(one)

    def _action(self, one: tuple[int, ...]) -> None:
        draws, body = self._draws, self._seat("member")
        said: dict[str, Json] = {"action": self._words(1), "party": body.party}
        said |= {"action-by": self._on(90)}
        self._after(draws.between(1, 9), "action-promised", body, one, said=said)
        promised = len(self._steps)
        if draws.chance(55):
            done: dict[str, Json] = {"proof": self._words(1)}
            self._after(draws.between(10, 120), "action-done", body, one, said=done, cites=promised)
            if draws.chance(20):
                doubt: dict[str, Json] = {"reason": self._words(2)}
                days = draws.between(1, 30)
                self._after(days, "action-doubted", self._by, one, said=doubt, cites=promised)

    def _contest(self, one: tuple[int, ...]) -> None:
        draws = self._draws
        grounds: dict[str, Json] = {"grounds": [self._words(2)]}
        self._after(draws.between(2, 28), "contested", self._by, one, said=grounds)
        contested = len(self._steps)
        if draws.chance(60):
            said: dict[str, Json] = {"answers": [self._words(3)]}
            said |= {"contest-result": draws.pick(_RESULTS)}
            reviewer, days = self._seat("reviewer"), draws.between(5, 60)
            self._after(days, "contest-decided", reviewer, one, said=said, cites=contested)

    def beside(self) -> None:
        """Let concerns be answered, facts be added, claims be made, and cases be linked."""
        draws, office = self._draws, self._office
        self._day = draws.between(3, 40)
        for matter, some in (
            ("concern", self._submission.concerns),
            ("request", self._submission.requests),
        ):
            if some and draws.chance(60):
                given = draws.pick(("accepted", "not-accepted", "needs-discussion"))
                said: dict[str, Json] = {"matter": matter, "number": 1, "disposition": given}
                said |= {"reason": self._words(2)}
                days = draws.between(5, 60)
                self._after(days, "disposition-given", self._seat("chair"), said=said)
        if draws.chance(15):
            said = {"words": self._words(draws.between(1, 6)), "origin": "saw"}
            self._after(1, "fact-added", self._by, self._every[:1], said=said)
        if draws.below(250) == 0:
            said = {"reprisal": self._words(2)}
            self._after(0, "reprisal-reported", self._by, self._every[:1], said=said)
        if self._number and draws.chance(3):
            self._after(2, "linked", office, self._every, said={"reason": self._words(1)})
            other = max(0, self._number - draws.between(1, 400))
            self._steps[-1] = replace(self._steps[-1], links=other)

    def _after(
        self,
        days: int,
        act: str,
        by: By,
        allegations: tuple[int, ...] = (),
        *,
        said: Mapping[str, Json] | None = None,
        cites: int | None = None,
    ) -> None:
        self._day += days
        minutes = self._draws.below(8 * 60) + len(self._steps)
        at = self._begun + timedelta(days=self._day, minutes=minutes)
        self._steps.append(Step(at, act, by, allegations, said or {}, cites))

    def _seat(self, seat: str) -> By:
        return self._draws.pick(_HELD[seat])

    def _words(self, sentences: int) -> str:
        return told(self._draws, self._language, sentences)

    def _on(self, days: int) -> str:
        """Return the day that lies so many days after the one that this case has come to."""
        return (self._begun + ZONE + timedelta(days=self._day + days)).date().isoformat()
