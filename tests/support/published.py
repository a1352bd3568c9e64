"""A register with something of everything: late, answered, contested, protected, in Khmer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, Json
from answerable.core.case.acts.kind import Deciding
from answerable.core.case.acts.table import ACTS
from answerable.core.errors import AnswerableError
from tests.support.adapters import POLICY, ROOT, HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.cases import CHAIR, OFFICE, OFFICER, OTHER_CHAIR, UNION, WORDS
from tests.support.playing import Scene, guided
from tests.support.registers import publish
from tests.support.websites import PUBLIC

RULES = ROOT / "src" / "answerable" / "procedures" / "training-mechanism.yaml"

TITLE = "Standing Panel of Xanara (training)"
SAID = (
    ("An office was closed", "Two officers locked our office. They showed no paper."),
    ("A workshop was stopped", "The workshop in the pagoda was stopped after an hour."),
)

TORTURE = "ស្ត្រី ខ្ញុំ សង្ខ្យា ញ៉ាំ"
"""Stacked subscripts and vowels all around: where lines are too near, they are cut."""

UNSPACED = "ការិយាល័យរបស់យើងត្រូវបានបិទដោយគ្មានលិខិត" * 8
"""A sentence of more than 200 clusters without a space, as Khmer is written."""

LONG_WORD = "Verwaltungsgerichtsbarkeitsgesetzgebungsverfahren" * 3
MANY = 55
"""So many cases that a list has a second page."""


@dataclass(frozen=True)
class Cast:
    """The cases of a published register, by what they are, and words that none may show."""

    folder: Path
    late: str
    quoted: str
    contested: str
    declined: str
    matters: str
    played: str
    protected: str


@contextmanager
def published(folder: Path) -> Iterator[Cast]:
    """Publish a register under a folder, and return who is in it."""
    place = MemoryPlace()
    begin(place.open()[0])
    clock = HandClock()
    clock.set("2026-02-02T08:00:00+07:00")
    store = Store(place, clock)
    work = AtWork(store, folder / "exhibits")
    procedure = work.shipped.read_procedure(RULES.read_bytes(), "rules.yaml", None).value
    assert procedure is not None
    work.install.procedure(procedure, RULES.read_text(), request=uuid4())
    calendar = work.shipped.calendar("kh")
    work.install.calendar(calendar, work.shipped.text(calendar), request=uuid4())
    cast = _Life(work, clock).lived(folder / "register")
    publish(store, cast.folder, replace(POLICY, title=TITLE))
    yield cast
    store.close()


@dataclass(frozen=True)
class _Life:
    work: AtWork
    clock: HandClock

    def lived(self, folder: Path) -> Cast:
        played = self.work.lodge("p2", readers=PUBLIC, **_in_khmer(TORTURE))
        self._play(played, acts=30)
        self.clock.set("2026-06-01T09:00:00+07:00")
        contested = self._contested()
        self.clock.set("2026-08-03T09:00:00+07:00")
        late = self.work.lodge("p2", readers=PUBLIC, **_in_khmer(f"{WORDS}។", title=WORDS))
        self._taken_up(late)
        declined = self._declined()
        self.clock.set("2026-11-16T08:00:00+07:00")
        quoted = self.work.lodge("p2", readers=PUBLIC, **_in_khmer(f"{TORTURE} {UNSPACED}"))
        self.work.do(quoted, "opened", OFFICE)
        self.work.do(quoted, "acknowledged", OFFICE)
        matters = self._matters()
        danger: dict[str, Any] = {"danger-now": {"what": WORDS}}
        protected = self.work.lodge("p2", **danger)
        for _ in range(MANY):
            self.work.lodge(allegations=1)
        return Cast(folder, late, quoted, contested, declined, matters, played, protected)

    def _taken_up(self, number: str) -> None:
        self.work.do(number, "opened", OFFICE)
        self.work.do(number, "acknowledged", OFFICE)
        self.work.do(number, "accepted", OFFICE)
        self.work.do(number, "assigned", CHAIR, party=OFFICER.party, reason=WORDS)

    def _declined(self) -> str:
        number = self.work.lodge(allegations=1)
        words = dict.fromkeys(("reason", "door", "door_how", "contest_how"), WORDS)
        self.work.do(number, "not-accepted", OFFICE, (1,), outcome="outside", **words)
        return number

    def _contested(self) -> str:
        """Return a case with one allegation answered and contested, and one that is not found."""
        said = [{"title": title, "what": what} for title, what in SAID]
        number = self.work.lodge("p2", allegations=said, readers=PUBLIC, language="en")
        self._taken_up(number)
        visit = {"method": "visit", "on": "2026-05-30", "place": WORDS, "words": WORDS}
        self.work.do(number, "inquiry-step", OFFICER, (1,), **visit)
        finding: dict[str, Json] = {
            **dict.fromkeys(("reasons", "examined", "nothing_because"), WORDS),
            "fact": "happened",
            "actor": "as-alleged",
            "law": "not-assessed",
            "basis": [len(self.work.codes(number))],
        }
        self.work.do(number, "draft-shared", OFFICER, (1,), **finding)
        self.clock.at += 20 * 86_400_000
        issued = {name.replace("_", "-"): value for name, value in finding.items()}
        asked = Asked(by=CHAIR, allegations=(1,), values=issued, second=OTHER_CHAIR.party)
        self.work.do_act(number, ACTS[ActCode("finding-issued")], asked, request=uuid4())
        self.work.do(number, "contested", UNION, (1,), grounds=[WORDS, WORDS])
        return number

    def _matters(self) -> str:
        number = self.work.lodge(
            "p2",
            allegations=1,
            readers=PUBLIC,
            language="en",
            title=LONG_WORD,
            concerns=[{"what": f"A rule is not clear. {LONG_WORD}"}, {"what": WORDS}],
            requests=[{"what": "Please send the instruction.", "asked-of": "the secretariat"}],
        )
        given: dict[str, Json] = {
            "matter": "concern",
            "number": 1,
            "disposition": "accepted",
            "reason": WORDS,
        }
        asked = Asked(by=CHAIR, values=given)
        self.work.do_act(number, ACTS[ActCode("disposition-given")], asked, request=uuid4())
        return number

    def _play(self, number: str, *, acts: int) -> None:
        """Play a case with as many different acts as its rules allow, the same ones each time."""
        done, random = 0, Random(8)  # noqa: S311 - the same game each time
        for _ in range(acts * 4):
            found = guided(random, self._scene(number))
            if found is None or done >= acts:
                continue
            kind, asked = found
            if kind.code in {"concluded", "erased", "danger-claimed"}:
                continue
            try:
                self.work.do_act(number, kind, asked, request=uuid4())
            except AnswerableError:
                continue
            done += 1
            self.clock.at += 86_400_000

    def _scene(self, number: str) -> Scene:
        before = self.work.do_act.before(number)
        mechanism = self.work.reading.mechanism()
        procedure = self.work.ruling.of_case(mechanism, before.acts)
        today = self.work.ruling.day(procedure)
        deciding = Deciding(
            case=before.case,
            acts=before.acts,
            asked=Asked(by=OFFICE),
            procedure=procedure,
            mechanism=mechanism,
            today=today,
        )
        return Scene(deciding, before.owed, [])


def _in_khmer(words: str, title: str = TORTURE) -> dict[str, Any]:
    return {
        "language": "km",
        "title": words[:160],
        "allegations": [
            {
                "title": title,
                "what": words,
                "kind": "office-closed",
                "date": "2026-01-12",
                "place": {"country": {"code": "KH"}, "province": {"code": "KH-2"}},
                "actor": {"kind": "local-official"},
            },
            {"what": words},
        ],
    }
