"""Changes to return keys and unsent forms that would do harm, and the tests that must notice."""

from tests.mutants.mutant import Mutant

KEYS = "tests/unit/core/test_return_key.py"
BOUND = "tests/contracts/test_return_keys.py"
FORMS = "tests/contracts/test_kept_forms.py"
CUT = "tests/contracts/test_kept_forms_cut_off.py"
RETURNED = "tests/unit/casework/test_returned.py"

KNOWN = "tests/unit/web/form/test_being_known.py"
CHOSEN = "test_the_return_key_shows_what_was_sent_as_was_chosen_and_else_by_the_level"
LAST = "test_with_a_key_is_kept_whether_it_shows_what_was_sent_and_the_last_choice_counts"

ERASED = "test_no_key_opens_an_erased_case_from_its_act_on_and_others_open_theirs"

OF_RETURN_KEYS = (
    Mutant(
        "groups that fit anywhere",
        "Who writes two groups down the wrong way round is told that no case opens.",
        "core/return_key.py",
        "(position, *map(int, drawn))",
        "(0, *map(int, drawn))",
        (f"{KEYS}::test_no_group_fits_in_two_places_so_every_two_that_changed_places_are_noticed",),
    ),
    Mutant(
        "key shown in a log",
        "Whoever reads a traceback can open the case.",
        "core/return_key.py",
        "    digits: str = field(repr=False)\n",
        "    digits: str = field()\n",
        (f"{KEYS}::test_neither_a_key_nor_what_was_typed_is_shown_by_what_a_log_may_hold",),
    ),
    Mutant(
        "key of an erased case kept",
        "What is left tells that there was a case, and to which key it opened.",
        "storage/erasing.py",
        "                transaction.drop_keyed(docket)\n",
        "                pass\n",
        (f"{BOUND}::{ERASED}[memory]",),
    ),
    Mutant(
        "keys of a lost ledger",
        "After a lost head nobody who gave no name can return to their case.",
        "storage/return_keys.py",
        "reads.ledgers()[0]",
        "reads.ledgers()[-1]",
        (f"{BOUND}::test_a_successor_ledger_leaves_every_key_as_it_was[memory]",),
    ),
    Mutant(
        "key that nobody believes",
        "Who returns by their key is told again that nobody knows who they are.",
        "casework/returned.py",
        "            by_key=True,\n",
        "",
        (f"{RETURNED}::test_a_sender_without_a_name_adds_to_their_case_by_its_key_alone",),
    ),
    Mutant(
        "key that shows what its sender hid",
        "Whoever finds the key reads all that was sent, though its sender chose that nobody does.",
        "web/form/my_case.py",
        "return level not in PROTECTED if chosen is None else chosen",
        "return level not in PROTECTED",
        (f"{KNOWN}::{CHOSEN}[1-no-False]",),
    ),
    Mutant(
        "choice that cannot be taken back",
        "Who was cut off in sending, and then chose to hide it, has a key that shows it.",
        "storage/return_keys.py",
        "known == row",
        "known is not None and known.docket == docket",
        (f"{BOUND}::{LAST}[memory]",),
    ),
    Mutant(
        "one key for a whole form",
        "Whoever writes on the disk puts one file in the place of another, and it is sent.",
        "casework/kept_forms.py",
        "expand(self._key, KEY + name.encode())",
        "expand(self._key, KEY)",
        (f"{FORMS}::test_no_part_opens_in_the_place_of_another_nor_when_it_was_changed",),
    ),
    Mutant(
        "draft written over",
        "The power goes while a page is saved, and all that was typed is half of two versions.",
        "disk.py",
        "aside = os.fspath(name) + ARRIVING",
        "aside = os.fspath(name)",
        (f"{CUT}::test_a_write_that_is_cut_off_leaves_the_old_or_the_new[True]",),
    ),
    Mutant(
        "draft that comes back",
        "What was promised to be gone is there again after the next page.",
        "storage/kept_forms.py",
        "            if _is_over(heads, now):\n",
        "            if False:\n",
        (f"{FORMS}::test_what_is_over_does_not_come_back_with_what_is_written_later[folder]",),
    ),
)
