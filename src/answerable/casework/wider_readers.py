"""What a sender could let more people read: each field, who reads it, who could be added."""

from dataclasses import dataclass

from answerable.casework.do_act import Before, DoAct
from answerable.core.act_form import Asked
from answerable.core.acts import By, Field
from answerable.core.case.acts.exposing import may_read_of
from answerable.core.case.acts.table import ACTS
from answerable.core.case.acts.widened import ASKED
from answerable.core.case.exposure import Place


@dataclass(frozen=True, slots=True)
class Widenable:
    """A field of a sender, with all who read it now; ``may`` are those who could be added."""

    place: Place
    field: Field
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Widenables:
    """The fields of a case that more people could read. ``is_told`` where everyone could be one."""

    fields: tuple[Widenable, ...]
    is_told: bool


def widenables_of(do_act: DoAct, by: By, before: Before) -> Widenables:
    """Return what the sender of a case could let more people read."""
    deciding = do_act.deciding(ACTS[ASKED], Asked(by=by, by_key=True), before)
    exposure = deciding.exposure()
    places = (Place(act, path) for act, said in exposure.said.items() for path in said)
    found = ((place, exposure.at(place), may_read_of(deciding, place)) for place in places)
    fields = (Widenable(place, item, may) for place, item, may in found if item is not None and may)
    return Widenables(tuple(fields), exposure.is_told)
