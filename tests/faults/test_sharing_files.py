"""A form that has files of the one before too, stopped or refused on its way: nobody loses a file.

Whoever comes back with the key goes on with a new form, and its files are second names for those
of the old one. A name that was told and not synced would be gone after a power cut.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.forker import forms_in
from tests.support.faults import Machine, World, Worlds
from tests.support.striking import STOPPED, Way, struck

pytestmark = pytest.mark.faults

FILES = {"a": b"a photo", "b": b"a paper" * 900}
TYPED = b"what is typed anew"


@pytest.fixture
def before(worlds: Worlds, tmp_path: Path) -> tuple[Worlds, str, str]:
    """Worlds in which a form has two files, and the tokens of it and of one that is to come."""
    template = tmp_path / "world"
    template.mkdir()
    forms = forms_in(template / "f")
    old, new = forms.begin(), forms.begin()
    forms.save(old, b"what was typed")
    for name, data in FILES.items():
        forms.add_file(old, name, data)
    return replace(worlds, template=template), old, new


def wrong_in(world: World, old: str, new: str, *, is_done: bool) -> list[str]:
    """Return what is lost or half there, now and after it is asked for again and swept."""
    forms, wrong = forms_in(world.path / "f"), list[str]()
    found = {name: forms.file(new, name, old) for name in FILES}
    wrong += [f"half of {name}" for name, data in found.items() if data not in {FILES[name], None}]
    if is_done and (found != FILES or forms.read(new) != TYPED):
        wrong.append("said to be shared, and gone")
    wrong += [f"the old form lost {name}" for name in FILES if forms.file(old, name) != FILES[name]]
    forms.save(new, TYPED)
    forms.share_files(old, new, [(name, "") for name in FILES])
    forms.sweep()
    forms.leave(old)
    if {name: forms.file(new, name, old) for name in FILES} != FILES:
        wrong.append("asked for again, and not there")
    return wrong


@pytest.mark.parametrize("way", list(Way), ids=str)
def test_no_file_that_two_forms_have_is_lost(
    failing: Machine, before: tuple[Worlds, str, str], way: Way
) -> None:
    worlds, old, new = before
    found: list[str] = []
    for strike in struck(failing, worlds, ("f", old, new, *FILES), way, program="sharing"):
        if way not in STOPPED and strike.ended.exit not in {0, 1}:
            found.append(f"{strike.where}: {strike.ended.err}")
        wrong = wrong_in(strike.world, old, new, is_done=strike.ended.exit == 0)
        found += [f"{strike.where}: {one}" for one in wrong]
    assert found == []
