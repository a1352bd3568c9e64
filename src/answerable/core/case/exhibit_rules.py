"""Which acts come with exhibits, and who may read those: the same for every act (case.md 3, 4)."""

from answerable.core.act_form import PARTIES, Asked, Carries, is_content
from answerable.core.acts import READERS
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.readers import DEFAULT
from answerable.core.commitment import in_order
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT


class NoExhibitsHere(Refusal):
    """No exhibits are handed in with this act, unless it is entered for another."""

    code = "no-exhibits-here"


class ExhibitWanted(Refusal):
    """The act hands in a file, and none is there."""

    code = "exhibit-wanted"


class ExhibitShownTooWidely(Refusal):
    """An exhibit names a reader to whom none of the words of its act are shown."""

    code = "exhibit-shown-too-widely"


def require_exhibits(kind: ActKind, deciding: Deciding) -> None:
    """Return if these exhibits may come with the act.

    Raises:
        NoExhibitsHere, ExhibitWanted, ExhibitShownTooWidely.
    """
    asked = deciding.asked
    if asked.exhibits and kind.exhibits is Carries.NONE and asked.entered_by is None:
        raise NoExhibitsHere(f"{kind.code} carries none", act=kind.code)
    if kind.exhibits is Carries.MUST and not asked.exhibits:
        raise ExhibitWanted(f"{kind.code} without a file", act=kind.code)
    shown, base = _shown_to(kind, deciding), base_readers(kind, deciding)
    for one in asked.exhibits:
        for item in one.fields(base):
            for reader in item.readers:
                if shown is not None and reader not in shown:
                    place = one.ordinal
                    raise ExhibitShownTooWidely("no words", exhibit=place, reader=reader)


def readers_offered(kind: ActKind) -> tuple[str, ...]:
    """Return whom a complainant can choose to read the exhibits of an act, beside themselves.

    What else is known of the act may leave fewer: who is then shown none of its words is refused.
    """
    words = _readers_of_words(kind)
    return tuple(one for one in words if one in PARTIES and one != COMPLAINANT)


def readers_to_begin_with(kind: ActKind) -> tuple[str, ...]:
    """Return who of those reads an exhibit of a complainant who chooses nobody."""
    words, offered = _readers_of_words(kind), readers_offered(kind)
    is_open = set(PARTIES) <= set(words)
    return tuple(one for one in offered if one in DEFAULT) if is_open else offered


def base_readers(kind: ActKind, deciding: Deciding) -> tuple[str, ...]:
    """Return who reads an exhibit that names no readers.

    These are the readers of a report that names none, and whoever acts: a body reads its own file.
    Where the kind says who reads the act, it is they.
    """
    return kind.read_by(deciding) or own_readers(kind, deciding.asked)


def own_readers(kind: ActKind, asked: Asked) -> tuple[str, ...]:
    """Return the base readers of an act of which the procedure does not say who reads it."""
    words = _readers_of_words(kind)
    if not set(PARTIES) <= set(words):
        return words
    seats = {str(one.seat) for one in (asked.by, asked.entered_by) if one is not None}
    return in_order((*DEFAULT, *(seat for seat in READERS if seat in seats)))


def _shown_to(kind: ActKind, deciding: Deciding) -> tuple[str, ...] | None:
    """Return to whom at most an exhibit of the act is shown, None where anyone may be named."""
    if narrower := kind.read_by(deciding):
        return narrower
    words = _readers_of_words(kind)
    return None if set(PARTIES) <= set(words) else words


def _readers_of_words(kind: ActKind) -> tuple[str, ...]:
    words = in_order(tuple(one for part in kind.parts if is_content(part) for one in part.readers))
    return words or PARTIES
