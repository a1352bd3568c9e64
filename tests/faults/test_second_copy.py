"""A second copy that is made anew: cut off anywhere, the ledger is read-only or goes on whole."""

import pytest

from answerable.bootstrap.application import application_of
from answerable.bootstrap.folder import folder_at
from answerable.casework.reading import MECHANISM_DOCKET
from answerable.storage.head import FileHeads
from tests.support.faults import Fault, Machine, Manner, World, Worlds, cut_power

pytestmark = pytest.mark.faults

RENEW = ("restore", "--new-second-copy", "--mechanism", "m")
ADD = ("party", "add", "Union", "--mechanism", "m")


def lost(world: World) -> None:
    (world.mechanism / "head" / "head").unlink()


def looked_at(world: World) -> tuple[list[str], int]:
    """Return what is wrong, and how often the ledger says that its second copy is new."""
    made = application_of(folder_at(world.mechanism))
    found, _ = made.upkeep.check(acts=True, progress=lambda *_: None)
    acts = [str(act.kept.envelope.act) for act in made.dockets.acts(MECHANISM_DOCKET)]
    made.close()
    return [item.code for item in found], acts.count("second-copy-renewed")


@pytest.mark.parametrize("power", [True, False], ids=["killed", "without-power"])
def test_a_second_copy_made_anew_never_comes_before_the_act_that_says_so(
    failing: Machine, worlds: Worlds, *, power: bool
) -> None:
    with worlds.one() as world:
        lost(world)
        ended = failing.cli(*RENEW, cwd=world.path, fault=Fault(Manner.COUNT))
        assert ended.exit == 0, ended.err
    outcomes = set[tuple[bool, int]]()
    wrong: list[str] = []
    for at in range(1, len(ended.calls) + 1):
        with worlds.one() as world:
            lost(world)
            failing.cli(*RENEW, cwd=world.path, fault=Fault(Manner.KILL_AFTER, at))
            where = f"call {at} {' '.join(ended.calls[at - 1])}"
            if not power:
                # What was on the disk before has the file that is lost: it is lost again.
                was_there = (world.mechanism / "head" / "head").exists()
                cut_power(world, failing.kept)
                if not was_there:
                    (world.mechanism / "head" / "head").unlink(missing_ok=True)
            there = FileHeads(world.mechanism / "head" / "head").read() is not None
            found, said = looked_at(world)
            outcomes.add((there, said))
            wrong += [f"{where}: {code}" for code in found if there or code != "head-missing"]
            if there and not said:
                wrong.append(f"{where}: a second copy of which no act says that it is new")
            added = failing.cli(*ADD, "--json", cwd=world.path)
            if not there:
                wrong += [] if added.code == "ledger-read-only" else [f"{where}: {added.out}"]
                again = failing.cli(*RENEW, cwd=world.path)
                wrong += [f"{where}: {again.err}"] if again.exit else []
                added = failing.cli(*ADD, "--json", cwd=world.path)
            wrong += [] if added.code == "party-added" else [f"{where}, then: {added.out}"]
            wrong += [f"{where}, then: {code}" for code in looked_at(world)[0]]
    assert not wrong, "\n".join(wrong)
    # Cut off before the act, between act and copy, and after both.
    assert outcomes == {(False, 0), (False, 1), (True, 1)}
