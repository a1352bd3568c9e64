"""Other words beside a text, and words that are not to be shown: what holds them stays as it is."""

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.citing import the_one_cited
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.kind import ANY_SEAT, ActKind, Deciding
from answerable.core.errors import Refusal

REDACTED = ActCode("redacted")
TRANSLATORS = ("translated-by-person", "translated-by-machine")
GROUNDS = ("consent", "harm-to-a-person", "third-person", "law")


class SameLanguage(Refusal):
    """A translation is into another language than its original."""

    code = "same-language"


def _require_one(deciding: Deciding) -> None:
    the_one_cited(deciding)


def _require_two_languages(deciding: Deciding) -> None:
    names = [deciding.asked.text(name).strip() for name in ("from-language", "to-language")]
    if names[0].casefold() == names[1].casefold():
        raise SameLanguage(f"{names[0]} twice", language=names[0])


TEXTS = (
    # The original binds: a translation never takes its place.
    ActKind(
        code=ActCode("translated"),
        verb="translate",
        by=ANY_SEAT,
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("from-language"),
            Part("to-language"),
            Part("how-translated", Shape.CODE, fact="how", choices=TRANSLATORS),
            Part("translator"),
            Part("words"),
        ),
        rules=(_require_one, _require_two_languages),
    ),
    ActKind(
        code=REDACTED,
        verb="redact",
        by=ANY_SEAT,
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("ground", Shape.CODE, fact="ground", choices=GROUNDS),
            Part("redacted-part"),
            Part("reason"),
        ),
        # It takes nothing out: all content of a case is under one key, and only a whole case can be
        # erased (erasure.py).
        rules=(require_none_accused, _require_one),
    ),
)
