"""Changes to rules that would let an act pass, and the tests that must notice each of them."""

from tests.mutants.mutant import Mutant

ACTS = "tests/unit/core/case/acts"
FINDING, DRAFTS = f"{ACTS}/test_finding.py", f"{ACTS}/test_drafts.py"
CONTEST, SAFETY = f"{ACTS}/test_contest.py", f"{ACTS}/test_safety.py"
READ = "tests/unit/casework/test_answer_read.py"
SPLITS = "tests/unit/core/case/test_splits.py"
PERSONS = "tests/unit/core/case/test_persons.py"
CLOCKING = "tests/unit/core/case/test_clocking.py"
LINKS = "tests/unit/casework/test_links.py"

OF_RULES = (
    Mutant(
        "the accused decides",
        "A finding on a body is made by that body.",
        "core/case/conflict.py",
        "        if party and party == allegation.accused:\n",
        "        if False:\n",
        (
            f"{FINDING}::test_the_accused_finds_nothing_also_not_as_the_second",
            f"{ACTS}/test_inquiry.py::test_the_accused_does_not_inquire_into_itself",
            f"{CONTEST}::test_the_accused_does_not_review_it",
        ),
    ),
    Mutant(
        "the author reviews",
        "Who signed a finding decides whether it was right.",
        "core/case/conflict.py",
        "        if party in signers(act):\n",
        "        if False:\n",
        (f"{CONTEST}::test_who_had_a_hand_in_it_does_not_review_it",),
    ),
    Mutant(
        "a reading begins days of which nobody was told",
        "Whoever opens the page of yesterday loses a day, and who is told a wrong day loses more.",
        "core/case/acts/answers.py",
        "    if told != due:\n",
        "    if False:\n",
        (
            f"{READ}::test_who_was_told_another_day_has_read_nothing_and_is_told_the_day",
            f"{READ}::test_a_window_without_a_period_has_no_day_and_never_ends",
        ),
    ),
    Mutant(
        "somebody else reads",
        "An organisation that joined begins the days of a person who has not come back yet.",
        "core/case/acts/answers.py",
        "    if by.party != sender.party:\n",
        "    if False:\n",
        (f"{READ}::test_nobody_begins_the_days_of_another",),
    ),
    Mutant(
        "the window of an earlier answer",
        "An answer that is given anew cannot be contested, since the days of the first are over.",
        "core/case/acts/answers.py",
        "        and item.started_by >= answer\n",
        "",
        (f"{READ}::test_what_is_answered_anew_has_days_of_its_own",),
    ),
    Mutant(
        "a contest case hidden for its reading",
        "Who contests an answer read by key takes the case out of the register.",
        "core/register/showing.py",
        "(started in read and act.sequence in shown)",
        "False",
        (f"{READ}::test_the_register_shows_no_reading_and_goes_on_telling_the_case",),
    ),
    Mutant(
        "the register tells when somebody came back",
        "The accused reads in the register when a sender sat at a telephone.",
        "core/register/showing.py",
        '"contested", "contest-decided", "reopened"),',
        '"contested", "contest-decided", "reopened", "answer-read"),',
        (f"{READ}::test_the_register_shows_no_reading_and_goes_on_telling_the_case",),
    ),
    Mutant(
        "a split forgets who had a hand in it",
        "Who inquired into an allegation decides on it, once somebody has split it.",
        "core/case/splits.py",
        "        if number in whole:\n",
        "        if False:\n",
        (
            f"{SPLITS}::test_who_had_a_hand_in_the_whole_decides_no_contest_of_a_part",
            f"{SPLITS}::test_a_consent_that_was_narrowed_on_the_whole_is_narrowed_on_each_part",
            f"{SPLITS}::test_a_split_gives_no_turn_more_than_the_procedure_allows",
        ),
    ),
    Mutant(
        "the second signature reviews",
        "Who signed a finding as the second decides whether it was right.",
        "core/case/conflict.py",
        '{act.by.party, act.facts.get("second")}',
        "{act.by.party}",
        (
            (
                f"{PERSONS}"
                "::test_who_signed_a_finding_as_the_second_does_not_decide_whether_it_was_right"
            ),
        ),
    ),
    Mutant(
        "entered for another whatever it is",
        "The secretariat types in that a complainant withdraws.",
        "core/case/rules.py",
        "    if asked.entered_by is not None and not form.enterable:\n",
        "    if False:\n",
        (f"{ACTS}/test_parties.py::test_nobody_is_made_to_leave_on_paper",),
    ),
    Mutant(
        "any officer handles it",
        "An officer to whom an allegation was not assigned inquires into it.",
        "core/case/deciding.py",
        "    return handlers == {by.party} if handlers else by.seat == SECRETARIAT\n",
        "    return True\n",
        (f"{ACTS}/test_inquiry.py::test_who_does_not_handle_it_records_no_step",),
    ),
    Mutant(
        "the handler of one passes for that of both",
        "An officer asks about an allegation that is somebody else's.",
        "core/case/deciding.py",
        "return handlers == {by.party}",
        "return by.party in handlers",
        (f"{PERSONS}::test_who_handles_one_allegation_does_not_act_on_the_other",),
    ),
    Mutant(
        "no evidence of an entry",
        "Words are put into someone's mouth, and no letter is named.",
        "core/case/rules.py",
        '    if not (evidence or "").strip():\n',
        "    if False:\n",
        (
            (
                f"{SAFETY}"
                "::test_the_secretariat_enters_what_someone_without_a_name_said_with_its_evidence"
            ),
        ),
    ),
    Mutant(
        "a finding without basis",
        "A finding rests on nothing.",
        "core/case/acts/finding_rules.py",
        '    if not deciding.asked.acts("basis"):\n',
        "    if False:\n",
        (f"{FINDING}::test_without_anything_that_was_examined_there_is_no_finding",),
    ),
    Mutant(
        "anything is a basis",
        "A finding rests on the question that it answers.",
        "core/case/acts/finding_rules.py",
        "act is None or not _is_basis(act) or not",
        "act is None or not",
        (f"{FINDING}::test_a_finding_rests_on_acts_that_looked_into_it",),
    ),
    Mutant(
        "the basis of another allegation",
        "A visit on one allegation is the basis of a finding on another.",
        "core/case/acts/finding_rules.py",
        " or not _is_basis(act) or not _concerns(deciding, act):",
        " or not _is_basis(act):",
        (f"{FINDING}::test_what_was_examined_for_another_allegation_is_no_basis",),
    ),
    Mutant(
        "an exhibit that is not there is cited",
        "A finding names a photo that nobody handed in.",
        "core/case/acts/finding_rules.py",
        "        if not 0 < place <= count:\n",
        "        if False:\n",
        (f"{FINDING}::test_an_exhibit_that_is_cited_is_there_and_of_an_act_of_the_basis",),
    ),
    Mutant(
        "a photo of a reprisal shown to the accused body",
        "Who reported a reprisal is shown to whoever it is about.",
        "core/case/exhibit_rules.py",
        "                if shown is not None and reader not in shown:\n",
        "                if False:\n",
        (
            (
                "tests/unit/core/case/test_exhibit_rules.py"
                "::test_of_a_danger_and_a_reprisal_the_accused_body_is_shown_no_photo"
            ),
        ),
    ),
    Mutant(
        "missing evidence shows that it did not happen",
        "A search that found nothing becomes proof that nothing was done.",
        "core/case/acts/finding_rules.py",
        "    if not any(map(_shows_something, cited)):\n",
        "    if False:\n",
        (f"{FINDING}::test_missing_evidence_never_shows_that_it_did_not_happen",),
    ),
    Mutant(
        "the contest window never closes",
        "A finding can be contested for ever, by either side.",
        "core/case/acts/contest.py",
        "        if last is not None and last < deciding.today:\n",
        "        if False:\n",
        (f"{CONTEST}::test_a_contest_comes_within_its_window_where_that_has_begun",),
    ),
    Mutant(
        "one person signs for two",
        "Who needs a second signature gives it as well.",
        "core/case/deciding.py",
        "    if asked.second is None or asked.second == asked.by.party:\n",
        "    if asked.second is None:\n",
        (f"{PERSONS}::test_two_persons_are_two",),
    ),
    Mutant(
        "concluded with an open action",
        "A case is at its end, and what was promised is not done.",
        "core/case/acts/conclusion.py",
        "            if action not in given_up:\n",
        "            if False:\n",
        (f"{ACTS}/test_conclusion.py::test_an_action_is_done_or_given_up_with_a_reason",),
    ),
    Mutant(
        "drafts for everyone",
        "A draft finding is read by a seat that the procedure does not name.",
        "core/case/acts/drafts.py",
        "    return tuple(reader for reader in may_read if reader in procedure.drafts_read_by)\n",
        "    return may_read\n",
        (f"{DRAFTS}::test_nobody_reads_a_draft_whom_the_procedure_does_not_name",),
    ),
    Mutant(
        "no time to comment",
        "A finding is issued while those concerned may still say what is wrong in its draft.",
        "core/case/acts/drafts.py",
        "        if last is not None and deciding.today <= last:\n",
        "        if False:\n",
        (f"{DRAFTS}::test_no_finding_is_issued_while_there_is_time_to_comment",),
    ),
    Mutant(
        "who left is still there",
        "A party that left a case goes on speaking in it.",
        "core/case/acts/parties.py",
        "            joined.discard(party_of(act))\n",
        "            pass\n",
        (
            (
                f"{ACTS}/test_parties.py"
                "::test_a_party_that_came_back_acts_in_the_case_again_and_one_that_left_does_not"
            ),
        ),
    ),
    Mutant(
        "anybody passes for who gave no name",
        "On each anonymous report anyone may say that they withdraw it.",
        "core/case/deciding.py",
        "deciding.asked.by_key or _is_entered_by_secretariat(deciding)",
        "True",
        (f"{SAFETY}::test_nobody_passes_for_someone_who_gave_no_name",),
    ),
    Mutant(
        "shown on no consent",
        "A body is told who reported, and nobody asked the sender.",
        "core/case/acts/consent.py",
        "    if not checked and not deciding.may_be_named:\n",
        "    if False:\n",
        ((f"{LINKS}::test_who_did_not_agree_to_be_named_is_shown_on_a_consent_that_is_cited"),),
    ),
    Mutant(
        "another seat pays",
        "What the secretariat owes is met by whoever acts first.",
        "core/case/paying.py",
        "    return owes not in ((rule.by if rule else ()) or doers)\n",
        "    return True\n",
        (f"{CLOCKING}::test_another_seat_pays_no_debt",),
    ),
)
