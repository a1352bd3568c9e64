"""Changes by which somebody signs for another, or a signature counts for another act."""

from tests.mutants.mutant import Mutant

CONTRACTS = "tests/contracts/test_signed_acts.py"
SIGNED = "tests/unit/core/test_signed_act.py"
KEYS = "tests/unit/core/test_party_keys.py"
ALTERED = "tests/unit/core/test_opening.py::test_an_altered_opening_is_refused_for_what_was_altered"

OF_SIGNATURES = (
    Mutant(
        "anyone signs on a proceeding",
        "A body's act on a proceeding is signed with any key.",
        "casework/do_step.py",
        "        mechanism.require_signer(asked.by.party, asked.signer)\n",
        "",
        (f"{CONTRACTS}::test_nobody_signs_for_another_nor_with_a_key_that_is_over[memory]",),
    ),
    Mutant(
        "anyone signs on a case",
        "An act on a case is signed with any key.",
        "casework/do_act.py",
        "        mechanism.require_signer(asked.by.party, asked.signer)\n",
        "",
        (f"{CONTRACTS}::test_nobody_signs_an_act_on_a_case_for_another[memory]",),
    ),
    Mutant(
        "anyone signs a request",
        "That a request was recorded is signed with any key.",
        "casework/record_request.py",
        "        mechanism.require_signer(by.party, signer)\n",
        "",
        (f"{CONTRACTS}::test_a_request_is_signed_by_who_collects_the_answer_alone[memory]",),
    ),
    Mutant(
        "a past key signs",
        "A key that was replaced or stolen goes on signing.",
        "core/party_keys.py",
        "    past = next((one for one in held if one.public == public), None)\n",
        "    past = None\n    if any(one.public == public for one in held):\n        return\n",
        (f"{KEYS}::test_only_the_key_in_force_signs",),
    ),
    Mutant(
        "a forged signature is recorded",
        "The writer takes a signature that does not fit.",
        "storage/sequencing.py",
        "            if not fits(signature, self._tail.origin, digests, self._tools.verify):\n",
        "            if False:\n",
        (f"{CONTRACTS}::test_a_signature_that_does_not_fit_gets_into_no_ledger[memory]",),
    ),
    Mutant(
        "a signature is used again",
        "What was signed once is recorded again, or on another docket.",
        "storage/sequencing.py",
        "            require_signed_here(part.draft, number, sequence)\n",
        "",
        (f"{CONTRACTS}::test_what_was_signed_once_cannot_be_recorded_again_or_elsewhere[memory]",),
    ),
    Mutant(
        "what has nothing is not signed",
        "The facts of an act, such as that a body has nothing, are not compared.",
        "core/signed_act.py",
        '        if name == "facts" and isinstance(wanted, dict):\n',
        '        if name == "facts":\n            continue\n        if isinstance(wanted, set):\n',
        (f"{SIGNED}::test_another_act_is_refused_by_the_field_that_differs[facts-value5]",),
    ),
    Mutant(
        "any signed act opens",
        "An opening whose party signed another act is valid.",
        "core/opening.py",
        "        if item.path == SIGNED_ACT:\n",
        "        if False:\n",
        (f"{ALTERED}[refused-signed-in-another-place]",),
    ),
    Mutant(
        "the public reads what was signed",
        "The field that names the signed act is shown in the register.",
        "core/signed_act.py",
        '    found = (found | {*base}) - {"public"}\n',
        "    found = found | {*base}\n",
        (
            f"{SIGNED}::test_who_reads_an_act_reads_which_was_signed_and_nobody_in_public[case-fields2-readers2]",
        ),
    ),
    Mutant(
        "the check takes any key",
        "An act that is signed with a stolen key passes the check.",
        "core/invariants/signatures.py",
        "        if not self._keys.may_sign(kept.envelope):\n",
        "        if False:\n",
        (f"{CONTRACTS}::test_a_check_finds_the_key_of_another[memory]",),
    ),
    Mutant(
        "the check takes any signature",
        "A record with a forged signature passes the check.",
        "core/invariants/signatures.py",
        "        if not self._fits(position, kept):\n",
        "        if False:\n",
        (f"{CONTRACTS}::test_a_check_finds_a_signature_that_does_not_fit[memory]",),
    ),
    Mutant(
        "two parties have one key",
        "A key that one party had is registered for another.",
        "casework/keep_party_keys.py",
        "        if key == party.key or any(one.public == key for one in party.keys):\n",
        "        if False:\n",
        (f"{CONTRACTS}::test_a_party_has_one_key_and_a_key_one_party[memory]",),
    ),
    Mutant(
        "a complainant's signature is public",
        "The register shows a complainant's signature, whose key joins its cases.",
        "core/register/showing.py",
        "    is_shown = act.signature is not None and act.by.seat in BODIES\n",
        "    is_shown = act.signature is not None\n",
        (
            f"{CONTRACTS}::test_the_register_shows_signatures_of_bodies_and_of_no_complainant[memory]",
        ),
    ),
    Mutant(
        "keys of persons are public",
        "The register names the key of a chair or of a complainant.",
        "core/register/showing.py",
        "        is_of_body = act.act in KEY_ACTS and act.facts.get(PUBLIC) is True\n",
        "        is_of_body = act.act in KEY_ACTS\n",
        (f"{CONTRACTS}::test_the_register_names_the_keys_of_bodies_and_of_nobody_else[memory]",),
    ),
    Mutant(
        "the register takes any signature",
        "A register whose ledger holds a forged signature passes its check.",
        "core/register/verifying.py",
        "    elif not checked.signed.fits(position, act, opened):\n",
        "    elif False:\n",
        (f"{CONTRACTS}::test_a_register_of_a_ledger_with_forged_signatures_is_found_out[memory]",),
    ),
)
