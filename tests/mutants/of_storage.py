"""Changes to storage that would do harm, and the tests that must notice each of them."""

from tests.mutants.mutant import Mutant

LEDGER, NUMBERS = "tests/contracts/test_ledger.py", "tests/contracts/test_numbers.py"
RECORDS, ORDER = "tests/contracts/test_records.py", "tests/unit/storage/test_commit_order.py"
HEADS = "tests/contracts/test_heads.py"
KEYS, EXHIBITS = "tests/contracts/test_case_keys.py", "tests/unit/storage/test_exhibits.py"
COPIES = "tests/unit/cli/test_second_copy.py"
WEEKS = "tests/contracts/test_register_weeks.py"
PADDED, DRAWN = "tests/contracts/test_padding.py", "tests/unit/storage/test_padding.py"
SWAP = f"{HEADS}::test_a_head_is_replaced_by_whoever_knows_it_and_by_nobody_else"

OF_STORAGE = (
    Mutant(
        "number given twice",
        "The year's last serial is not stored, so that the next batch begins anew.",
        "storage/numbering.py",
        "        self._moved_years.add(year)\n",
        "",
        (f"{NUMBERS}::test_cases_are_numbered_one_after_the_other[memory]",),
    ),
    Mutant(
        "refused unit half taken",
        "A unit is refused when part of it has its numbers and entries.",
        "storage/sequencing.py",
        "        for change in unit.changes:\n"
        "            self._check(change.docket)\n"
        "            self._check_key(change)\n"
        "            self._check_signatures(change)\n"
        "        self._begin()\n"
        "        placed = [act for change in unit.changes for act in self._changed(change)]\n",
        "        self._begin()\n"
        "        placed = []\n"
        "        for change in unit.changes:\n"
        "            self._check(change.docket)\n"
        "            placed += self._changed(change)\n",
        (
            f"{NUMBERS}::test_a_refused_unit_takes_no_number[memory]",
            f"{LEDGER}::test_a_unit_on_two_dockets_is_whole_or_nothing[memory-bare]",
        ),
    ),
    Mutant(
        "stale sequence accepted",
        "An act decided on what is no longer so is taken.",
        "storage/sequencing.py",
        "if docket.sequence != target.sequence:",
        "if docket.sequence < target.sequence:",
        (f"{LEDGER}::test_a_stale_sequence_is_refused_and_changes_nothing[memory-bare]",),
    ),
    Mutant(
        "known key appended again",
        "A delivery that is sent twice is two cases.",
        "storage/writer.py",
        " = dict(known)\n",
        " = {}\n",
        (
            f"{LEDGER}::test_a_known_key_changes_nothing[memory-bare]",
            f"{LEDGER}::test_a_known_key_gives_its_first_receipts_byte_for_byte[memory-bare]",
        ),
    ),
    Mutant(
        "receipt before commit",
        "Receipts are given for entries that are not kept.",
        "storage/writer.py",
        "        transaction.commit()\n",
        "",
        (f"{RECORDS}::test_a_receipt_proves_its_entry_to_whoever_has_the_policy[sqlite]",),
    ),
    Mutant(
        "second copy before commit",
        "A commit that fails leaves a head that promises what was not kept: read-only for good.",
        "storage/writer.py",
        "        transaction.commit()\n        self._tools.heads.replace(\n"
        "            start.head, Head(tail.ledger, tail.origin, checkpoint.size, checkpoint.root,"
        " years)\n        )\n",
        "        self._tools.heads.replace(\n"
        "            start.head, Head(tail.ledger, tail.origin, checkpoint.size, checkpoint.root,"
        " years)\n        )\n        transaction.commit()\n",
        (f"{ORDER}::test_a_commit_that_fails_leaves_the_second_copy_as_it_was",),
    ),
    Mutant(
        "second copy not written",
        "Nobody notices that yesterday's database was restored.",
        "storage/writer.py",
        "self._tools.heads.replace(",
        "(",
        (
            f"{LEDGER}::test_the_second_copy_of_the_head_is_written_before_the_answer[memory-bare]",
            f"{ORDER}::test_a_second_copy_that_fails_gives_no_receipt",
        ),
    ),
    Mutant(
        "never behind the second copy",
        "A restored database appends other entries under indexes that were promised.",
        "storage/following.py",
        "return (tail.ledger, tail.size) < (head.ledger, head.size)",
        "return False",
        (f"{LEDGER}::test_a_ledger_behind_its_second_copy_reads_and_does_not_append[memory-bare]",),
    ),
    Mutant(
        "time runs backwards",
        "An entry is older than the one before it.",
        "storage/sequencing.py",
        "self.at = max(at, tail.last_at)",
        "self.at = at",
        (f"{NUMBERS}::test_time_never_runs_back_though_the_clock_does[memory]",),
    ),
    *(
        Mutant(
            f"lost compare-and-swap {where}",
            "Of two writers without a common lock the second overwrites what the first promised.",
            file,
            old,
            new,
            (f"{SWAP}[{kind}-found1]", f"{SWAP}[{kind}-found2]"),
        )
        for where, kind, file, old, new in (
            ("in memory", "memory", "storage/head.py", "if self._head != old:", "if False:"),
            ("in a file", "sqlite", "storage/head.py", "if current != old:", "if False:"),
            (
                "in a row",
                "postgres",
                "storage/postgres_keys.py",
                "WHERE body = %b RETURNING one",
                "WHERE body = %b OR true RETURNING one",
            ),
        )
    ),
    Mutant(
        "settings not read back",
        "A database that syncs nothing answers with receipts.",
        "storage/sqlite_file.py",
        'if (journal, synchronous) != ("wal", 2):',
        "if False:",
        (
            (
                "tests/unit/storage/test_sqlite_file.py"
                "::test_a_database_without_a_write_ahead_log_is_refused"
            ),
        ),
    ),
    Mutant(
        "slot used again after a loss",
        "Two cases have one key: erasing one erases the other, or neither.",
        "storage/successor.py",
        "max(slots_made(self._tools.case_keys) + 1, tail.next_docket)",
        "tail.next_docket",
        (
            (
                "tests/unit/storage/test_successor.py"
                "::test_key_slots_that_the_lost_part_may_have_used_are_skipped"
            ),
        ),
    ),
    Mutant(
        "secret wrapped with another case's key",
        "Content cannot be read by its own case's key, and outlives the erasure of its case.",
        "storage/sequencing.py",
        "key = self._case_keys.get(docket)",
        "key = next(iter(self._case_keys.values()), None)",
        (
            (
                f"{RECORDS}::test_content_of_an_overwritten_slot_is_gone_and_its_commitment_stays"
                "[memory]"
            ),
        ),
    ),
    Mutant(
        "nothing before an act",
        "A protected report is the first of what came in together: its place tells its minute.",
        "storage/sequencing.py",
        "        self._begin()\n        placed",
        "        placed",
        (
            (
                f"{PADDED}::test_before_and_after_what_is_appended_stand_random_numbers_of_entries"
                "[memory]"
            ),
        ),
    ),
    Mutant(
        "padding that is known by its checkpoint",
        "What is padded between acts has nothing beside it, so that single steps are padding.",
        "storage/sequencing.py",
        "        self._begin()\n        if self._position > self._tail.first:",
        "        if self._position > self._tail.first:",
        (f"{DRAWN}::test_as_much_stands_beside_padding_as_beside_an_act",),
    ),
    Mutant(
        "padding that repeats itself",
        "Whoever reads the entries sees which of them are padding.",
        "storage/sequencing.py",
        "Commitment(self._tools.random(32))",
        "Commitment(bytes(32))",
        (f"{PADDED}::test_padding_alone_looks_like_an_act_that_is_appended[memory]",),
    ),
    Mutant(
        "a delivery asked for again is padded",
        "Asking again moves the ledger, and gives an entry that nobody's act needed.",
        "storage/sequencing.py",
        "        if self.batch.entries:\n            self._pad(self._beside())\n",
        "        self._pad(self._beside())\n",
        (f"{PADDED}::test_what_changes_nothing_is_not_padded[memory]",),
    ),
    Mutant(
        "padding at even intervals",
        "Whatever comes between two ticks is an act.",
        "storage/padding.py",
        "-log(above_nothing) * DAY_SECONDS / per_day",
        "DAY_SECONDS / per_day",
        (f"{DRAWN}::test_intervals_have_the_mean_of_the_setting_and_no_memory",),
    ),
    Mutant(
        "padding told in another week",
        "What was padded on a Sunday moves to the next week when its first act comes.",
        "storage/register_folder.py",
        "            if position >= end:\n",
        "            if True:\n                position = positions[-1]\n",
        (f"{WEEKS}::test_explained_protected_and_padding_are_the_entries_of_each_week[memory]",),
    ),
    Mutant(
        "the running week is told",
        "How many protected acts there were is told by the hour.",
        "core/register/accounts.py",
        '"protected": acts[week] - shown[week] if week < weeks.current else None,',
        '"protected": acts[week] - shown[week],',
        (
            (
                f"{WEEKS}::test_the_same_is_told_of_protected_cases_all_week_whatever_happens_in_them"
                "[memory]"
            ),
        ),
    ),
    Mutant(
        "content not encrypted",
        "What people wrote lies readable in the database, before and after erasure.",
        "storage/sequencing.py",
        "cipher.seal(part.content_key, part.content.plain, NO_NONCE)",
        "part.content.plain",
        (
            (
                "tests/unit/storage/test_content_at_rest.py"
                "::test_no_word_of_a_submission_is_in_what_is_stored"
            ),
        ),
    ),
    Mutant(
        "key said to be destroyed",
        "A key that a backup still reads is said to be gone, and stays in the files.",
        "storage/case_keys.py",
        "    return not busy\n",
        "    return True\n",
        (f"{KEYS}::test_a_key_that_someone_still_reads_is_not_said_to_be_destroyed",),
    ),
    Mutant(
        "rollback hidden by a new second copy",
        "An old database gets a second copy of its own, and nobody sees what was lost.",
        "storage/second_copy.py",
        "        for head in self._known:\n            self._require_reached(transaction, head)\n",
        "",
        (f"{COPIES}::test_a_database_that_is_behind_what_was_published_is_refused",),
    ),
    Mutant(
        "exhibit of an act swept before the act is there",
        "A sweep between sealing and appending takes a file that an act names a moment later.",
        "casework/do_act.py",
        "        with sealing.holding():\n",
        "        if True:\n",
        (
            (
                "tests/contracts/test_exhibits_of_acts.py"
                "::test_no_sweep_takes_a_file_away_before_its_act_names_it[memory]"
            ),
        ),
    ),
    Mutant(
        "a file taken that changed while it was read",
        "Half of one photo and half of another are kept for ever as one.",
        "forms/exhibit_files.py",
        "        if _marks(self.fileno()) != self._before or self.tell() != self._before[0]:\n",
        "        if False:\n",
        (
            (
                "tests/unit/forms/test_exhibit_files.py"
                "::test_a_file_that_changed_before_it_was_read_at_once_is_none_either"
            ),
        ),
    ),
    Mutant(
        "exhibit swept while it is lodged",
        "A sweep does not wait, and an act names a file that is gone.",
        "storage/exhibits.py",
        "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "fcntl.flock(descriptor, fcntl.LOCK_SH)",
        (f"{EXHIBITS}::test_nothing_is_swept_while_someone_lodges",),
    ),
    Mutant(
        "another file given back",
        "What is given back is not compared with what the record says.",
        "storage/exhibits.py",
        "        if opened.digest.hexdigest() != exhibit.digest:\n",
        "        if False:\n",
        (f"{EXHIBITS}::test_a_whole_file_that_is_another_than_the_record_says_is_refused",),
    ),
)
