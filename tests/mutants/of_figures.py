"""Changes to figures and the register that would mislead, and the tests that must notice each."""

from tests.mutants.mutant import Mutant

FIGURES, MEASURES = (
    "tests/unit/core/figures/test_figures.py",
    "tests/unit/core/figures/test_measures.py",
)
COUNTED = "tests/unit/core/case/test_counted.py"
REGISTER, LINKS = "tests/contracts/test_register.py", "tests/contracts/test_register_links.py"
WORDS = "tests/unit/cli/test_figures.py"

OF_FIGURES = (
    Mutant(
        "silence left out",
        "An allegation that nobody answered is in no figure, and every one seems to be answered.",
        "core/figures/counting.py",
        "        yield NO_ANSWER\n        return\n",
        "        return\n",
        (
            f"{FIGURES}::test_a_case_that_nobody_answered_has_no_answer_for_each_allegation",
            f"{FIGURES}::test_the_outcome_mix_closes_and_always_stands_beside_speed",
        ),
    ),
    Mutant(
        "open steps dropped from speed",
        "What was never answered makes a mechanism look quick.",
        "core/figures/tally.py",
        "        (ended if is_ended else left)[day] += count\n",
        "        (ended if is_ended else Counter[int]())[day] += count\n",
        (f"{FIGURES}::test_kaplan_and_meier_give_their_known_answer",),
    ),
    Mutant(
        "reasons always complete",
        "A finding that cites nothing counts among those with reasons.",
        "core/figures/counting.py",
        '    if finding is None or not finding.facts.get("acts"):\n        return False\n',
        "    if finding is None:\n        return False\n",
        (f"{FIGURES}::test_reasons_are_complete_where_the_envelope_shows_them",),
    ),
    Mutant(
        "late a day too late",
        "A step that is a day late counts as in time.",
        "core/figures/judging.py",
        "    if days in {0, 1}:\n        return as_of.day_of(at).isoformat() > due_on\n",
        "    if days in {0, 1}:\n        return False\n",
        (f"{FIGURES}::test_a_step_is_late_from_the_day_after_its_date",),
    ),
    Mutant(
        "a period in doubt counted as sure",
        "Steps whose period nobody read in its source are told among those that are confirmed.",
        "core/figures/judging.py",
        'name = step.clock if step.confirmed else f"unconfirmed/{step.clock}"',
        "name = step.clock",
        (f"{FIGURES}::test_a_period_that_is_not_confirmed_is_counted_apart",),
    ),
    Mutant(
        "what was reopened counted as answered",
        "A finding that was found wrong goes on counting as an answer.",
        "core/figures/counting.py",
        "one.phase in ANSWERED and bool(one.outcome) and not one.reopened",
        "bool(one.outcome)",
        (f"{FIGURES}::test_contests_and_changes_on_review_are_counted",),
    ),
    Mutant(
        "incidents along one link only",
        "Three reports of one march are two incidents, since the first and last are not linked.",
        "core/figures/across.py",
        "            reached += joined.get(case, ())\n",
        "",
        (f"{MEASURES}::test_an_incident_goes_on_over_links_of_links_and_ends_with_them",),
    ),
    Mutant(
        "a link that was ended still joins",
        "Two incidents count as one for ever, once somebody linked them.",
        "core/case/acts/links.py",
        '            linked.discard(str(act.facts.get("case")))\n',
        "            pass\n",
        (f"{MEASURES}::test_an_incident_goes_on_over_links_of_links_and_ends_with_them",),
    ),
    Mutant(
        "a concern counted as an incident",
        "An objection to a rule counts as something that happened.",
        "core/figures/across.py",
        '        if any(across[case].get("alleges") for case in incident):\n',
        "        if incident:\n",
        (f"{MEASURES}::test_a_concern_is_no_incident_and_may_be_linked_with_one",),
    ),
    Mutant(
        "a remedy done by being promised",
        "What was promised counts as done.",
        "core/figures/remedies.py",
        "        if not one.actions:\n            yield",
        "        if one:\n            yield",
        (
            (
                f"{MEASURES}::test_a_remedy_is_promised_done_and_doubted_after_a_finding"
                "_that_it_happened"
            ),
        ),
    ),
    Mutant(
        "a promise counted for every allegation",
        "One allegation's remedy counts for the others of its case.",
        "core/figures/remedies.py",
        "act.sequence >= one.finding and _concerns(act, number)",
        "act.sequence >= one.finding",
        (f"{MEASURES}::test_a_promise_on_one_allegation_is_no_remedy_of_another",),
    ),
    Mutant(
        "what came before a finding counted as repeated",
        "Reports that were there before a finding count as the like of it happening again.",
        "core/figures/across.py",
        "key in first and first[key] < lodged",
        "key in first and bool(lodged)",
        (f"{MEASURES}::test_an_allegation_of_what_was_found_before_is_a_repeat",),
    ),
    Mutant(
        "a share of a split without its kind",
        "Who splits an allegation makes its kind vanish from the figures.",
        "core/figures/described.py",
        "            share = found[act.allegations[0]]\n",
        "            share = Described()\n",
        (f"{MEASURES}::test_the_shares_of_a_split_are_of_the_kind_of_the_whole",),
    ),
    Mutant(
        "a code kept that its sender hid",
        "The envelope says for ever what the sender showed to the secretariat only.",
        "core/case/counted.py",
        "code if is_told else None",
        "code",
        (
            f"{COUNTED}::test_without_readers_nothing_of_an_allegation_is_counted",
            f"{COUNTED}::test_a_place_that_is_not_to_be_published_is_not_counted",
        ),
    ),
    Mutant(
        "a rare language told",
        "The language of a few hundred people tells who reported.",
        "core/case/counted.py",
        "return language if language in vocabulary.LANGUAGES else vocabulary.OTHER",
        "return language",
        (f"{COUNTED}::test_a_language_that_few_speak_is_told_as_another",),
    ),
    Mutant(
        "a link names a silhouette",
        "The accused reads the number of a protected case in another case.",
        "core/register/showing.py",
        "        return is_told(linked_case(act))\n",
        "        return True\n",
        (f"{LINKS}::test_a_link_is_shown_in_both_cases_that_are_shown[memory]",),
    ),
    Mutant(
        "a link that leads out not looked at",
        "A register leaves out a case, and nobody sees that others are linked with it.",
        "core/register/linking.py",
        '                checked.differs("register-link-leads-out", number=number, case=case)\n',
        "                pass\n",
        (f"{LINKS}::test_a_link_to_a_case_that_the_register_lacks_is_named[memory]",),
    ),
    Mutant(
        "private content published",
        "What only the secretariat may read is in a file that anyone copies.",
        "casework/publish_register.py",
        'if "public" in cast(',
        'if "secretariat" in cast(',
        (f"{REGISTER}::test_only_what_the_public_reads_is_shown_of_content[memory]",),
    ),
    Mutant(
        "private content not noticed",
        "A register that shows too much passes as one that says what its records say.",
        "core/register/verifying.py",
        "        if too_much or private or not is_shown(act):\n",
        "        if too_much or not is_shown(act):\n",
        (f"{REGISTER}::test_content_that_is_not_public_is_named[memory]",),
    ),
    Mutant(
        "acts in no ledger not noticed",
        "A register tells acts that were never recorded.",
        "core/register/verifying.py",
        "        if position is None:\n            checked.differs(",
        "        if position is None:\n            str(",
        (f"{REGISTER}::test_a_body_that_no_entry_commits_to_is_named[memory]",),
    ),
    Mutant(
        "a figure not counted again",
        "A register says what figures it likes.",
        "core/register/sums.py",
        "        if one != other:\n",
        "        if one is None:\n",
        (f"{REGISTER}::test_a_figure_off_by_one_is_named[memory]",),
    ),
    Mutant(
        "a week of silhouettes told at once",
        "The ledger's minute tells which entry is the protected case.",
        "core/register/accounts.py",
        "    past = [act for act in acts if weeks.is_over(act.at)]\n",
        "    past = [*acts]\n",
        (f"{REGISTER}::test_a_protected_case_is_a_silhouette_once_its_week_is_over[memory]",),
    ),
    Mutant(
        "a number in a small place printed",
        "Two reports from one village's province are told as two, with their cases.",
        "core/figures/criteria.py",
        "    return code.startswith(PLACE) and value is not None and 0 < value < FEW\n",
        "    return False\n",
        (f"{WORDS}::test_fewer_than_five_of_one_place_are_not_told_apart",),
    ),
)
