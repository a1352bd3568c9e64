"""Changes to core that would do harm, and the tests that must notice each of them."""

from tests.mutants.mutant import Mutant

COMMITMENT, OPENING = "tests/unit/core/test_commitment.py", "tests/unit/core/test_opening.py"
RECORD, ERASURE = "tests/unit/core/test_record.py", "tests/unit/core/test_erasure.py"
DIGITS, NUMBERS = "tests/unit/core/test_numbers.py", "tests/contracts/test_numbers.py"
CHECKING = "tests/unit/storage/test_checking.py::test_the_check_names_what_was_damaged"
CLOCK = "tests/unit/core/ledger/test_receipt.py"
VECTORS = "tests/unit/core/ledger/test_vectors.py"
INCLUSION = f"{VECTORS}::test_inclusion_is_judged_as_the_vectors_say"
RECEIPT = f"{VECTORS}::test_receipts_are_judged_as_the_vectors_say"

OF_CORE = (
    Mutant(
        "leaf prefix dropped",
        "A node of the tree can be passed off as an entry.",
        "core/ledger/tree.py",
        'sha256(b"\\x00" + entry)',
        "sha256(entry)",
        (f"{VECTORS}::test_roots_are_those_of_the_vectors",),
    ),
    Mutant(
        "node prefix dropped",
        "An entry can be passed off as a node of the tree.",
        "core/ledger/tree.py",
        'return sha256(b"\\x01" + left + right)',
        "return sha256(left + right)",
        (INCLUSION,),
    ),
    Mutant(
        "sibling order",
        "A path is climbed with left and right exchanged.",
        "core/ledger/tree.py",
        "node_hash(sibling, node) if index & 1 else node_hash(node, sibling)",
        "node_hash(node, sibling) if index & 1 else node_hash(sibling, node)",
        (INCLUSION,),
    ),
    Mutant(
        "path length not checked",
        "A path with a hash too many or too few is climbed as far as it goes.",
        "core/ledger/tree.py",
        "    _require_length(path, inner + (index >> inner).bit_count())\n",
        "",
        (INCLUSION, f"{RECEIPT}[not-proven-path-with-one-hash-more.tlog-proof]"),
    ),
    Mutant(
        "partial tile too wide",
        "A partial tile is published under the name of the whole one, which may be kept for ever.",
        "core/ledger/tiles.py",
        "yield Tile(level, new // FULL, new % FULL)",
        "yield Tile(level, new // FULL)",
        (f"{VECTORS}::test_tiles_lie_where_the_vectors_say",),
    ),
    Mutant(
        "bad signature of a known key ignored",
        "A line by which a known key vouches for nothing is passed over like an unknown one.",
        "core/ledger/note.py",
        "        at_seconds = _checked(key, line, note.text, known[key])\n",
        "        try:\n"
        "            at_seconds = _checked(key, line, note.text, known[key])\n"
        "        except SignatureDoesNotFit:\n"
        "            continue\n",
        (
            f"{RECEIPT}[not-proven-a-bad-line-of-a-named-witness.tlog-proof]",
            f"{RECEIPT}[not-proven-one-good-and-one-bad-line-of-a-key.tlog-proof]",
        ),
    ),
    Mutant(
        "key window ignored",
        "A key counts after its time is over, when it may be in other hands.",
        "core/ledger/windows.py",
        "return self.until_seconds is None or at_seconds < self.until_seconds",
        "return True",
        (
            f"{RECEIPT}[not-proven-log-key-after-its-window.tlog-proof]",
            f"{RECEIPT}[not-proven-time-key-after-its-window.tlog-proof]",
        ),
    ),
    Mutant(
        "own time cosignature not required",
        "Where the ledger's own clock says nothing, any witness's time passes for the ledger's.",
        "core/ledger/receipt.py",
        "    own = policy.own_time_keys(checkpoint.origin)\n",
        "    own = policy.witnesses\n",
        (f"{CLOCK}::test_an_outside_witness_does_not_stand_in_for_the_ledgers_clock",),
    ),
    Mutant(
        "salt reused",
        "All fields of a record have one salt: who is shown one can guess the others.",
        "core/commitment.py",
        'return SALT + path.encode() + b"\\x01"',
        'return SALT + b"\\x01"',
        (f"{COMMITMENT}::test_a_secret_and_fields_give_the_digests_of_the_vectors",),
    ),
    Mutant(
        "secret shared by content and envelope",
        "The secret that survives erasure gives the key of the content that was erased.",
        "core/record.py",
        "envelope_secret = expand(key, ENVELOPE)",
        "envelope_secret = draft.secret",
        (f"{ERASURE}::test_what_survives_erasure_gives_no_key_of_content",),
    ),
    Mutant(
        "no decoy in a full list",
        "A list of eight digests tells that there are eight fields.",
        "core/commitment.py",
        "decoys = BUCKET - len(digests) % BUCKET",
        "decoys = -len(digests) % BUCKET",
        (
            (
                f"{COMMITMENT}::test_a_list_is_filled_with_decoys_to_a_multiple_of_eight"
                "_and_holds_one_at_least"
            ),
        ),
    ),
    Mutant(
        "decoys not random",
        "Decoys are the same in every record, so that anyone tells them from fields.",
        "core/commitment.py",
        '_digest_text(expand(key, DECOY + b"%d" % number))',
        '_digest_text(sha256(DECOY + b"%d" % number).digest())',
        (f"{ERASURE}::test_no_decoy_is_in_two_records",),
    ),
    Mutant(
        "blinding constant",
        "Who guesses a record can tell by its entry that the guess is right.",
        "core/commitment.py",
        "sha256(COMMIT + blinding + ",
        "sha256(COMMIT + bytes(32) + ",
        (f"{COMMITMENT}::test_two_lists_and_a_blinding_give_the_commitment_of_the_vectors",),
    ),
    Mutant(
        "commitment without its label",
        "A hash made for another purpose could be shown as a commitment.",
        "core/commitment.py",
        'b"answerable/commit/v1\\x00"',
        'b""',
        (f"{COMMITMENT}::test_the_commitment_is_one_hash_over_label_blinding_and_the_bodys_hash",),
    ),
    Mutant(
        "envelope digests out of order",
        "The place of a digest tells which field it stands for, and no reader takes the record.",
        "core/record.py",
        "sorted((*part.settled, *map(digest_of, assigned)))",
        "[*part.settled, *map(digest_of, assigned)]",
        (f"{RECORD}::test_what_is_kept_after_erasure_gives_the_commitment_again",),
    ),
    Mutant(
        "foreign disclosure accepted",
        "An opening shows a field that the record never had.",
        "core/opening.py",
        "in_content, in_envelope = frozenset(content), frozenset(envelope)",
        "in_content, in_envelope = "
        "frozenset((*content, *map(digest_of, self.disclosures))), frozenset(envelope)",
        (f"{OPENING}::test_an_altered_opening_is_refused_for_what_was_altered",),
    ),
    Mutant(
        "an opening for a reader leaks",
        "Whoever is given an opening reads what is meant for others.",
        "core/opening.py",
        'return reader in item.readers or "public" in item.readers',
        "return True",
        (f"{OPENING}::test_an_opening_for_the_monitor_shows_its_fields_and_those_of_the_public",),
    ),
    Mutant(
        "the envelope shown to the public",
        "An opening for the public names the party and the seat.",
        "core/opening.py",
        'return reader in READER_CODES and reader != "public"',
        "return reader in READER_CODES",
        (f"{OPENING}::test_who_holds_no_seat_is_shown_what_the_public_is_and_no_envelope",),
    ),
    Mutant(
        "check digit without weights",
        "Two digits of a case number exchanged are not noticed.",
        "core/numbers.py",
        "% 10 or 10) * 2 % 11",
        "% 10 or 10) % 11",
        (
            f"{DIGITS}::test_most_exchanges_of_neighbouring_digits_are_found",
            f"{DIGITS}::test_the_check_digit_of_the_example_is_seven",
        ),
    ),
    Mutant(
        "protected numbers not shuffled",
        "The number of a protected case tells when in the week it came.",
        "core/numbers.py",
        "drawn = int.from_bytes(random[8 * last : 8 * last + 8]) % (last + 1)",
        "drawn = last",
        (
            f"{DIGITS}::test_shuffling_follows_the_random_bytes_as_fisher_and_yates_say",
            (
                f"{NUMBERS}::test_a_protected_case_draws_from_a_shuffled_block_and_after_it_from"
                "_another[memory]"
            ),
        ),
    ),
    Mutant(
        "projection loses a count",
        "After one more act a case no longer says how many allegations it has.",
        "core/docket.py",
        "{**docket.facts, **_counts(envelope)}",
        "_counts(envelope)",
        ("tests/unit/core/test_docket.py::test_counts_stay_until_an_act_gives_them_anew",),
    ),
    Mutant(
        "invariant skipped",
        "check_ledger does not compare an act with what its entry committed to.",
        "core/invariants/acts.py",
        "elif recomputed != act.commitment:",
        "elif False:",
        (f"{CHECKING}_and_nothing_else[a bit of an act's secret]",),
    ),
)
