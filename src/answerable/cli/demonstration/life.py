"""The story goes on: what is owed by when, a case from question to contest."""

import re
from datetime import UTC, datetime, timedelta

from answerable.cli.demonstration.stage import Stage, beginning, head, tail
from answerable.cli.demonstration.story import (
    LANTERN,
    MATERIAL,
    SECRETARIAT,
    SELLER,
    Numbers,
)

CHAIR, DEPUTY = "Chair of the Panel", "Deputy Chair"
ROADS, REVIEWER = "Ministry of Roads", "Independent Reviewer"
REFUSED = 1
ACTS = "acts-of-the-panel.yaml"

ARTICLE_19 = (
    ("monitoring", "notice-published=2019-02-12"),
    ("report", "notice-published=2019-02-12"),
    ("comments", "report-sent=2019-11-12"),
    ("decision", "notice-published=2019-02-12"),
    ("effect", "decision-adopted=2020-02-12"),
)
"""The clocks of the real procedure, each from the event of 2019 or 2020 that started it."""


def play(stage: Stage, numbers: Numbers) -> None:
    """Play the life of cases, from the real procedure of 2019 to findings and a contest."""
    _count_the_days_of_2019(stage)
    _seat_the_panel(stage)
    _ask(stage, numbers.watched)
    _inquire(stage, numbers.watched)
    _find(stage, numbers.watched)
    _contest(stage, numbers.watched)
    _find_otherwise(stage, numbers)
    _protect(stage, numbers)


def _count_the_days_of_2019(stage: Stage) -> None:
    stage.chapter("article-19")
    for clock, event in ARTICLE_19:
        stage.run("clock", "due", "eu-gsp-withdrawal", clock, "--event", event)


def _seat_the_panel(stage: Stage) -> None:
    stage.chapter("panel")
    for party, seat in (
        (CHAIR, "chair"),
        (DEPUTY, "chair"),
        (ROADS, "member"),
        (REVIEWER, "reviewer"),
    ):
        stage.run("party", "add", party)
        stage.run("seat", "grant", party, seat)
    stage.run("seat", "grant", DEPUTY, "reviewer")


def _ask(stage: Stage, number: str) -> None:
    stage.chapter("question")
    _take_up(stage, number)
    stage.run(
        *("case", "ask", number, "--as", SECRETARIAT),
        *("--missing", "which office the two men said they came from"),
        *("--why", "without it nobody can be asked for an account"),
        *("--answer-by", _day(20)),
    )
    stage.say("demo.question.paused")
    stage.run(
        *("case", "answer", number, "--as", LANTERN, "--answer", "answered"),
        *("--words", "They named the Ministry of Roads (training)."),
    )


def _take_up(stage: Stage, number: str) -> None:
    stage.run("case", "open", number, "--as", SECRETARIAT)
    stage.run("case", "accept", number, "--as", SECRETARIAT)
    stage.run(
        *("case", "assign", number, "--as", CHAIR, "--party", SECRETARIAT),
        *("--reason", "no part in it (training)"),
    )


def _inquire(stage: Stage, number: str) -> None:
    stage.chapter("inquiry")
    _visit(stage, number)
    stage.run(
        *("case", "record-search", number, "--as", SECRETARIAT),
        *("--offices-asked", "Ministry of Roads, transport pool"),
        *("--offices-answered", "Ministry of Roads, transport pool"),
        *("--from-day", "2023-05-01", "--to-day", "2026-05-01"),
        *("--search-terms", "the street; the two number plates"),
        *("--search-result", "nothing-found"),
        *("--words", "The pool keeps no list of who used a car (training)."),
        *("--signed-by", "the officer of the transport pool (training)"),
    )


def _visit(stage: Stage, number: str) -> None:
    stage.run(
        *("case", "record-step", number, "--as", SECRETARIAT, "--method", "interview"),
        *("--on", _day(0), "--place", "the street in front of the office (training)"),
        *("--people-asked", "4", "--people-answered", "3"),
        *("--words", "Three neighbours saw what the report tells (training)."),
    )


NOT_ESTABLISHED = (
    *("--fact", "not-established"),
    *("--reasons", "Three neighbours saw two men; nobody can say who sent them (training)."),
    *("--examined", "The interviews and the list of the transport pool (training)."),
    *("--not-done", "The two men were not asked: nobody knows their names."),
    *("--missing", "who used the car"),
    *("--could-supply", "the transport pool, if it kept a list"),
    *("--would-change", "a list of who used the car"),
    *("--nothing-because", "nobody was identified"),
)


def _find(stage: Stage, number: str) -> None:
    stage.chapter("finding")
    both = ("--basis", "7", "--basis", "8")
    stage.run(
        *("case", "issue-finding", number, "--as", CHAIR, "--with", DEPUTY, *both),
        *("--fact", "not-established", "--reasons", "No evidence found."),
        *("--examined", "We found no evidence."),
        ends=REFUSED,
    )
    stage.say("demo.finding.draft")
    stage.run("case", "share-draft", number, "--as", SECRETARIAT, *both, *NOT_ESTABLISHED)
    _comment(stage, number)
    stage.run(
        *("case", "issue-finding", number, "--as", CHAIR, *both, *NOT_ESTABLISHED), ends=REFUSED
    )
    stage.say("demo.finding.two")
    stage.run(
        *("case", "issue-finding", number, "--as", CHAIR, "--with", DEPUTY),
        *(*both, *NOT_ESTABLISHED),
    )


def _comment(stage: Stage, number: str) -> None:
    for party, words in ((LANTERN, "The car was grey, not white."), (ROADS, "No remark.")):
        stage.run("case", "comment-draft", number, "--as", party, "--facts-only", words)


def _contest(stage: Stage, number: str) -> None:
    stage.chapter("contest")
    said = stage.run(
        *("case", "contest", number, "--as", LANTERN),
        *("--grounds", "The guard of the house opposite was not asked."),
    )
    contest = re.findall(rf"{re.escape(number)}/(\d+)", said)[0]
    decision = (
        *("--acts", contest, "--contest-result", "upheld"),
        *("--answers", "The guard is to be asked (training)."),
    )
    reviewing = ("--seat", "reviewer")
    stage.run(
        *("case", "decide-contest", number, "--as", DEPUTY, *reviewing, *decision), ends=REFUSED
    )
    stage.say("demo.contest.another")
    stage.run("case", "decide-contest", number, "--as", REVIEWER, *decision)


def _find_otherwise(stage: Stage, numbers: Numbers) -> None:
    stage.chapter("findings")
    office, put_off, workshops = numbers.delivered[:3]
    text = (MATERIAL / ACTS).read_text(encoding="utf-8")
    for name, value in {
        "office": office,
        "put_off": put_off,
        "workshops": workshops,
        "today": _day(0),
        "later": _day(60),
    }.items():
        text = text.replace(f"{{{name}}}", value)
    (stage.folder / "secretariat" / ACTS).write_text(text, encoding="utf-8")
    stage.run("case", "do", f"secretariat/{ACTS}", cut=tail(3))
    for number in (office, put_off, workshops):
        stage.run("case", "list", cut=beginning(number))


def _protect(stage: Stage, numbers: Numbers) -> None:
    stage.chapter("pressure")
    stage.run(
        *("case", "report-reprisal", numbers.watched, "--as", LANTERN),
        *("--reprisal", "Two members were called in and asked who had written (training)."),
    )
    stage.run(
        *("case", "withdraw", numbers.white_book, "--as", LANTERN),
        *("--did-anyone-ask", "someone-asked", "--who-asked", "a village official (training)"),
    )
    stage.run(
        *("case", "withdraw", numbers.on_paper, "--as", SELLER, "--entered-by", SECRETARIAT),
        *("--evidence", "a telephone call", "--did-anyone-ask", "not-said"),
        ends=REFUSED,
    )
    stage.run("case", "revoke-withdrawal", numbers.white_book, "--as", LANTERN)
    stage.say("demo.pressure.paper")
    stage.run(
        *("case", "dispute", numbers.on_paper, "--as", SELLER, "--acts", "1"),
        *("--reason", "I spoke of two boats, and the paper says one (training)."),
    )


def publish(stage: Stage) -> None:
    """Publish the register, check it without the server, and count its figures again."""
    stage.chapter("register")
    stage.run("register", "publish", "register")
    stage.run("register", "verify", "register")
    stage.run("figures", "--from", "register", cut=head(34))
    stage.say("demo.register.more")


def _day(ahead: int) -> str:
    return (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()
