"""The table of the model of a case once more, written from its words and not from the code.

Who does what, and when; what nobody does for another; who reads. What the code allows beyond it is
a fault of the code, or a row that is missing here.
"""

from collections.abc import Iterable, Sequence

from answerable.core.acts import Envelope, Field

WHO = """
claim-noted: secretariat monitor | any
party-joined party-left: complainant | any
delivered: complainant secretariat | any
acknowledged handed-over: secretariat member | any
fact-added exhibit-added corrected: complainant member | any
entry-confirmed entry-disputed: anyone | any
opened: reader | any
danger-claimed: complainant | any
danger-answered: duty-officer | any
reprisal-reported: anyone | any
reprisal-looked-into: monitor | any
accepted not-accepted: secretariat | intake
linked unlinked: secretariat complainant | any
split: secretariat complainant | unanswered
assigned reassigned recused: chair | any
clarification-asked: handler | unanswered
clarification-answered: complainant | unanswered
referred referral-recalled: secretariat | accepted
referral-accepted referral-returned: member | accepted
account-asked: handler | accepted
account-given: member | accepted
inquiry-step records-search: handler | accepted
legal-opinion: legal-expert | accepted
panel-sat: chair | any
event-recorded: anyone | any
clock-extended: handler | open
clock-held clock-resumed: chair | open
agreement-proposed agreement-accepted agreement-refused: complainant member | open
agreement-kept agreement-broken: complainant member | any
draft-shared: handler | accepted
draft-commented: anyone | accepted
finding-issued: chair | accepted
separate-view: member | answered
answer-read: complainant | any
contested: complainant member | any
contest-decided: reviewer | any
reopened finding-superseded: reviewer | any
action-promised: secretariat member | open
action-done: secretariat member | any
action-doubted: complainant | any
withdrawal-asked withdrawal-revoked: complainant | any
continued-without-person: chair | any
consent-narrowed: complainant | any
consent-acknowledged: secretariat member monitor | any
readers-widening-asked readers-widening-dropped readers-widened: complainant | any
translated redacted: anyone | any
mechanism-complained: anyone | any
mechanism-complaint-answered: reviewer | any
disposition-given: chair handler | any
outcome-given: chair | unanswered
concluded erased: chair | any
"""

_READERS = "secretariat chair member legal-expert monitor reviewer duty-officer"
_SEATS = {"anyone": f"complainant {_READERS}", "reader": _READERS}
_PHASES = {
    "intake": {"intake"},
    "unanswered": {"intake", "accepted"},
    "accepted": {"accepted"},
    "answered": {"answered"},
    "open": {"intake", "accepted", "answered"},
}

NEVER_FOR_ANOTHER = {
    *("withdrawal-asked", "withdrawal-revoked", "party-left"),
    *("agreement-proposed", "agreement-accepted", "agreement-refused"),
    *("agreement-kept", "agreement-broken", "entry-confirmed", "entry-disputed", "erased"),
    *("answer-read", "readers-widening-asked", "readers-widening-dropped", "readers-widened"),
}

DECIDING = {
    *("accepted", "not-accepted", "assigned", "reassigned", "referred", "referral-accepted"),
    *("account-asked", "inquiry-step", "records-search", "legal-opinion", "clock-extended"),
    *("clock-held", "draft-shared", "finding-issued", "separate-view", "outcome-given"),
    *("contest-decided", "reopened", "finding-superseded", "danger-answered", "redacted"),
    "erased",
}
"""No referral, inquiry, review or decision goes to the accused unit."""

SIGNING = {
    *("accepted", "finding-issued", "inquiry-step", "records-search", "account-given"),
    *("separate-view", "legal-opinion", "outcome-given", "contested"),
}
"""Who signed one of these on an allegation decides no contest of it."""

ANSWERS = {"finding-issued", "outcome-given", "not-accepted"}

BASIS = {"inquiry-step", "account-given", "records-search", "exhibit-added"}

PARTIES = {"complainant", "secretariat", "member", "monitor"}
NOT_THE_BODY = PARTIES - {"member"}
READERS_OF = {
    "claim-noted": {"secretariat", "monitor"},
    "readers-widening-asked": {"complainant"},
    "readers-widened": {*PARTIES, "public"},
    **dict.fromkeys(
        ("danger-claimed", "danger-answered", "reprisal-reported", "reprisal-looked-into"),
        NOT_THE_BODY,
    ),
}
READERS_OF_PART = {
    ("withdrawal-asked", "did-anyone-ask"): {"monitor"},
    ("withdrawal-asked", "who-asked"): {"monitor"},
    ("party-joined", "consent"): NOT_THE_BODY,
    ("party-left", "reason"): NOT_THE_BODY,
    ("consent-narrowed", "whose"): NOT_THE_BODY,
}


def _rows() -> dict[str, tuple[set[str], str]]:
    rows = {}
    for line in WHO.strip().splitlines():
        codes, _, rest = line.partition(": ")
        seats, _, when = rest.partition(" | ")
        told = set(_SEATS.get(seats, seats).split())
        rows.update(dict.fromkeys(codes.split(), (told, when)))
    return rows


ROWS = _rows()


def _numbers(acts: Sequence[Envelope], act: Envelope) -> set[int]:
    """Return the allegations that an act concerns: all of them where it names none."""
    if act.allegations:
        return set(act.allegations)
    count = int(str(acts[0].facts["allegations"]))
    for one in acts[: act.sequence - 1]:
        count += int(str(one.facts["into"])) - 1 if one.act == "split" else 0
    return set(range(1, count + 1))


def _about(acts: Sequence[Envelope], number: int) -> Iterable[Envelope]:
    """Yield the acts on an allegation; on a part of one that was split, those before the split."""
    born = _split_of(acts, number)
    if born is not None:
        yield from _about(acts[: born.sequence - 1], born.allegations[0])
    since = 0 if born is None else born.sequence
    yield from (act for act in acts[since:] if number in _numbers(acts, act))


def _split_of(acts: Sequence[Envelope], number: int) -> Envelope | None:
    """Return the act that made an allegation out of another one."""
    last = int(str(acts[0].facts["allegations"])) if acts else 0
    for act in acts:
        if act.act == "split":
            more = int(str(act.facts["into"])) - 1
            if last < number <= last + more:
                return act
            last += more
    return None


_MOVES = {
    **dict.fromkeys(("accepted", "reopened", "finding-superseded"), "accepted"),
    **dict.fromkeys(("not-accepted", "finding-issued"), "answered"),
    "concluded": "over",
}


def _phase(acts: Sequence[Envelope], number: int) -> str:
    phase, agreed = "intake", False
    for act in _about(acts, number):
        outcome = act.facts.get("outcome")
        phase = _MOVES.get(act.act, phase)
        if act.act == "outcome-given" and not (outcome == "not-examined" and "until" in act.facts):
            phase, agreed = "answered", outcome == "agreed"
        elif act.act == "contest-decided" and act.facts["result"] != "not-upheld":
            phase = "accepted"
        elif act.act == "agreement-broken" and agreed:
            phase, agreed = "accepted", False
    return phase


def _handler(acts: Sequence[Envelope], number: int) -> str:
    handler = member = ""
    for act in _about(acts, number):
        match act.act:
            case "assigned" | "reassigned":
                handler = str(act.facts["party"])
            case "recused":
                handler = ""
            case "referred":
                member = str(act.facts["party"])
            case "referral-accepted":
                handler = act.by.party
            case "referral-returned" | "referral-recalled":
                handler, member = "" if handler == member else handler, ""
            case _:
                pass
    return handler


def _accused(acts: Sequence[Envelope], number: int) -> str:
    named = [act.facts.get("party", "") for act in _about(acts, number) if act.act == "accepted"]
    return str(named[-1]) if named else ""


def faults_of(acts: Sequence[Envelope]) -> list[str]:
    """Return what the last of these acts breaks of the table, which is nothing."""
    *before, act = acts
    return [
        *_of_place(before, act),
        *_of_sides(before, act),
        *_of_finding(before, act),
        *_of_reading(before, act),
    ]


def _of_place(before: Sequence[Envelope], act: Envelope) -> Iterable[str]:
    seats, when = ROWS[act.act]
    numbers = _numbers([*before, act], act)
    if act.by.seat not in seats:
        handled = all(_handler(before, number) == act.by.party for number in numbers)
        if "handler" not in seats or not handled:
            yield f"{act.act} by {act.by}"
    if when != "any":
        for number in numbers:
            if _phase(before, number) not in _PHASES[when]:
                yield f"{act.act} on {number}, which is {_phase(before, number)}"
    if act.entered_by is not None and act.act in NEVER_FOR_ANOTHER:
        yield f"{act.act} entered for another"


def _of_sides(before: Sequence[Envelope], act: Envelope) -> Iterable[str]:
    signers = {str(act.by.party), str(act.facts.get("second", act.by.party))}
    for number in _numbers([*before, act], act):
        if act.act in DECIDING and _accused(before, number) in signers:
            yield f"{act.act} by the accused of {number}"
        if act.act == "contest-decided":
            earlier = {str(one.by.party) for one in _about(before, number) if one.act in SIGNING}
            if signers & earlier:
                yield f"{act.act} by who signed before"


def _of_reading(before: Sequence[Envelope], act: Envelope) -> Iterable[str]:
    """Yield what is wrong with a reading: it is of the sender, the first, and of what answers."""
    if act.act != "answer-read":
        return
    if act.by.party != before[0].by.party:
        yield "an answer read by another than who reported"
    cited = act.facts["acts"]
    named = [n for n in cited if isinstance(n, int)] if isinstance(cited, list) else []
    for number in _numbers([*before, act], act):
        about = list(_about(before, number))
        answers = [one.sequence for one in about if one.act in ANSWERS]
        if not answers or answers[-1] not in named:
            yield f"a reading of what does not answer {number}"
        if any(one.act == act.act and one.facts["acts"] == cited for one in about):
            yield f"an answer on {number} read twice"
    clocks = act.facts.get("clocks")
    if not isinstance(clocks, dict) or not clocks.get("starts"):
        yield "a reading that begins nothing"


def _of_finding(before: Sequence[Envelope], act: Envelope) -> Iterable[str]:
    if act.act != "finding-issued":
        return
    cited = act.facts.get("acts")
    numbers = _numbers([*before, act], act)
    basis = [before[n - 1] for n in cited if isinstance(n, int)] if isinstance(cited, list) else []
    if not basis:
        yield "a finding without its basis"
    for one in basis:
        rests = one.act in BASIS or one.facts.get("exhibits")
        if not rests or not numbers & _numbers(before, one):
            yield f"a finding that rests on {one.act}"
    if act.facts["fact"] == "did-not-happen" and not act.facts.get("heard"):
        yield "did not happen, and the complainant was not heard"
    if len(numbers) != 1:
        yield "a finding on several allegations"


def readers_beyond(act: Envelope, fields: Iterable[Field], drafts: set[str]) -> list[str]:
    """Return the fields of an act with readers beyond its list; ``drafts`` read drafts."""
    beyond = []
    for item in fields:
        allowed = READERS_OF.get(act.act, PARTIES)
        if act.act in {"draft-shared", "draft-commented"}:
            # A body that drafts reads its own draft.
            allowed = drafts | {"secretariat", "member"}
        allowed = READERS_OF_PART.get((act.act, item.path), allowed)
        if item.path == "entered/evidence":
            allowed = NOT_THE_BODY
        if not item.readers or set(item.readers) - allowed:
            beyond.append(f"{act.act} {item.path}: {item.readers}")
    return beyond
