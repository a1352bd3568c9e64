"""What of an envelope is public: enough for standings, clocks and figures, and no person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast

from answerable.core.acts import By, Envelope, Json, PartyId
from answerable.core.case.acts.answers import ANSWER_READ
from answerable.core.case.acts.erasure import ERASED
from answerable.core.case.acts.links import LINKED, UNLINKED
from answerable.core.case.acts.table import case_after
from answerable.core.case.acts.widened import WIDENED
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.case.standings import standing_of, summary_of
from answerable.core.happened import EVENT_RECORDED
from answerable.core.mechanism import (
    BODIES,
    CALENDAR_INSTALLED,
    FOUNDED,
    KEY_ROTATED,
    PROCEDURE_INSTALLED,
    SEAT_GRANTED,
    SUCCEEDED,
)
from answerable.core.party_keys import KEY_ACTS, PUBLIC
from answerable.core.seats import COMPLAINANT

UNNAMED = By(PartyId(""), COMPLAINANT)
"""Who did an act whose `by` is not disclosed: a complainant, whose number would join its cases."""

SHOWN_ACTS = frozenset(
    (
        *("submitted", "delivered", "acknowledged", "handed-over", "opened"),
        *("accepted", "not-accepted", "split", "assigned", "reassigned", "recused"),
        *("clarification-asked", "clarification-answered", "referred", "referral-recalled"),
        *("referral-accepted", "referral-returned", "account-asked", "account-given"),
        *("inquiry-step", "records-search", "legal-opinion", "panel-sat"),
        *("clock-extended", "clock-held", "clock-resumed", "clocks-moved"),
        *("agreement-proposed", "agreement-accepted", "agreement-refused"),
        *("agreement-kept", "agreement-broken", "draft-shared", "draft-commented"),
        *("finding-issued", "separate-view", "contested", "contest-decided", "reopened"),
        *("finding-superseded", "action-promised", "action-done", "action-doubted"),
        *("withdrawal-asked", "withdrawal-revoked", "continued-without-person"),
        *("disposition-given", "outcome-given", "concluded", ERASED),
    )
)
"""The acts of a case that the register shows, beside LINK_ACTS. Of danger, reprisals, consent, who
else takes part, and when a sender read an answer it shows nothing: the accused reads it too."""

LINK_ACTS = frozenset((LINKED, UNLINKED))
"""That cases tell of one incident, or no longer do. Each stands in both cases, and names the other:
it is shown where both cases are, so that no link names a silhouette."""

MECHANISM_ACTS = frozenset(
    (FOUNDED, SUCCEEDED, KEY_ROTATED, PROCEDURE_INSTALLED, CALENDAR_INSTALLED)
)
"""The acts of the mechanism's own docket that the register shows: its rules, and not its people.
Of the seats that it grants those of BODIES are shown, since a body's name is for everyone, and of
the keys of parties those of bodies."""

PROCEEDING = "proceeding"
ALWAYS = frozenset(("act", "allegations", "at", "docket", "facts", "kind", "sequence"))


def shown_paths(act: Envelope) -> frozenset[str]:
    """Return which fields of an envelope are disclosed.

    Never ``previous``, which would name the place of an act that is not shown. A signature only
    of a body, whose key everyone may read.
    """
    if act.act in LINK_ACTS:
        # A complainant links its own cases only: who linked would tell that one is behind both.
        return ALWAYS
    paths = ALWAYS
    if act.act == ERASED:
        # That nobody can see it any more ends what is owed. Why it was erased concerns its sender.
        paths -= {"facts"}
    if act.by.seat != COMPLAINANT:
        paths |= {"by"}
    if act.entered_by is None or act.entered_by.seat != COMPLAINANT:
        paths |= {"entered_by"}
    return paths | signature_path(act)


def signature_path(act: Envelope) -> frozenset[str]:
    """Return the path of a signature that is shown: of an act that a body signed."""
    is_shown = act.signature is not None and act.by.seat in BODIES
    return frozenset(("signature",) if is_shown else ())


def as_shown(act: Envelope) -> Envelope:
    """Return an envelope as its disclosed fields tell it."""
    paths = shown_paths(act)
    if "facts" not in paths:
        act = replace(act, facts={})
    if {"by", "entered_by"} <= paths and act.previous is None and act.signature is None:
        return act
    return replace(
        act,
        by=act.by if "by" in paths else UNNAMED,
        entered_by=act.entered_by if "entered_by" in paths else UNNAMED,
        previous=None,
        signature=act.signature if "signature" in paths else None,
    )


def is_shown(act: Envelope, is_told: Callable[[str], bool] = lambda _: True) -> bool:
    """Whether the register shows this act, where it shows the docket.

    ``is_told`` says of a case's number whether the register shows that case. Of an event that is
    recorded on a case its procedure says so, and the envelope after it; of readers that were added,
    whether everyone is among them.
    """
    if act.kind != "case":
        seats_a_body = act.act == SEAT_GRANTED and act.facts.get("seat") in BODIES
        is_of_body = act.act in KEY_ACTS and act.facts.get(PUBLIC) is True
        return act.act in MECHANISM_ACTS or seats_a_body or is_of_body
    if act.act in {EVENT_RECORDED, WIDENED}:
        return act.facts.get("public") is True
    if act.act in LINK_ACTS:
        return is_told(linked_case(act))
    return act.act in SHOWN_ACTS


def linked_case(act: Envelope) -> str:
    """Return the number of the case that a link, or the end of one, names."""
    return str(act.facts.get("case"))


def told_of(
    acts: Iterable[Envelope], is_told: Callable[[str], bool] = lambda _: True
) -> list[Envelope]:
    """Return the acts of a case as the register shows them, where it tells the case.

    Without ``is_told`` every link is among them: a figure counts none to a case that is not told.
    """
    return [as_shown(act) for act in acts if is_shown(act, is_told)]


def is_tellable(acts: Sequence[Envelope]) -> bool:
    """Whether a case may be told act by act, and not as a silhouette only.

    Not where danger was claimed on lodging; nor where a clock joins an act that is shown with one
    that is not, since the one would then tell of the other, or be told wrongly without it. Whether
    a link is shown depends on another case, so that a link that says anything of clocks is such.

    The window that begins with the first reading of an answer may be touched by acts that are
    shown: a contest tells anyhow that the answer was read, and never when (ADR 0028).
    """
    if acts[0].facts.get("danger") or any(_is_timed_unseen(act) for act in acts):
        return False
    shown = {act.sequence for act in acts if is_shown(act, lambda _: False)}
    read = {act.sequence for act in acts if act.act == ANSWER_READ}
    return all(
        (started in shown) == (act.sequence in shown) or (started in read and act.sequence in shown)
        for act in acts
        for started in _touched(act)
    )


def _is_timed_unseen(act: Envelope) -> bool:
    """Whether an act says something of clocks that is not shown, or not in every register."""
    return (act.act in LINK_ACTS or act.act == ERASED) and "clocks" in act.facts


def _touched(act: Envelope) -> list[int]:
    clocks = act.facts.get("clocks")
    if not isinstance(clocks, dict):
        return []
    entries = [*cast("list[dict[str, int]]", clocks.get("meets", []))]
    entries += cast("list[dict[str, int]]", clocks.get("moves", []))
    entries += cast("list[dict[str, int]]", clocks.get("widens", []))
    return [entry["started-by"] for entry in entries]


def standing_told(acts: Sequence[Envelope]) -> dict[str, Json]:
    """Return where a case stands by its shown acts, and each allegation, concern and request in it.

    What is owed may say nothing of one that no clock waits for; whether it is answered is said.
    """
    case = None
    for act in acts:
        case = case_after(case, act)
    if case is None:
        raise ValueError("a case has at least one act")
    standing, turn = summary_of(case)
    given = {(act.facts.get("matter"), act.facts.get("number")) for act in acts if is_given(act)}
    return {
        "allegations": [_allegation(case, number) for number in sorted(case.allegations)],
        "matters": [
            {"answered": (kind, number) in given, "kind": kind, "number": number}
            for kind in ("concern", "request")
            for number in matters_in(acts[0], kind)
        ],
        "standing": str(standing),
        "turn": turn,
    }


def _allegation(case: CaseNow, number: int) -> dict[str, Json]:
    standing, turn = standing_of(case, number)
    answered = is_answered(case.allegations[number])
    return {"answered": answered, "number": number, "standing": str(standing), "turn": turn}


def is_answered(one: AllegationNow) -> bool:
    """Whether an allegation has an outcome; what is examined again has none for now."""
    return one.phase in {Phase.ANSWERED, Phase.OVER} and not one.reopened


def is_given(act: Envelope) -> bool:
    """Whether an act answers a concern or a request."""
    return act.act == "disposition-given"


def matters_in(first: Envelope, kind: str) -> range:
    """Return the numbers of the concerns or requests that were handed in."""
    count = first.facts.get(f"{kind}s")
    return range(1, (count if isinstance(count, int) else 0) + 1)
