"""The story goes abroad: a monitor asks, and several bodies build one answer to it."""

import shutil
from datetime import UTC, datetime

from answerable.cli.demonstration.life import REFUSED, RIVERS, ROADS, act_of, day
from answerable.cli.demonstration.stage import Stage, head
from answerable.cli.demonstration.story import (
    MATERIAL,
    PUBLIC_KEY,
    RECEIPTS,
    SECRETARIAT,
    numbers_in,
)
from answerable.core.acts import instant_text

REQUEST, RULES = "monitor-request.yaml", "eu-gsp-withdrawal.yaml"
SHIPPED = MATERIAL.parents[1] / "procedures" / RULES
PUBLIC = "eu-gsp-withdrawal@2012-public"
FOREIGN, COMMISSION = "Ministry of Foreign Affairs", "European Commission (training)"
MINISTRY = "foreign-affairs"
RIVERS_KEY, FOREIGN_KEY = "rivers/rivers.key", f"{MINISTRY}/foreign-affairs.key"
DAYS_AGO = 24
"""When the report is said to have come: a month after it, at least four days are left."""


def play(stage: Stage) -> None:
    """Play a public proceeding from request to acknowledgement, with one body that is silent."""
    number = _take_in(stage)
    handed_over = _build(stage, number)
    until = _clear(stage, number, handed_over)
    _send(stage, number)
    _prove(stage, handed_over, until)


def published_rules() -> str:
    """Return the shipped rules as a mechanism takes them that publishes what it is asked."""
    text = SHIPPED.read_text(encoding="utf-8")
    # Under a version of its own: the shipped one publishes nothing.
    version = PUBLIC.rpartition("@")[2]
    return text.replace('version: "2012"\n', f'version: "{version}"\npublishes: response\n', 1)


def _take_in(stage: Stage) -> str:
    stage.chapter("request")
    (stage.folder / MINISTRY).mkdir()
    shutil.copyfile(MATERIAL / REQUEST, stage.folder / MINISTRY / REQUEST)
    (stage.folder / MINISTRY / RULES).write_text(published_rules(), encoding="utf-8")
    for party, seat in ((FOREIGN, "member"), (COMMISSION, "monitor")):
        stage.run("party", "add", party, cut=head(1))
        stage.run("seat", "grant", party, seat)
    stage.say("demo.request.public")
    stage.run("procedure", "install", f"{MINISTRY}/{RULES}")
    came = day(-DAYS_AGO)
    said = stage.run(
        *("proceeding", "open", f"{MINISTRY}/{REQUEST}", "--as", FOREIGN),
        *("--monitor", COMMISSION, "--procedure", PUBLIC, "--received-on", came),
    )
    number = numbers_in(said)[0]
    _do(
        *(stage, number, "record-event", FOREIGN),
        *("--event", "report-sent", "--on", came, "--proof", "the report itself (training)"),
    )
    for point, body in (("1", RIVERS), ("2", SECRETARIAT), ("3", ROADS)):
        assigned = ("--party", body, "--role", "lead", "--point", point, "--until", day(1))
        _do(stage, number, "assign", FOREIGN, *assigned)
    also = ("--party", RIVERS, "--role", "contributes", "--point", "2", "--until", day(1))
    _do(stage, number, "assign", FOREIGN, *also)
    return number


def _build(stage: Stage, number: str) -> str:
    """Have the bodies answer, and return the receipt number of what was said all the same."""
    stage.chapter("contributions")
    _do(
        *(stage, number, "contribute", SECRETARIAT, "--point", "2"),
        *("--text", "The panel takes them in, by rules that anyone can read (training)."),
        *("--laws", "training-mechanism", "--figures", "submissions"),
    )
    denial = ("--point", "1", "--text", "We looked into the cases and found no evidence.")
    _do(stage, number, "contribute", RIVERS, *denial, ends=REFUSED)
    stage.say("demo.contributions.despite")
    said = _do(
        *(stage, number, "contribute", RIVERS, *denial),
        *("--despite", "What the panel found did not reach this ministry (training)."),
    )
    stage.say("demo.contributions.nothing")
    (stage.folder / "rivers").mkdir()
    _make_key(stage, RIVERS, RIVERS_KEY)
    nothing = ("--point", "2", "--nothing", "yes", "--sign-with", RIVERS_KEY)
    _do(stage, number, "contribute", RIVERS, *nothing)
    stage.say("demo.contributions.board")
    stage.run("proceeding", "board", number)
    return f"{number}/{act_of(number, said)}"


def _clear(stage: Stage, number: str, denied: str) -> str:
    """Clear the response as it is, and return an instant after that and before it is sent."""
    stage.chapter("response")
    stage.run("proceeding", "preflight", number)
    _do(
        *(stage, number, "decide-contradiction", FOREIGN, "--acts", denied.split("/")[1]),
        *("--decision", "It stands as the word of that ministry, beside the counts (training)."),
    )
    stage.say("demo.response.signed")
    _make_key(stage, FOREIGN, FOREIGN_KEY)
    _do(
        *(stage, number, "clear", FOREIGN, "--sign-with", FOREIGN_KEY),
        *("--signatories", "The Minister of Foreign Affairs (training)"),
        *("--despite-gaps", "The Ministry of Roads was asked and said nothing (training)."),
    )
    return instant_text(int(datetime.now(UTC).timestamp() * 1000))


def _send(stage: Stage, number: str) -> None:
    stage.say("demo.response.printed", place=f"{stage.folder.name}/{MINISTRY}")
    for language in ("en", "km"):
        printed = ("--output", f"{MINISTRY}/response-{language}.pdf", "--lang", language)
        stage.run("proceeding", "print", number, *printed)
    _do(
        *(stage, number, "send", FOREIGN, "--addressee", COMMISSION),
        *("--channel", "diplomatic-note", "--file", f"{MINISTRY}/response-en.pdf"),
        *("--proof", "note verbale 1 (training)"),
    )
    stage.run("proceeding", "slip", number, "--output", f"{MINISTRY}/slip.pdf")
    _do(
        *(stage, number, "acknowledge", COMMISSION),
        *("--entered-by", FOREIGN, "--evidence", "their letter (training)"),
    )
    stage.run("proceeding", "board", number)


def _prove(stage: Stage, handed_over: str, until: str) -> None:
    number, _, _ = handed_over.partition("/")
    stage.chapter("two-sentences")
    receipt = f"{MINISTRY}/handed-over.tlog-proof"
    opening = f"{MINISTRY}/handed-over.opening.json"
    stage.run(
        *("receipt", "reissue", handed_over),
        *("--output", receipt, "--with-opening", opening),
    )
    stage.run(
        *("receipt", "verify", receipt, "--opening", opening, "--policy", f"{RECEIPTS}/policy"),
        cut=head(4),
    )
    stage.say("demo.two-sentences.until")
    stage.run("proceeding", "statement", number, "--at", until)


def _make_key(stage: Stage, party: str, file: str) -> None:
    """Have a body make its own key, and the mechanism register the public half."""
    made = stage.run("key", "new", file)
    public = str(PUBLIC_KEY.findall(made)[-1])
    stage.run("party", "register-key", party, "--key", public)


def _do(stage: Stage, number: str, verb: str, party: str, *words: str, ends: int = 0) -> str:
    return stage.run("proceeding", verb, number, "--as", party, *words, ends=ends)
