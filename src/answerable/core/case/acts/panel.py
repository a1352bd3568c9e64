"""A sitting of the panel: who was there, who stood aside, what was decided, and who disagreed."""

from answerable.core.act_days import require_day_come
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.errors import Refusal
from answerable.core.seats import CHAIR


class RecusedAndPresent(Refusal):
    """Someone who stood aside is counted among those who sat."""

    code = "recused-and-present"


def _require_apart(deciding: Deciding) -> None:
    for person in sorted(_people(deciding, "recused") & _people(deciding, "present")):
        raise RecusedAndPresent("stood aside and sat", person=person)


def _people(deciding: Deciding, name: str) -> set[str]:
    value = deciding.asked.values.get(name)
    return (
        {person for person in value if isinstance(person, str)}
        if isinstance(value, list)
        else set()
    )


PANEL = (
    ActKind(
        code=ActCode("panel-sat"),
        verb="record-sitting",
        by=(CHAIR,),
        parts=(
            Part("on", Shape.DAY, fact="on"),
            Part("present", Shape.TEXTS),
            Part("recused", Shape.TEXTS, required=False),
            Part("decisions", Shape.TEXTS),
            Part("dissent", Shape.TEXTS, required=False),
        ),
        rules=(require_none_accused, require_day_come, _require_apart),
    ),
)
