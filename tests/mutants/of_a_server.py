"""Changes to what a server bounds, takes and writes down, and the tests that must notice."""

from tests.mutants.mutant import Mutant

ROOM = "tests/contracts/test_form_room.py"
ORIGIN = "tests/unit/web/form/test_origin.py"
LOGS = "tests/unit/web/test_logs.py"
SERVING = "tests/unit/web/test_serving.py"
REGISTERS = "tests/unit/bootstrap/test_registers.py"
UNSAID = "test_what_is_no_code_is_not_written_whoever_says_it"
BEGINS = "test_another_site_begins_nothing_and_replaces_no_cookie"

OF_A_SERVER = (
    Mutant(
        "the last room taken twice",
        "Many who begin at once fill what was set aside for those who have begun.",
        "storage/form_sizes.py",
        "            require(old, self.before(form))\n            self._put(form, new)\n",
        "            require(old, self.before(form))\n",
        (
            f"{ROOM}::test_when_it_is_full_nobody_begins_and_whoever_has_begun_writes_on_and_comes_back[folder]",
        ),
    ),
    Mutant(
        "one form may take all that is left",
        "One who writes much leaves nobody room to begin.",
        "casework/form_room.py",
        "most = max(FLOOR, left // TEXT_SHARES)",
        "most = max(FLOOR, left)",
        (f"{ROOM}::test_whoever_writes_much_leaves_room_for_many_who_write_little[memory]",),
    ),
    Mutant(
        "a post that nothing vouches for",
        "A page of another site takes the place of a report that is being written.",
        "web/form/routes.py",
        "if told is None and not _has_our_check(request, given):",
        "if False:",
        (f"{ORIGIN}::{BEGINS}[nothing said]",),
    ),
    Mutant(
        "an origin that begins like ours",
        "Whoever owns a longer name than ours posts in everybody's name.",
        "web/form/origin.py",
        '_place(said) == _place(f"//{request.host}")',
        "_place(said).startswith(request.host.lower())",
        (f"{ORIGIN}::{BEGINS}[an origin like ours]",),
    ),
    Mutant(
        "a case that never opened",
        "A page tells what a register's record does not vouch for.",
        "web/register/opened.py",
        "case_again(data, name) if self.cases.has(number) else",
        "case_again(data, name) if True else",
        (f"{SERVING}::test_a_case_that_never_opened_is_never_read_without_proof_though_indexed",),
    ),
    Mutant(
        "a case that changes under the check",
        "A page tells what was never opened: another file was, a moment later.",
        "core/register/verifying.py",
        "if seen is not None and sha256(data).hexdigest() == checked.index.files[name]:",
        "if seen is not None:",
        (f"{REGISTERS}::test_a_case_that_changes_while_it_is_checked_is_not_taken_for_opened",),
    ),
    Mutant(
        "a sentence in the log",
        "What a library says of a file stands in the journal.",
        "bootstrap/logs.py",
        "return value if isinstance(value, str) and _CODE.fullmatch(value) else _UNSAID",
        "return str(value)",
        (f"{LOGS}::{UNSAID}[a sentence with planted-7f3a]",),
    ),
    Mutant(
        "a sum of each day",
        "The log tells on which day somebody was there, which padding hides.",
        "bootstrap/logs.py",
        'name = f"{year}-W{week:02}"',
        'name = f"{year}-W{week:02}-{_}"',
        (f"{LOGS}::test_where_the_form_is_served_no_answer_is_told_before_its_week_is_over",),
    ),
)
