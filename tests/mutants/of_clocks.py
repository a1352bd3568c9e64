"""Changes to clocks that would tell wrong dates, and the tests that must notice each of them."""

from tests.mutants.mutant import Mutant

CLOCKS, RUN = "tests/unit/core/test_clocks.py", "tests/unit/core/test_clock_run.py"
OWED, KNOWN = "tests/unit/core/test_owed.py", "tests/unit/core/test_known_dates.py"
CLOCKING = "tests/unit/core/case/test_clocking.py"
DOUBTED = "tests/unit/core/case/test_doubted.py"
SAID = "tests/unit/casework/test_dates_said.py"

OF_CLOCKS = (
    Mutant(
        "a question with a day of its own",
        "Who is asked reads one day in the question and another beside the clock.",
        "core/case/acts/questions.py",
        "        counted=(_require_day_of_rule,),\n",
        "",
        (f"{SAID}::test_a_question_names_the_day_that_the_rule_counts_for_its_answer",),
    ),
    Mutant(
        "the day of the event counts",
        "Every period is a day too short: the event's own day is counted as the first.",
        "core/counting.py",
        "    if period.backwards or reading is DayOfEvent.EVENT_DAY or "
        "period.unit is Unit.SESSION:\n"
        "        return start\n",
        "    if period.backwards or reading is DayOfEvent.EVENT_DAY or "
        "period.unit is Unit.SESSION:\n"
        "        return start - ONE_DAY\n",
        (
            f"{KNOWN}::test_a_known_answer",
            f"{RUN}::test_a_question_stops_the_clock_until_its_answer",
        ),
    ),
    Mutant(
        "month end one day later",
        "A month from the 31st of January ends on a day that belongs to March.",
        "core/counting.py",
        "    end = date(year, month + 1, min(first.day, last))\n",
        "    end = date(year, month + 1, 1) + timedelta(days=first.day - 1)\n",
        (f"{KNOWN}::test_a_known_answer",),
    ),
    Mutant(
        "rolled end stays on a day off",
        "A period ends on a Sunday, and who answers on Monday is late.",
        "core/counting.py",
        "    if calendar.is_working(end):\n        return end, []\n    reason, name",
        "    if end:\n        return end, []\n    reason, name",
        (f"{CLOCKS}::test_a_last_day_off_moves_as_the_procedure_says",),
    ),
    Mutant(
        "counted back and rolled forward",
        "What is due three days before a hearing is due after it.",
        "core/counting.py",
        " or (period.backwards and counting.day_off is DayOff.NEXT):",
        ":",
        (f"{CLOCKS}::test_a_period_is_counted_back_from_its_event_and_never_rolls_forward",),
    ),
    Mutant(
        "weekend paused twice",
        "A Saturday in a pause is left out as a day off and lengthens the clock once more.",
        "core/counting.py",
        "            left -= 1\n        else:\n",
        "            left -= 1\n        else:\n"
        "            left += day in paused and reason[0] == 'weekend'\n",
        (f"{RUN}::test_a_weekend_within_a_pause_is_left_out_once",),
    ),
    Mutant(
        "cap of a pause ignored",
        "A question that nobody answers stops a clock for ever.",
        "core/pauses.py",
        "            if not left:\n                return days, True\n",
        "",
        (
            f"{RUN}::test_questions_together_stop_the_clock_no_longer_than_the_cap",
            f"{RUN}::test_an_open_question_with_a_cap_gives_the_last_possible_date",
        ),
    ),
    Mutant(
        "cap used up by days off",
        "A cap in working days is over after three weeks that had fifteen of them.",
        "core/pauses.py",
        "if left is not None and counts.is_working(day) and day not in used:",
        "if left is not None and day not in used:",
        (f"{RUN}::test_a_cap_on_working_days_is_not_used_up_by_a_weekend",),
    ),
    Mutant(
        "a question asked again prolongs the pause",
        "Who asks every week never has to answer.",
        "core/pauses.py",
        "            elif begun.until is None:\n                yield begun.on, event.on\n"
        "                begun = None\n",
        "",
        (f"{RUN}::test_asking_again_prolongs_no_pause",),
    ),
    Mutant(
        "reset after the end",
        "Who is late asks once more, and is late no longer.",
        "core/clock_run.py",
        "            if on is not None and event.on > on:\n                return",
        "            if False:\n                return",
        (f"{RUN}::test_a_clarification_after_the_end_hides_no_lateness",),
    ),
    Mutant(
        "extension after the end",
        "An extension that comes too late makes what was late be in time.",
        "core/clock_run.py",
        "            if event.on > on:\n                working.append",
        "            if False:\n                working.append",
        (f"{RUN}::test_an_extension_after_the_end_hides_no_lateness",),
    ),
    Mutant(
        "extended as often as anyone likes",
        "A clock that may be extended once is extended each time.",
        "core/clock_run.py",
        "                : rule.times\n",
        "                : 99\n",
        (f"{RUN}::test_an_extension_counts_once_unless_the_procedure_says_more",),
    ),
    Mutant(
        "extension to an earlier day",
        "A new date takes time away from whom it was given.",
        "core/clock_run.py",
        "    if event.until <= on:\n",
        "    if False:\n",
        (f"{RUN}::test_an_extension_to_an_earlier_day_or_to_none_changes_nothing",),
    ),
    Mutant(
        "hours of the wall clock",
        "Where summer time begins, twenty-four hours are twenty-five.",
        "core/clocks.py",
        "    at = begun.at + timedelta(hours=length)\n",
        "    at = (begun.at.replace(tzinfo=None) + timedelta(hours=length)).astimezone()\n",
        (f"{CLOCKS}::test_hours_pass_whatever_the_clocks_of_a_country_do",),
    ),
    Mutant(
        "doubt left behind",
        "A date that follows from a period which nobody confirmed is told as if it were sure.",
        "core/clocks.py",
        "confirmed=confirmed and clock.confirmed,",
        "confirmed=clock.confirmed,",
        (f"{CLOCKS}::test_a_doubtful_period_makes_every_date_that_follows_from_it_doubtful",),
    ),
    Mutant(
        "what was met moves",
        "An act that was done in time is late after all, once a calendar changes.",
        "core/owed.py",
        "if item.started_by != started_by or item.code != code or item.met_by is not None:",
        "if item.started_by != started_by or item.code != code:",
        (f"{OWED}::test_what_was_met_is_neither_moved_nor_met_again",),
    ),
    Mutant(
        "met for one and so for all",
        "An answer on one allegation pays what is owed on the others.",
        "core/owed.py",
        "        elif hit == item.allegations:\n",
        "        elif hit:\n",
        (f"{OWED}::test_what_is_met_for_one_allegation_is_still_owed_for_the_others",),
    ),
    Mutant(
        "a split revives what was met",
        "What was done in time is owed again for a part that was split off later.",
        "core/owed.py",
        "    if item.met_by is not None or not asked or",
        "    if not asked or",
        (f"{OWED}::test_only_what_is_still_owed_for_that_allegation_is_owed_for_its_parts",),
    ),
    Mutant(
        "one confirmation pays for all",
        "What a ministry disputes counts as confirmed, since somebody confirmed another entry.",
        "core/case/clocking.py",
        "if is_of_one_act(clock) and not answers(act, began):",
        "if is_of_one_act(clock) and not act.cites:",
        (f"{SAID}::test_an_entry_is_confirmed_by_its_principal_and_pays_it_alone",),
    ),
    Mutant(
        "a doubt is never answered",
        "A ministry that proved what was doubted goes on owing the proof.",
        "core/case/dated.py",
        "doubted = began.cites if DOUBTED in began.codes else ()",
        "doubted = ()",
        (f"{DOUBTED}::test_better_proof_of_a_promise_pays_what_a_doubt_of_it_began",),
    ),
)
