"""A proceeding that its procedure publishes, or not: three points, and a body that is silent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from answerable.core.acts import By, Json
from answerable.core.procedure import Procedure
from answerable.core.signed_act import PartyKey
from tests.support.cases import BODY, MONITOR, OFFICE, OTHER_BODY
from tests.support.proceedings_at_work import ProceedingsAtWork

GIVEN, EDITED, REASON = "the gate was open", "the eastern gate was open", "says which gate"
DRAFT, WITHHELD = "a first thought", "the answer of the other body"
SECRET = (GIVEN, EDITED, REASON, DRAFT, WITHHELD)
"""What bodies say and what becomes of it: none of it is public before it is sent."""
NEVER = (GIVEN, REASON, DRAFT, WITHHELD)
"""And none of this ever: words that were edited, why, drafts, and what came after the sending."""

_Said = Json | Callable[[], Json]


def install(work: ProceedingsAtWork, publishes: str, version: str) -> Procedure:
    """Give a mechanism the rules of a monitor, which publish so much."""
    shipped = work.shipped.text(work.shipped.procedure("eu-gsp-withdrawal", work.rules_day()))
    line = f"publishes: {publishes}\n" if publishes else ""
    name = publishes or "nothing"
    text = shipped.replace("id: eu-gsp-withdrawal", f"id: monitor-{name}") + line
    text = text.replace('version: "2012"', f'version: "{version}"')
    procedure = work.shipped.read_procedure(text.encode(), "rules.yaml", None).value
    assert procedure is not None
    work.install.procedure(procedure, text, request=uuid4())
    return procedure


@dataclass
class Play:
    """One proceeding, done step by step: each step may be looked at before the next."""

    work: ProceedingsAtWork
    publishes: str
    number: str = ""
    is_sent: bool = False
    version: str = "2012"
    key: PartyKey | None = None
    """That of BODY, with which it signs what it hands over."""

    def steps(self) -> Iterator[str]:
        """Do the steps one by one, and yield what was done."""
        procedure = install(self.work, self.publishes, self.version)
        self.number = self.work.ask(3, procedure.name)
        yield "request-recorded"
        for code, by, points, said in self._told():
            values = {name: value() if callable(value) else value for name, value in said.items()}
            key = self.key if (code, by) == ("contribution-given", BODY) else None
            self.work.step_signed(self.number, code, by, points=points, said=values, key=key)
            self.is_sent |= code == "response-sent"
            yield code

    def whole(self) -> "Play":
        """Do every step."""
        assert [*self.steps()][-1] == "contribution-given"
        return self

    def until(self, code: str) -> "Play":
        """Do the steps up to the first of this code."""
        for done in self.steps():
            if done == code:
                return self
        raise AssertionError(code)

    def last(self, code: str) -> int:
        """Return the number of the last act of a code on the proceeding."""
        docket = self.work.reading.proceeding(self.number)
        acts = [act.sequence for act in self.work.reading.envelopes(docket) if act.act == code]
        return acts[-1]

    def _told(self) -> Iterator[tuple[str, By, tuple[int, ...], dict[str, _Said]]]:
        day: Json = self.work.rules_day().isoformat()
        yield "event-recorded", MONITOR, (), {"event": "report-sent", "on": day, "proof": "a copy"}
        until: dict[str, _Said] = {"until": "2027-01-15"}
        yield "point-assigned", OFFICE, (1,), {"party": BODY.party, "role": "lead", **until}
        yield "point-assigned", OFFICE, (2,), {"party": OTHER_BODY.party, "role": "lead", **until}
        yield "request-opened", BODY, (), {}
        yield "contribution-drafted", BODY, (1,), {"text": DRAFT}
        yield "contribution-cleared", BODY, (1,), {"cleared_by": "the head"}
        yield "contribution-given", BODY, (1,), {"text": GIVEN, "laws": ["LANGO, article 9"]}
        edit: dict[str, _Said] = {"text": EDITED, "reason": REASON}
        yield (
            *("contribution-edited", OFFICE, ()),
            {"acts": lambda: [self.last("contribution-given")], **edit},
        )
        cleared: dict[str, _Said] = {"signatories": ["The director"], "despite_gaps": "no time"}
        yield "response-cleared", OFFICE, (), cleared
        yield "response-sent", OFFICE, (), {"addressee": "The monitor", "channel": "courier"}
        yield "sending-acknowledged", MONITOR, (), {}
        yield "contribution-given", OTHER_BODY, (2,), {"text": WITHHELD}
