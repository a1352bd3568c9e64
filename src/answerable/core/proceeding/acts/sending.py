"""The response is cleared as it stands, gaps and all, and sent; the monitor acknowledges it."""

from dataclasses import replace

from answerable.core.act_days import require_day_come
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.rules import AcknowledgedBefore
from answerable.core.errors import Refusal
from answerable.core.proceeding.acts.kind import Deciding, StepKind
from answerable.core.proceeding.gaps import gaps_of
from answerable.core.proceeding.now import ProceedingNow
from answerable.core.seats import COLLECTOR, MONITOR

RESPONSE_CLEARED = ActCode("response-cleared")
SENT = ActCode("response-sent")
ACKNOWLEDGED = ActCode("sending-acknowledged")

WORKING = ("collector", "secretariat", "member", "monitor")
CHANNELS = ("post", "courier", "e-mail", "platform", "diplomatic-note", "in-person")


class ContradictionUndecided(Refusal):
    """A contribution says otherwise than the register, and the collector has not looked at it."""

    code = "contradiction-undecided"


class GapsUnexplained(Refusal):
    """The response has gaps, and it is not said why it goes with them. They are printed anyway."""

    code = "gaps-unexplained"


class NothingCleared(Refusal):
    """No response was cleared, or what was cleared was sent."""

    code = "nothing-cleared"


class SentAnother(Refusal):
    """The file that is to be sent carries the data of a response, and not those that were cleared.

    ``number`` is the act that cleared them.
    """

    code = "sent-another"


class NothingSent(Refusal):
    """Nothing was sent that the monitor could acknowledge."""

    code = "nothing-sent"


def _require_decided(deciding: Deciding) -> None:
    for number, party, body in deciding.now.contributions():
        if body.warned and not body.decided:
            raise ContradictionUndecided(f"{body.given}", point=number, party=party, act=body.given)


def _require_gaps_explained(deciding: Deciding) -> None:
    gaps = gaps_of(deciding.now)
    if any(gaps.values()) and not deciding.asked.text("despite-gaps").strip():
        raise GapsUnexplained("gaps", **{name.replace("-", "_"): n for name, n in gaps.items()})


def _require_cleared(deciding: Deciding) -> None:
    now = deciding.now
    if not now.cleared or any(sent > now.cleared for sent in now.sent):
        raise NothingCleared("nothing cleared")


def _require_same_data(deciding: Deciding) -> None:
    # A scan, or a letter of one's own, carries no data: it is sent without being compared.
    cleared = deciding.act(deciding.now.cleared)
    carried = deciding.says.get("data")
    # Once words of contests are erased, what is printed are the same data without them.
    facts = cleared.facts if cleared else {}
    known = {facts.get("sha256"), facts.get("bare"), deciding.printed or None}
    if cleared and carried is not None and carried not in known:
        raise SentAnother(carried, number=f"{cleared.docket}/{cleared.sequence}")


def _require_sent(deciding: Deciding) -> None:
    now = deciding.now
    if not now.sent:
        raise NothingSent("nothing sent")
    if now.sent[-1] in now.acknowledged:
        raise AcknowledgedBefore(
            "acknowledged", number=deciding.acts[0].docket, reason="of-a-proceeding"
        )


def _cleared(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    return replace(now, cleared=act.sequence)


def _sent(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    return replace(now, sent=(*now.sent, act.sequence))


def _acknowledged(now: ProceedingNow, _: Envelope) -> ProceedingNow:
    return replace(now, acknowledged=(*now.acknowledged, now.sent[-1]))


SENDING = (
    StepKind(
        code=RESPONSE_CLEARED,
        verb="clear",
        by=(COLLECTOR,),
        whole=True,
        parts=(
            Part("signatories", Shape.TEXTS, fact="signatures", readers=WORKING),
            Part("despite-gaps", required=False, readers=("collector", "secretariat", "member")),
        ),
        rules=(_require_decided, _require_gaps_explained),
        after=_cleared,
    ),
    StepKind(
        code=SENT,
        verb="send",
        by=(COLLECTOR,),
        whole=True,
        parts=(
            Part("addressee", readers=WORKING),
            Part("channel", Shape.CODE, fact="channel", choices=CHANNELS),
            Part("proof", required=False, readers=WORKING),
        ),
        rules=(_require_cleared, _require_same_data),
        after=_sent,
    ),
    StepKind(
        code=ACKNOWLEDGED,
        verb="acknowledge",
        by=(MONITOR,),
        whole=True,
        parts=(
            Part("on", Shape.DAY, required=False, fact="on"),
            Part("words", required=False, readers=WORKING),
        ),
        rules=(_require_sent, require_day_come),
        after=_acknowledged,
    ),
)
