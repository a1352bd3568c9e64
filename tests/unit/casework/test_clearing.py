"""A response is cleared as it stands at that moment, whoever else is at work on it."""

from dataclasses import replace
from uuid import uuid4

from answerable.core.act_form import Asked
from answerable.core.proceeding.acts.table import STEPS
from tests.support.cases import BODY, OFFICE
from tests.support.overtaken import Overtaken
from tests.support.proceedings_at_work import ProceedingsAtWork

CLEAR = next(kind for kind in STEPS.values() if kind.code == "response-cleared")
CLEARING = Asked(by=OFFICE, values={"signatories": ["Minister"], "despite-gaps": "It is due."})


def fingerprint(work: ProceedingsAtWork, number: str) -> object:
    """Return what the last clearance recorded of what it cleared."""
    found = work.do_step.found(number)
    return found.acts[found.now.cleared - 1].facts["sha256"]


def test_a_handover_between_looking_and_clearing_is_in_what_is_cleared(
    work: ProceedingsAtWork,
) -> None:
    number = work.ask(1)
    work.step(number, "point-assigned", OFFICE, 1, party=BODY.party, role="lead")

    def hand_over() -> None:
        work.step(number, "contribution-given", BODY, 1, text="The offices are open.")

    ledger = Overtaken(work.store.ledger, hand_over)
    clear = replace(work.do_step, ledger=ledger)
    clear(number, CLEAR, CLEARING, request=uuid4())

    assert ledger.tries == 2
    acts = work.do_step.found(number).acts
    assert [act.act for act in acts[-2:]] == ["contribution-given", "response-cleared"]
    then = work.collect(work.reading.proceeding(number), acts[-1].sequence - 1)
    assert then.points[0].replies[0].text == "The offices are open."
    assert fingerprint(work, number) == then.digest()
