"""Under which question each figure stands: of UN Guiding Principle 31, and what there is at all."""

from collections.abc import Mapping

_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "reported": ("submissions", "allegations", "incidents", "matters", "kind", "accused"),
    "legitimate": ("outcome", "reasons", "contests"),
    "accessible": ("channel", "language", "place", "not-accepted"),
    "predictable": ("steps", "days"),
    "equitable": ("given", "questions"),
    "transparent": ("delivered", "acknowledged", "opened", "answers", "age"),
    "rights-compatible": ("actions", "remedy"),
    "learning": ("repeats",),
}

CRITERIA = tuple(_FAMILIES)
"""The questions, in the order in which they are asked."""

_OF = {family: criterion for criterion, families in _FAMILIES.items() for family in families}

PLACE = "place/"
FEW = 5
"""Fewer reports than this from one place are not told apart wherever figures are printed."""


def criterion_of(code: str) -> str:
    """Return the criterion under which the figure of a code stands."""
    return _OF[code.partition("/")[0]]


def is_few(code: str, value: int | None) -> bool:
    """Whether a figure is of so few reports from one place that its number could name somebody."""
    return code.startswith(PLACE) and value is not None and 0 < value < FEW
