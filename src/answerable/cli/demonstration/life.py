"""The story goes on: what is owed by when, a case from question to contest."""

import re
import shutil
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from answerable.cli.demonstration.stage import Stage, beginning, head, tail
from answerable.cli.demonstration.story import (
    LANTERN,
    LATER,
    MATERIAL,
    SECRETARIAT,
    SELLER,
    Numbers,
    numbers_in,
)

CHAIR, DEPUTY = "Chair of the Panel", "Deputy Chair"
ROADS, RIVERS, REVIEWER = "Ministry of Roads", "Ministry of Rivers", "Independent Reviewer"
REFUSED = 1
XANARA = ZoneInfo("Asia/Phnom_Penh")
ACTS, BEFORE_SITTING = "acts-of-the-panel.yaml", "acts-before-the-sitting.yaml"
SITTING_RULES = "rules-for-sittings.yaml"

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
    _divide(stage, numbers.letters)
    _inquire(stage, numbers.watched)
    _find(stage, numbers.watched)
    _contest(stage, numbers.watched)
    _find_otherwise(stage, numbers)
    _be_late(stage)
    _protect(stage, numbers)
    _erase(stage, numbers.dismissed)


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
        (RIVERS, "member"),
        (REVIEWER, "reviewer"),
    ):
        stage.run("party", "add", party)
        stage.run("seat", "grant", party, seat)
    stage.run("seat", "grant", DEPUTY, "reviewer")


def _ask(stage: Stage, number: str) -> None:
    stage.chapter("question")
    _take_up(stage, number)
    asked = (
        *("case", "ask", number, "--as", SECRETARIAT),
        *("--missing", "which office the two men said they came from"),
        *("--why", "without it nobody can be asked for an account"),
    )
    # The rules count the day, and tell it to whoever types another.
    told = stage.run(*asked, "--answer-by", day(20), ends=1)
    stage.run(*asked, "--answer-by", _ISO_DAY.findall(told)[-1])
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


def _divide(stage: Stage, number: str) -> None:
    stage.chapter("two-bodies")
    stage.run("case", "open", number, "--as", SECRETARIAT)
    stage.run("case", "accept", number, "--as", SECRETARIAT)
    stage.run(
        *("case", "split", number, "--as", LANTERN, "--allegation", "1"),
        *("--into", "2"),
        *("--shares", "A permission was demanded for a meeting in our own room (training)."),
        *("--shares", "Two letters were sent, and are said never to have come (training)."),
        *("--reason", "two bodies are concerned"),
    )
    _refer(stage, number, "1", body=ROADS, question="Which rule demands a permission?")
    _refer(stage, number, "2", body=RIVERS, question="Where did the letter with the stamp go?")
    stage.say("demo.two-bodies.returned")
    stage.run(
        *("case", "give-back", number, "--as", ROADS, "--allegation", "1"),
        *("--reason", "Meetings are no matter of roads (training).", "--competent", RIVERS),
    )
    _refer(stage, number, "1", body=RIVERS, question="Which rule demands a permission?")
    for allegation in ("1", "2"):
        stage.run("case", "take-on", number, "--as", RIVERS, "--allegation", allegation)
    stage.say("demo.two-bodies.account")
    due = stage.run(
        *("clock", "due", "training-mechanism", "account"),
        *("--event", f"account-asked={day(0)}", "--json"),
        cut=beginning('  "due"'),
    )
    said = stage.run(
        *("case", "ask-account", number, "--as", RIVERS, "--allegation", "2", "--party", ROADS),
        *("--question", "Did the letter with the stamp come to you?"),
        *("--shown", "the stamp and the day, without names"),
        *("--consent-acts", "1", "--answer-by", _ISO_DAY.findall(due)[0]),
    )
    stage.run(
        *("case", "give-account", number, "--as", ROADS, "--allegation", "2"),
        *("--acts", act_of(number, said), "--position", "acknowledges"),
        *("--words", "It came on 19 January and was laid aside (training)."),
    )
    stage.run("case", "list", cut=beginning(number))


def _refer(stage: Stage, number: str, allegation: str, *, body: str, question: str) -> None:
    stage.run(
        *("case", "refer", number, "--as", SECRETARIAT, "--allegation", allegation),
        *("--party", body, "--question", question),
        *("--shown", "the allegation, without names", "--consent-acts", "1"),
    )


def act_of(number: str, said: str) -> str:
    """Return the number of the act of a case that a command says it recorded."""
    return str(re.findall(rf"{re.escape(number)}/(\d+)", said)[0])


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
        *("--on", day(0), "--place", "the street in front of the office (training)"),
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
    contest = act_of(number, said)
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
    _write_acts(stage, ACTS, office=office, put_off=put_off, workshops=workshops, later=day(60))
    stage.run("case", "do", f"secretariat/{ACTS}", cut=tail(3))
    for number in (office, put_off, workshops):
        stage.run("case", "list", cut=beginning(number))


def _write_acts(stage: Stage, name: str, **words: str) -> None:
    """Put a file of acts where the secretariat has it, with the words of this day."""
    text = (MATERIAL / name).read_text(encoding="utf-8")
    for word, value in {**words, "today": day(0)}.items():
        text = text.replace(f"{{{word}}}", value)
    (stage.folder / "secretariat" / name).write_text(text, encoding="utf-8")


def _be_late(stage: Stage) -> None:
    stage.chapter("late")
    shutil.copyfile(MATERIAL / SITTING_RULES, stage.folder / "secretariat" / SITTING_RULES)
    stage.run("procedure", "install", f"secretariat/{SITTING_RULES}")
    said = stage.run(
        *("submission", "lodge", f"lantern/{LATER}", "--as", LANTERN),
        *("--to", "lantern/later"),
        cut=head(2),
    )
    number = numbers_in(said)[0]
    _write_acts(stage, BEFORE_SITTING, number=number, soon=day(2))
    stage.run("case", "do", f"secretariat/{BEFORE_SITTING}", cut=tail(1))
    stage.run(
        *("case", "record-sitting", number, "--as", CHAIR, "--on", day(0)),
        *("--present", CHAIR, "--present", DEPUTY),
        *("--decisions", "Nothing is decided without the account (training)."),
    )
    stage.run("case", "list", "--late")
    stage.say("demo.late.given")
    stage.run(
        *("case", "give-account", number, "--as", RIVERS, "--acts", "5", "--position", "denies"),
        *("--words", "We sent nobody (training)."),
    )


def _erase(stage: Stage, number: str) -> None:
    stage.chapter("erased")
    stage.run("figures", cut=head(4))
    stage.run(
        *("case", "erase", number, "--as", CHAIR, "--with", DEPUTY),
        *("--ground", "consent-withdrawn", "--provision", "xa-privacy-9", "--yes"),
    )
    stage.say("demo.erased.stands")
    stage.run(
        *("receipt", "verify", f"elsewhere/{number}.tlog-proof", "--policy", "elsewhere/policy"),
        cut=head(1),
    )
    stage.run("figures", cut=head(4))


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


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(ahead: int) -> str:
    """Return a day from today on, or before it, where the training rules count their days."""
    return (datetime.now(XANARA) + timedelta(days=ahead)).date().isoformat()
