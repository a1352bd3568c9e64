"""Plays a case: of every kind of act one that its rules might allow now, guided by what is open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from answerable.core.act_form import Asked, Carries, Part, Shape
from answerable.core.acts import By, Envelope, Json
from answerable.core.case.acts.answers import is_answered
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.table import ACTS
from answerable.core.case.attached import Attached
from answerable.core.case.deciding import require
from answerable.core.case.now import AllegationNow, Phase
from answerable.core.errors import AnswerableError
from answerable.core.owed import Owed
from answerable.core.seats import HANDLER
from tests.support.cases import PEOPLE, WORDS, photo
from tests.support.marks import mark

PHASES = {
    When.INTAKE: {Phase.INTAKE},
    When.BEFORE_FINDING: {Phase.INTAKE, Phase.ACCEPTED},
    When.ACCEPTED: {Phase.ACCEPTED},
    When.AFTER_FINDING: {Phase.ANSWERED},
    When.BEFORE_CONCLUSION: {Phase.INTAKE, Phase.ACCEPTED, Phase.ANSWERED},
    When.ANY: set(Phase),
}

PLAYED = tuple(kind for kind in ACTS.values() if kind.verb)

PROMISES = ("action-promised", "agreement-accepted", "finding-issued")
CITED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("finding-issued", "basis"): ("inquiry-step", "account-given", "records-search"),
    ("draft-shared", "basis"): ("inquiry-step", "account-given", "records-search"),
    ("finding-issued", "heard"): ("clarification-answered", "fact-added", "draft-commented"),
    ("draft-shared", "heard"): ("clarification-answered", "fact-added"),
    ("account-given", "acts"): ("account-asked",),
    ("answer-read", "acts"): ("finding-issued", "outcome-given", "not-accepted"),
    ("contest-decided", "acts"): ("contested",),
    ("finding-superseded", "acts"): ("finding-issued",),
    ("action-done", "acts"): PROMISES,
    ("action-doubted", "acts"): PROMISES,
    ("consent-acknowledged", "acts"): ("consent-narrowed",),
    ("mechanism-complaint-answered", "acts"): ("mechanism-complained",),
    ("corrected", "acts"): ("submitted", "fact-added", "account-given", "clarification-answered"),
    ("split", "acts"): ("clarification-answered", "fact-added", "corrected"),
}
"""What each act is about: of these, one that stands on the docket is cited."""

BY_SEAT = {
    **dict.fromkeys(("assigned", "reassigned"), ("secretariat", "member")),
    **dict.fromkeys(("referred", "account-asked", "agreement-proposed"), ("member",)),
    **dict.fromkeys(("finding-issued", "action-promised"), ("member", "secretariat")),
    "party-joined": ("complainant",),
}
"""In which seats the party sits that an act names."""

SPINE = frozenset(
    {
        *("opened", "accepted", "assigned", "clarification-asked", "clarification-answered"),
        *("account-asked", "account-given", "inquiry-step", "records-search", "draft-shared"),
        *("draft-commented", "finding-issued", "contested", "contest-decided", "action-promised"),
    }
)
"""Acts on the way to an answer and beyond it, which every second play takes first."""

LAST = frozenset({"concluded", "outcome-given", "not-accepted", "erased"})
"""Acts after which less can be done: what is left of a case is played before them."""

SELDOM = {"erased": 0.95}
"""How often an act that could be done is left for another: of an erased case little is left."""

LONG = 30
"""After so many acts a case may come to its end."""


@dataclass(frozen=True)
class Scene:
    """What a player sees: the case as rules see it, what is owed, and the numbers of others."""

    deciding: Deciding
    owed: Sequence[Owed] = ()
    others: Sequence[str] = ()

    @property
    def acts(self) -> Sequence[Envelope]:
        return self.deciding.acts

    @property
    def allegations(self) -> Mapping[int, AllegationNow]:
        return self.deciding.case.allegations


def kinds_now(random: Random, scene: Scene) -> list[ActKind]:
    """Return the kinds that the phase of an allegation allows, those done seldom first."""
    phases = {one.phase for one in scene.allegations.values()}
    done = [act.act for act in scene.acts]
    timely = [k for k in PLAYED if PHASES[k.when] & phases or not phases]
    last = LAST if len(scene.acts) < LONG else frozenset[str]()
    first = SPINE if random.random() < 0.5 else frozenset[str]()
    return sorted(
        timely,
        key=lambda k: (k.code in last, k.code not in first, done.count(k.code), random.random()),
    )


def guided(random: Random, scene: Scene) -> tuple[ActKind, Asked] | None:
    """Return an act that the rules allow now, None where none of those tried is allowed."""
    for kind in kinds_now(random, scene):
        if kind.code == "answer-read" and not _is_readable(scene):
            continue
        if random.random() < SELDOM.get(kind.code, 0.6 if kind.code in LAST else 0):
            continue
        for _ in range(6):
            asked = asking(random, scene, kind)
            if is_allowed(scene, kind, asked):
                return kind, asked
    return None


def _is_readable(scene: Scene) -> bool:
    """Whether there is an answer with whose reading the days to contest it begin."""
    begins = "finding-delivered" in scene.deciding.procedure.events
    return begins and any(map(is_answered, scene.allegations.values()))


def is_allowed(scene: Scene, kind: ActKind, asked: Asked) -> bool:
    try:
        require(kind, replace(scene.deciding, asked=asked))
    except AnswerableError:
        return False
    return True


def asking(random: Random, scene: Scene, kind: ActKind) -> Asked:
    """Return an act of a kind on what is open, by someone who might do it."""
    fitting = [n for n, one in scene.allegations.items() if one.phase in PHASES[kind.when]]
    if kind.code == "answer-read":
        fitting = [n for n in fitting if is_answered(scene.allegations[n])]
    numbers = sorted(random.sample(fitting, min(len(fitting), random.choice((1, 1, 1, 2)))))
    values: dict[str, Json] = {}
    for part in kind.parts:
        if part.required or random.random() < 0.6:
            said = _value(random, scene, kind, part, numbers=numbers)
            if said is not None:
                values[part.name] = said
    if kind.code == "answer-read":
        values["acts"] = _answers(scene, numbers)
    by = _doer(random, scene, kind, numbers, values=values)
    if kind.code in {"readers-widening-asked", "readers-widened"}:
        by = scene.acts[0].by
        values.update(_wider(random, scene, kind, by))
    if kind.code == "party-left":
        values["party"] = by.party
    typed = kind.enterable and random.random() < 0.1
    entered = By(PEOPLE[2].party, PEOPLE[2].seat) if typed and by.seat == "complainant" else None
    twins = [one.party for one in PEOPLE if one.seat == by.seat and one.party != by.party]
    return Asked(
        by=by,
        allegations=() if kind.whole else tuple(numbers),
        values=_fitting(random, values),
        entered_by=entered,
        evidence=None if entered is None else f"a letter {mark()}",
        second=random.choice(twins) if twins and kind.code in _TWO else None,
        exhibits=files(random, kind),
    )


def _wider(random: Random, scene: Scene, kind: ActKind, by: By) -> dict[str, Json]:
    """Return which fields more people are to read: some of who acts, or those asked for."""
    exposure = scene.deciding.exposure()
    asking, readers = exposure.asking, ["monitor", "member", "public"]
    if kind.code == "readers-widened" and asking is not None:
        said: dict[str, Json] = {"acts": [asking.act], "fields": [*map(str, asking.places)]}
        return {**said, "wider-readers": [*asking.readers]}
    own = [
        f"{sequence}/{path}"
        for sequence, fields in exposure.said.items()
        for path in fields
        if scene.acts[sequence - 1].by == by
    ]
    chosen = random.sample(own, min(len(own), random.choice((1, 1, 2))))
    return {"fields": [*chosen], "wider-readers": [random.choice(readers)]}


def files(random: Random, kind: ActKind) -> tuple[Attached, ...]:
    """Return exhibits for an act of a kind that comes with some, or may."""
    if kind.exhibits is Carries.NONE or (kind.exhibits is Carries.MAY and random.random() < 0.7):
        return ()
    return tuple(photo(ordinal) for ordinal in range(1, random.choice((2, 2, 3))))


_TWO = frozenset({"finding-issued", "finding-superseded", "continued-without-person", "erased"})


def _fitting(random: Random, values: dict[str, Json]) -> dict[str, Json]:
    """Return values of which one does not contradict another."""
    if "nothing-because" in values or "fact" in values:
        follows = random.random() < 0.5
        gone = ("nothing-because",) if follows else ("action", "party", "action-by")
        kept = {name: value for name, value in values.items() if name not in gone}
        if not follows:
            kept["nothing-because"] = WORDS
        if kept.get("fact") not in {"happened", "happened-in-part"}:
            kept.pop("law", None)
        return kept
    if "shares" in values:
        return {**values, "into": 2, "shares": [WORDS, WORDS]}
    if "people-asked" in values:
        return {**values, "people-asked": 3, "people-answered": 2}
    return values


def _answers(scene: Scene, numbers: Sequence[int]) -> Json:
    """Return the last answer on each of these allegations, where there is one."""
    codes = CITED["answer-read", "acts"]
    last = {
        number: act.sequence
        for act in scene.acts
        for number in act.allegations
        if act.act in codes and number in numbers
    }
    return [*sorted(set(last.values()))]


def _doer(
    random: Random,
    scene: Scene,
    kind: ActKind,
    numbers: Sequence[int],
    *,
    values: Mapping[str, Json],
) -> By:
    if kind.code == "answer-read":
        return scene.acts[0].by
    cites = values.get("acts")
    about = (
        [scene.acts[n - 1] for n in cites if isinstance(n, int)] if isinstance(cites, list) else []
    )
    wanted: set[str] = {str(act.facts.get("party")) for act in about}
    if kind.code in {"corrected", "entry-confirmed", "entry-disputed"}:
        wanted = {act.by.party for act in about}
        own = [act.by for act in about]
        if own:
            return own[0]
    if HANDLER in kind.by:
        wanted |= {scene.allegations[n].handler for n in numbers}
    if kind.code.startswith("referral"):
        wanted |= {scene.allegations[n].member for n in numbers}
    able = [
        one for one in PEOPLE if one.seat in kind.by or (HANDLER in kind.by and one.party in wanted)
    ]
    named = [one for one in able if one.party in wanted]
    return random.choice(named or able or PEOPLE)


def _value(
    random: Random, scene: Scene, kind: ActKind, part: Part, *, numbers: Sequence[int]
) -> Json:
    said: dict[Shape, Callable[[], Json]] = {
        Shape.ACTS: lambda: _cited(random, scene, kind, part),
        Shape.PARTY: lambda: _party(random, scene, kind, numbers),
        Shape.DAY: lambda: _day(random, scene, part),
        Shape.CODE: lambda: random.choice(
            part.choices or (_events(scene) if part.name == "event" else _running(scene))
        ),
        Shape.NUMBER: lambda: random.choice(_cases(scene, kind)),
        Shape.TEXTS: lambda: [f"{WORDS} {mark()}"],
        Shape.COUNT: lambda: 1,
        Shape.YES_NO: lambda: random.random() < 0.5,
        Shape.EXHIBITS: lambda: _exhibit(random, scene),
        Shape.READERS: lambda: [random.choice(part.choices)],
    }
    codes = {"to-language": "km", "provision": "xa-9"}
    other = codes.get(part.name, f"{WORDS} {mark()}")
    return said.get(part.shape, lambda: other)()


def _party(random: Random, scene: Scene, kind: ActKind, numbers: Sequence[int]) -> str:
    fitting = [one.party for one in PEOPLE if one.seat in BY_SEAT.get(kind.code, ())]
    handlers = [scene.allegations[n].handler for n in numbers if kind.code == "recused"]
    return str(random.choice([*filter(None, handlers)] or fitting or [PEOPLE[5].party]))


def _running(scene: Scene) -> tuple[str, ...]:
    return tuple(item.code for item in scene.owed if item.met_by is None) or ("finding",)


def _events(scene: Scene) -> tuple[str, ...]:
    events = scene.deciding.procedure.events.values()
    return tuple(event.code for event in events if event.by) or ("event",)


def _cases(scene: Scene, kind: ActKind) -> list[str]:
    linked = [str(act.facts["case"]) for act in scene.acts if act.act == "linked"]
    return [*(linked if kind.code == "unlinked" else scene.others)] or ["XA-2026-0062-6"]


def _exhibit(random: Random, scene: Scene) -> Json:
    found = [act.sequence for act in scene.acts if act.facts.get("exhibits")]
    return [f"{random.choice(found)}/1"] if found else None


def _cited(random: Random, scene: Scene, kind: ActKind, part: Part) -> Json:
    if part.name == "consent-acts":
        return [a.sequence for a in scene.acts if a.act in {"submitted", "consent-narrowed"}]
    if part.name == "given-up":
        return [*sorted({n for one in scene.allegations.values() for n in one.actions})]
    if kind.code in {"entry-confirmed", "entry-disputed"}:
        found = [act.sequence for act in scene.acts if act.entered_by is not None]
    else:
        codes = CITED.get((kind.code, part.name))
        found = [act.sequence for act in scene.acts if codes is None or act.act in codes]
    return [random.choice(found)] if found else None


def _day(random: Random, scene: Scene, part: Part) -> str:
    past = {"on": (-9, 0), "from-day": (-90, -60), "to-day": (-50, -1)}
    first, last = past.get(part.name, (0, 9))
    if part.name in {"takes-effect", "new-date"}:
        first, last = 60, 200
    return str(scene.deciding.today + timedelta(days=random.randint(first, last)))
