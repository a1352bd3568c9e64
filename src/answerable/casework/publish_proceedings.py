"""Puts those proceedings into a register whose procedure publishes them, and counts all others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from answerable.casework.ports import ActOnFile, Dockets
from answerable.casework.register_ports import NewRegister
from answerable.casework.tell_figures import seen_of
from answerable.core.acts import Envelope
from answerable.core.docket import Docket, Kind
from answerable.core.register.accounts import Seen
from answerable.core.register.pages import RESPONSES, acts_page, disclosed
from answerable.core.register.responses import as_shown, derived, is_published, shown_of


@dataclass(slots=True)
class Proceedings:
    """What was gathered: every act with whether it is shown, and the first act of each shown."""

    seen: list[Seen] = field(default_factory=list)
    shown: dict[str, Envelope] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishProceedings:
    """Writes a file for each proceeding that is shown; of the others not even that they are there.

    ``public`` gives the disclosures of an act's content that the public reads.
    """

    dockets: Dockets
    public: Callable[[ActOnFile], list[bytes]]

    def __call__(self, new: NewRegister, size: int) -> Proceedings:
        """Publish the proceedings of a register of so many entries."""
        found = Proceedings()
        # A round stands behind the one that it goes on with.
        for docket in sorted(self.dockets.dockets(Kind.PROCEEDING), key=_age):
            acts = [act for act in self.dockets.acts(docket.id) if act.position < size]
            if acts:
                self._one(new, acts, found)
        return found

    def _one(self, new: NewRegister, acts: Sequence[ActOnFile], found: Proceedings) -> None:
        envelopes = [act.kept.envelope for act in acts]
        number = envelopes[0].docket
        known = is_published(envelopes, found.shown.__contains__)
        shown = {one.act.sequence: one for one in shown_of(envelopes)} if known else {}
        found.seen += [seen_of(act, is_shown=act.kept.envelope.sequence in shown) for act in acts]
        if not known:
            return
        openings = [
            disclosed(act.kept, self.public(act) if one.whole else [], one.paths)
            for act in acts
            if (one := shown.get(act.kept.envelope.sequence)) is not None
        ]
        told = derived(as_shown(shown.values()))
        new.write(f"{RESPONSES}{number}.json", acts_page(openings, number=number, **told))
        found.shown[number] = envelopes[0]


def _age(docket: Docket) -> tuple[int, int]:
    return docket.first_at, docket.id
