"""Whether an act that is asked for is the one that was done with its key before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from answerable.casework.ports import ActOnFile, Issued
from answerable.casework.reading import Reading
from answerable.casework.sealing import is_of_file, other_files
from answerable.core.act_form import EVIDENCE, ActForm, Asked, facts_of, is_content
from answerable.core.acts import Json
from answerable.core.case.reading import shown
from answerable.core.errors import Refusal
from answerable.core.proceeding.cited_figures import FIGURES_TOLD
from answerable.core.register.response_said import SAID
from answerable.core.signed_act import SIGNED_ACT

BY_THE_REGISTER = frozenset({"contradictions", FIGURES_TOLD})
"""Content that nobody says: it is found when the act is done, and may be found otherwise later."""


def _nobody_said(path: str) -> bool:
    return path in BY_THE_REGISTER or path == SIGNED_ACT or path.startswith(SAID)


class ActDiffers(Refusal):
    """With this key another act was done in this place; ``field`` names what differs first."""

    code = "act-differs-from-done"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain:
    """An act that is asked for on a docket, with a key that was used before.

    ``readers`` are those of its files, None where the procedure names them. ``says`` are facts that
    nobody typed: the fingerprint of a file that is sent.
    """

    reading: Reading
    number: str
    form: ActForm
    asked: Asked
    readers: tuple[str, ...] | None = None
    says: Mapping[str, str] = field(default_factory=dict)

    def require_same(self, issued: Issued) -> Issued:
        """Return the act that was issued with this key, if it is the one that is asked for.

        Raises:
            ActDiffers: it is another one.
        """
        act = self.reading.dockets.acts(issued.docket)[issued.sequence - 1]
        differing = next(self._differences(act), None)
        if differing is not None:
            raise ActDiffers(f"another {differing}", field=differing, number=issued.number)
        return issued

    def _differences(self, act: ActOnFile) -> Iterator[str]:
        envelope, asked = act.kept.envelope, self.asked
        if envelope.docket != self.reading.docket(self.number).number:
            yield "case"
        if envelope.act != self.form.code:
            yield "act"
        if (envelope.by, envelope.entered_by) != (asked.by, asked.entered_by):
            yield "as"
        signature = envelope.signature
        if asked.key is not None and (signature is None or signature.key != asked.key.public):
            # Who asks again without a key is given the act that was signed: nothing else is new.
            yield "sign-with"
        if asked.allegations and envelope.allegations != tuple(sorted(asked.allegations)):
            yield "allegations"
        facts = {**facts_of(self.form, asked), **self.says}
        yield from (name for name in facts if facts[name] != envelope.facts.get(name))
        if not self.reading.is_erased(act):
            content = self.reading.content(act)
            said = _said(self.form, asked)
            there = {
                item.path: item.value
                for item in content
                if not is_of_file(item.path) and not _nobody_said(item.path)
            }
            yield from (path for path in {**said, **there} if said.get(path) != there.get(path))
            yield from map(shown, other_files(content, asked.exhibits, self.readers))


def _said(form: ActForm, asked: Asked) -> dict[str, Json]:
    """Return the content that an act asked for would have."""
    values = asked.values
    said = {p.name: values[p.name] for p in form.parts if is_content(p) and p.name in values}
    return said if asked.entered_by is None else {**said, EVIDENCE: asked.evidence}
