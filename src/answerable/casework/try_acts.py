"""Acts that are decided on in turn and not done: each finds the case as those before leave it."""

from dataclasses import dataclass, field, replace

from answerable.casework.do_act import Before, DoAct
from answerable.core.act_form import Asked
from answerable.core.acts import Draft, Envelope
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.acts.table import case_after
from answerable.core.docket import DocketId
from answerable.core.owed import owed_after


@dataclass(frozen=True, slots=True)
class Trial:
    """Decides acts as DoAct does, and writes nothing."""

    do_act: DoAct
    _left: dict[DocketId, Before] = field(default_factory=dict)

    def __call__(self, number: str, kind: ActKind, asked: Asked) -> None:
        """Return if the act may be done after those that were tried.

        Raises:
            Refusal: as DoAct does.
        """
        found = self.do_act.before(number)
        before = self._left.get(found.docket.id, found)
        draft = self.do_act.decided(kind, asked, before)
        self._left[found.docket.id] = self._after(before, draft)

    def _after(self, before: Before, draft: Draft) -> Before:
        act = Envelope(
            act=draft.act,
            kind=before.docket.kind,
            docket=before.docket.number,
            sequence=len(before.acts) + 1,
            at=max(self.do_act.ruling.now(), before.docket.last_at),
            by=draft.by,
            entered_by=draft.entered_by,
            previous=None,
            allegations=draft.allegations,
            facts=draft.facts,
            signature=None,
        )
        return replace(
            before,
            acts=(*before.acts, act),
            case=case_after(before.case, act),
            owed=owed_after(tuple(before.owed), act),
        )
