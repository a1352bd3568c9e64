"""Links of a register: both cases show one, or neither does, and none leads out of the register."""

from collections import defaultdict
from collections.abc import Iterable

from answerable.core.acts import Envelope
from answerable.core.case.acts.links import linked_cases
from answerable.core.register.pages import CASES, RESPONSES
from answerable.core.register.showing import LINK_ACTS, PROCEEDING, linked_case
from answerable.core.register.sums import Checked


def check_links(shown: Iterable[Envelope], checked: Checked) -> None:
    """Name each link to a case that is not shown, and each that the other case does not show."""
    acts: dict[str, list[Envelope]] = defaultdict(list)
    for act in shown:
        if act.act in LINK_ACTS:
            acts[act.docket].append(act)
    linked = {number: linked_cases(own) for number, own in acts.items()}
    for number, own in sorted(acts.items()):
        for case in sorted({linked_case(act) for act in own}):
            if f"{CASES}{case}.json" not in checked.index.files:
                checked.differs("register-link-leads-out", number=number, case=case)
            elif (case in linked[number]) != (number in linked.get(case, ())):
                checked.differs("register-link-one-sided", number=number, case=case)


def check_rounds(shown: Iterable[Envelope], checked: Checked) -> None:
    """Name each proceeding that goes on with a round which is not shown."""
    for act in shown:
        follows = act.facts.get("follows")
        is_round = act.kind == PROCEEDING and isinstance(follows, str)
        if is_round and f"{RESPONSES}{follows}.json" not in checked.index.files:
            checked.differs("register-link-leads-out", number=act.docket, case=str(follows))
