"""Changes to erasure that would do harm, and the tests that must notice each of them."""

from tests.mutants.mutant import Mutant

JOBS, DISK = "tests/contracts/test_erasing.py", "tests/unit/storage/test_erasing.py"
OWES = "tests/unit/casework/test_erased_owes_nothing.py"
CORE = "tests/unit/core/case/acts/test_erasure.py"
CHECK = (
    "tests/unit/storage/test_checking.py"
    "::test_the_check_names_what_was_damaged_and_nothing_else[{}]"
)

OF_ERASURE = (
    Mutant(
        "late for ever after an erasure",
        "A body is told to be late, more each day, with what nobody can read any more.",
        "core/figures/counting.py",
        "None if ended is None or met is not None else max(ended.at, item.since)",
        "None",
        (f"{OWES}::test_no_figure_grows_late_after_an_erasure_and_no_total_shrinks",),
    ),
    Mutant(
        "the ground of an erasure in the register",
        "The accused reads that somebody would have been harmed.",
        "core/register/showing.py",
        '        paths -= {"facts"}\n',
        "        pass\n",
        (f"{OWES}::test_the_register_says_that_it_was_erased_and_never_why",),
    ),
    Mutant(
        "clocks begin on an erased case",
        "What nobody can see is owed by somebody from that day on.",
        "casework/do_act.py",
        "        if before.case.erased:\n            # Nothing can",
        "        if False:\n            # Nothing can",
        (f"{OWES}::test_after_an_erasure_nothing_begins_and_no_calendar_moves_anything",),
    ),
    Mutant(
        "key gone before its act is on disk",
        "The power goes, and with it the act: a key is gone and nobody ever said so.",
        "storage/erasing.py",
        "            transaction.begin_jobs(ERASE_CASE)\n",
        "",
        (f"{DISK}::test_before_a_key_goes_something_is_committed_behind_the_act_that_says_so",),
    ),
    Mutant(
        "key gone without an act",
        "A job that was made by mistake destroys a case.",
        "storage/erasing.py",
        "[docket for docket in erased if _is_erased(reads, docket)]",
        "list(erased)",
        (f"{JOBS}::test_no_key_is_overwritten_without_an_act_of_erasure[memory]",),
    ),
    Mutant(
        "exhibit of another case removed",
        "Who erases a case takes away what another case rests on.",
        "storage/erasing.py",
        "own - {name for name, at in rows if at not in positions}",
        "own",
        (f"{JOBS}::test_an_exhibit_that_another_case_names_too_is_kept[memory]",),
    ),
    Mutant(
        "words kept under a key that goes",
        "Someone is told that what they said is kept, and it is lost a moment later.",
        "core/case/deciding.py",
        "    _require_key(kind, deciding)\n",
        "",
        (f"{CORE}::test_what_has_words_is_refused_on_an_erased_case_and_what_has_none_is_not",),
    ),
    Mutant(
        "copy of keys not told",
        "Who erases is told that no copy is left, and one is.",
        "storage/key_archive.py",
        "                _note(live, now, last_day)\n",
        "                pass\n",
        (f"{DISK}::test_a_copy_of_the_keys_is_known_by_its_last_day",),
    ),
    Mutant(
        "lost name of an exhibit not found",
        "A sweep takes the exhibit of an act for left over.",
        "core/invariants/exhibits.py",
        "if counted != named:",
        "if counted < named:",
        (CHECK.format("the name of an exhibit lost"),),
    ),
)
