"""Changes by which a gap, a contradiction or an edit would go unseen, and what must notice them."""

from tests.mutants.mutant import Mutant

ACTS = "tests/unit/core/proceeding/test_acts.py"
CLEARING = "tests/unit/casework/test_clearing.py"
SHOWN = "tests/unit/core/register/test_responses_shown.py"
REGISTER = "tests/contracts/test_register_responses.py"
FIGURES = "tests/unit/casework/test_figures_cited.py"
BESIDE = "tests/unit/cli/test_contests_beside.py"
OTHERWISE = "tests/unit/core/proceeding/test_contradiction.py"

OF_PROCEEDINGS = (
    Mutant(
        "unpublished is shown",
        "The register shows a proceeding whose procedure publishes nothing.",
        "core/register/responses.py",
        "    if not published_by(acts[0].facts):\n",
        "    if False:\n",
        (f"{SHOWN}::test_without_a_rule_that_publishes_it_nothing_is_shown",),
    ),
    Mutant(
        "a round names another",
        "A round that is shown names the round before it, which is not.",
        "core/register/responses.py",
        "    if isinstance(follows, str) and not is_told(follows):\n",
        "    if False:\n",
        (f"{SHOWN}::test_a_round_is_shown_where_the_round_before_it_is",),
    ),
    Mutant(
        "positions before sending",
        "What a body said in codes and counts is shown before it is sent.",
        "core/register/responses.py",
        "            shown.append(Shown(act, whole=is_sent and tells))\n",
        "            shown.append(Shown(act, whole=tells))\n",
        (f"{SHOWN}::test_before_it_is_sent_no_act_of_a_body_shows_more_than_that_it_was_done",),
    ),
    Mutant(
        "edits before sending",
        "That a body's words were edited is shown before they are sent.",
        "core/register/responses.py",
        "        if act.act in WHOLE or (act.act in EDITS and is_sent):\n",
        "        if act.act in WHOLE or act.act in EDITS:\n",
        (f"{SHOWN}::test_before_it_is_sent_no_act_of_a_body_shows_more_than_that_it_was_done",),
    ),
    Mutant(
        "the board tells the response",
        "Where only the board is published, what the response says is published too.",
        "casework/published_response.py",
        "        return published_by(first.facts) == RESPONSE\n",
        "        return bool(published_by(first.facts))\n",
        (f"{REGISTER}::test_nothing_that_a_body_says_is_shown_before_it_is_sent",),
    ),
    Mutant(
        "too much passes the check",
        "A register may show the facts of what was not sent.",
        "core/register/responses.py",
        "    return {item.path for item in opened.envelope} != shown.paths\n",
        "    return False\n",
        (f"{SHOWN}::test_facts_of_an_act_that_is_not_sent_are_named",),
    ),
    Mutant(
        "content passes the check",
        "A register may show the words of what was not sent.",
        "core/register/responses.py",
        "    if opened.content and not shown.whole:\n",
        "    if False:\n",
        (f"{SHOWN}::test_public_content_of_an_act_that_is_not_sent_is_named",),
    ),
    Mutant(
        "every seat is a body's",
        "The register shows who holds which seat, complainants too.",
        "core/register/showing.py",
        '        seats_a_body = act.act == SEAT_GRANTED and act.facts.get("seat") in BODIES\n',
        "        seats_a_body = act.act == SEAT_GRANTED\n",
        (f"{REGISTER}::test_names_of_bodies_are_public_and_of_nobody_else",),
    ),
    Mutant(
        "no evidence passes",
        'A body says "no evidence" against the register and is not told.',
        "core/proceeding/contradiction.py",
        "            if names_evidence(sentence):\n",
        "            if False:\n",
        (f"{OTHERWISE}::test_no_evidence_is_found_in_three_languages",),
    ),
    Mutant(
        "no cases passes",
        'A body says "no cases" against the register and is not told.',
        "core/proceeding/contradiction.py",
        "found.append(Contradiction(NO_CASES, sentence, register))",
        "pass",
        (f"{OTHERWISE}::test_no_cases_are_found_in_three_languages",),
    ),
    Mutant(
        "any number passes",
        "A number that the register does not have is handed over without a word.",
        "core/proceeding/contradiction.py",
        "        if any(number not in known for number in numbers_in(sentence)):\n",
        "        if False:\n",
        (
            (
                f"{OTHERWISE}::test_a_number_that_the_register_does_not_have_is_found_"
                "and_one_that_it_has_is_not"
            ),
        ),
    ),
    Mutant(
        "an empty register contradicts",
        "Whoever says that there is nothing is warned although there is nothing.",
        "core/proceeding/contradiction.py",
        '        if register.get("submissions") and denies(sentence):\n',
        "        if denies(sentence):\n",
        (f"{OTHERWISE}::test_where_nothing_is_on_file_it_is_no_contradiction_to_say_so",),
    ),
    Mutant(
        "a warning is clicked away",
        "A blank reason is reason enough to contradict the register.",
        "core/proceeding/acts/contribution.py",
        '    if not deciding.contradictions or deciding.asked.text("despite").strip():\n',
        '    if not deciding.contradictions or deciding.asked.values.get("despite"):\n',
        (f"{ACTS}::test_what_contradicts_the_register_is_not_said_unseen",),
    ),
    Mutant(
        "the collector sees nothing",
        "What contradicts the register is sent without the collector having looked at it.",
        "core/proceeding/acts/sending.py",
        "        if body.warned and not body.decided:\n",
        "        if False:\n",
        (f"{ACTS}::test_the_collector_clears_nothing_that_contradicts_the_register_unseen",),
    ),
    Mutant(
        "an edit is not looked at",
        "The collector writes into a body's words what contradicts the register.",
        "core/proceeding/acts/edits.py",
        "        rules=(_require_editable, require_reconciled),\n",
        "        rules=(_require_editable,),\n",
        (f"{ACTS}::test_an_edit_may_not_contradict_the_register_unseen_either",),
    ),
    Mutant(
        "silence is an answer",
        "A body that hands nothing over is no gap.",
        "core/proceeding/gaps.py",
        '        "silent": sum(not body.given for body in bodies),\n',
        '        "silent": 0,\n',
        (f"{ACTS}::test_gaps_are_explained_and_never_keep_a_response_from_being_sent",),
    ),
    Mutant(
        "nobody asked is no gap",
        "A point that was assigned to nobody is not counted.",
        "core/proceeding/gaps.py",
        '        "unassigned": sum(not point.asked() for point in points),\n',
        '        "unassigned": 0,\n',
        (f"{ACTS}::test_gaps_are_explained_and_never_keep_a_response_from_being_sent",),
    ),
    Mutant(
        "a refused edit is confirmed",
        "An edit that its body refused is no gap.",
        "core/proceeding/gaps.py",
        "            bool(body.edit) and (not body.answered or body.refused) for body in given\n",
        "            bool(body.edit) and not body.answered for body in given\n",
        (f"{ACTS}::test_an_edit_that_is_not_answered_or_is_refused_is_a_gap",),
    ),
    Mutant(
        "anyone confirms",
        "A body confirms the edit of another body's words.",
        "core/proceeding/acts/edits.py",
        "    if party != deciding.asked.by.party:\n",
        "    if False:\n",
        (f"{ACTS}::test_a_body_answers_for_its_own_words",),
    ),
    Mutant(
        "an edit outlives its words",
        "A body hands over other words, and the edit of the old ones still stands.",
        "core/proceeding/acts/contribution.py",
        "        edit=0,\n",
        "",
        (f"{ACTS}::test_new_words_are_a_new_contribution_and_the_old_edit_is_none_of_theirs",),
    ),
    Mutant(
        "gaps go out unexplained",
        "A response with gaps is cleared without a word on them.",
        "core/proceeding/acts/sending.py",
        '    if any(gaps.values()) and not deciding.asked.text("despite-gaps").strip():\n',
        "    if False:\n",
        (f"{ACTS}::test_gaps_are_explained_and_never_keep_a_response_from_being_sent",),
    ),
    Mutant(
        "another paper goes out",
        "A PDF of other data than were cleared is sent under the clearance.",
        "core/proceeding/acts/sending.py",
        "    if cleared and carried is not None and carried not in known:\n",
        "    if False:\n",
        (f"{ACTS}::test_a_file_that_carries_other_data_than_were_cleared_is_not_sent",),
    ),
    Mutant(
        "one body pays for another",
        "What one ministry hands over ends what another owes.",
        "core/proceeding/clocking.py",
        "        return again or (step.act == GIVEN and step.by == owes)\n",
        "        return again or step.act == GIVEN\n",
        (
            (
                f"{ACTS}::test_a_contribution_is_owed_by_the_body_that_was_asked_"
                "and_no_other_one_pays_it"
            ),
        ),
    ),
    Mutant(
        "what came between is cleared unseen",
        "A response is cleared with the fingerprint of what stood before the last handover.",
        "casework/looking_up.py",
        "self.collect(docket, len(deciding.acts), register)",
        "self.collect(docket, len(deciding.acts) - 1, register)",
        (f"{CLEARING}::test_a_handover_between_looking_and_clearing_is_in_what_is_cleared",),
    ),
    Mutant(
        "any text is a figure",
        "A contribution cites as a figure what the register does not publish.",
        "core/proceeding/acts/contribution.py",
        "        if figure is None:\n",
        "        if False:\n",
        (f"{FIGURES}::test_what_the_register_does_not_publish_is_no_figure_of_it",),
    ),
    Mutant(
        "few are told",
        "The number of so few reports of one place that it could name somebody is cited.",
        "core/proceeding/acts/contribution.py",
        "        if figure.few:\n",
        "        if False:\n",
        (
            (
                f"{FIGURES}::test_so_few_reports_of_one_place_that_a_number_could_name_somebody_"
                "are_not_cited"
            ),
        ),
    ),
    Mutant(
        "another number passes",
        "A text gives another number than the figure has which it cites, and is not told.",
        "core/proceeding/contradiction.py",
        "            if missed:\n",
        "            if False:\n",
        (
            (
                f"{OTHERWISE}::test_another_number_than_that_of_the_figure_which_is_cited_"
                "contradicts_it"
            ),
        ),
    ),
    Mutant(
        "what was cleared counts on",
        "A figure in what was cleared is told as it is when somebody prints it.",
        "casework/collect_response.py",
        "figures=self.figures.recorded(act))",
        "figures=None)",
        (f"{FIGURES}::test_what_was_cleared_keeps_the_number_of_its_clearance",),
    ),
    Mutant(
        "asked again is another act",
        "An act that is asked for again is another one, because its figure is another by then.",
        "casework/same_act.py",
        'frozenset({"contradictions", FIGURES_TOLD})',
        'frozenset({"contradictions"})',
        (
            (
                f"{FIGURES}::test_asked_for_again_with_its_key_it_is_the_same_act_whatever_the_"
                "figure_is_by_then"
            ),
        ),
    ),
    Mutant(
        "words reach who may not read them",
        "Grounds of a contest stand in a response where one of those who get it may not read them.",
        "core/proceeding/basis.py",
        '    return "public" in readers or set(readers) >= ALL_OF_THEM\n',
        '    return "public" in readers or bool(ALL_OF_THEM & set(readers))\n',
        (f"{BESIDE}::test_words_that_not_all_of_them_may_read_are_in_nothing_that_reaches_them",),
    ),
    Mutant(
        "a body reads what is not for its seat",
        "A page shows a body the words of a contest whose readers do not hold its seat.",
        "cli/proceeding_words.py",
        '        return self.for_party is None or bool((seats | {"public"}) & {*readers})\n',
        "        return True\n",
        (f"{BESIDE}::test_words_that_not_all_of_them_may_read_are_in_nothing_that_reaches_them",),
    ),
    Mutant(
        "a contest before the clearance is left out",
        "The register is asked as of the last handover, not of the moment of the clearance.",
        "casework/moments.py",
        "        if self.format == FIRST:\n            return Moment(at)\n",
        "        if True:\n            return Moment(at)\n",
        (
            f"{BESIDE}::test_a_contest_that_comes_before_the_clearance_is_in_it_and_one_after_is_not",
        ),
    ),
    Mutant(
        "a contest after the clearance is put in",
        "What was cleared is printed with what the register says later.",
        "casework/moments.py",
        "        return NOW if self.end is None else Moment(at, self.end)\n",
        "        return NOW\n",
        (
            f"{BESIDE}::test_a_contest_that_comes_before_the_clearance_is_in_it_and_one_after_is_not",
        ),
    ),
    Mutant(
        "erased words take the paper away",
        "Once words of a contest are erased, what was cleared is printed no more.",
        "casework/print_response.py",
        '        if digest != receipt.digest and bare == facts.get("bare"):\n',
        "        if False:\n",
        (f"{BESIDE}::test_words_that_were_erased_are_in_no_paper_that_is_printed_later",),
    ),
)
