"""What a procedure publishes of the proceedings under it: nothing, the board, or the response."""

from collections.abc import Mapping

from answerable.core.acts import Json

BOARD, RESPONSE = "board", "response"
PUBLISHED = (BOARD, RESPONSE)
"""What a procedure may publish; with the response, the board too. Unsaid, it publishes nothing."""

PUBLISHES = "publishes"
"""The fact of a request that keeps it: what was asked under one rule is not told by another."""


def published_by(facts: Mapping[str, Json]) -> str:
    """Return what is published of a proceeding, by the facts of its first act: "" is nothing."""
    told = facts.get(PUBLISHES)
    return told if isinstance(told, str) and told in PUBLISHED else ""
