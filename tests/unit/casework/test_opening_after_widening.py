"""An opening is narrowed for a reader whom later acts added, by the openings of these acts."""

from dataclasses import replace

import pytest

from answerable.core.case.later_readers import NotALaterAct, read_now
from answerable.core.opening import Opened, parse_opening
from tests.support.at_work import AtWork
from tests.support.cases import NGO
from tests.unit.casework.test_widening import WHAT, lodged, widens


def opened(work: AtWork, number: str) -> Opened:
    """Return the opening of an act, as a command writes it."""
    return parse_opening(work.reading.opening(work.reading.act(number)).encoded()).opened()


def disclosed(work: AtWork, number: str, reader: str, *later: int) -> set[str]:
    """Return what of the first act is passed on to a reader, by openings of these later acts."""
    whole = work.reading.opening(work.reading.act(number))
    now = read_now(whole.opened(), [opened(work, f"{number}/{act}") for act in later])
    return {item.path for item in whole.for_reader(reader, now).opened().content}


def test_an_opening_is_narrowed_for_who_was_added_by_the_act_that_added_them(work: AtWork) -> None:
    number = lodged(work)
    widens(work, number, WHAT, readers=("monitor",))
    what = WHAT.removeprefix("1/")
    assert disclosed(work, number, "monitor", 3) - disclosed(work, number, "monitor") == {what}
    assert disclosed(work, number, "member", 3) == disclosed(work, number, "member")
    work.do(number, "consent-narrowed", NGO, purpose="included", scope="Nobody more.")
    assert what not in disclosed(work, number, "monitor", 4, 3)


def test_only_later_acts_of_the_same_case_that_change_readers_add_any(work: AtWork) -> None:
    number, other = lodged(work), lodged(work)
    widens(work, number, WHAT, readers=("monitor",))
    widens(work, other, WHAT, readers=("monitor",))
    first, last = opened(work, f"{number}/1"), opened(work, f"{number}/3")
    bare = replace(last, envelope=tuple(one for one in last.envelope if one.path != "by"))
    for ours, later in (
        *((first, opened(work, f"{number}/2")), (first, opened(work, f"{other}/3"))),
        *((last, first), (last, last), (first, bare)),
    ):
        with pytest.raises(NotALaterAct):
            read_now(ours, [later])
