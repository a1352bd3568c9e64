"""Groups of dockets: those of a group are summed together for figures."""

GROUP = 64
"""How many dockets are summed together. Of more, there is less to read where nothing moved, and
more to add again where something did. Another number is another fold (kept_figures.py)."""


def group_of(docket: int) -> int:
    """Return the first docket of the group in which a docket is summed."""
    return docket - docket % GROUP


def dockets_of(group: int) -> range:
    """Return the dockets of a group, of which some may not be there."""
    return range(group, group + GROUP)
