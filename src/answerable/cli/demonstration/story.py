"""The story up to the receipts: a mechanism, those who take part, twelve reports, three facts."""

import re
import shutil
from dataclasses import dataclass
from filecmp import cmpfiles
from pathlib import Path

from answerable.cli.demonstration.stage import Cut, Stage, beginning, head, tail
from answerable.core.errors import Broken

MATERIAL = Path(__file__).parents[1] / "demo_material"
NAME = "Standing Panel of Xanara (training)"
ORIGIN = "training.example/xa"
PREFIX = "XA"
ZONE = "Asia/Phnom_Penh"
"""Where the invented country lies: its panel counts its days there."""

SECRETARIAT, LANTERN, MONITOR = "Secretariat", "Lantern Association", "Three Rivers Monitor"
SELLER = "A fish seller"
REPORTS, FEW_WORDS, ON_PAPER = "training-reports.yaml", "a-few-words.yaml", "paper-report.yaml"
LATER = "later-report.yaml"
RECEIPTS = "lantern/receipts"

_NUMBER = re.compile(PREFIX + r"-[0-9]{4}-[0-9]{4}-[0-9]\b")
PUBLIC_KEY = re.compile(r"\b[0-9a-f]{64}\b")


class ReceiptsDiffer(Broken):
    """The same delivery gave other receipts than the first time."""

    code = "demo-receipts-differ"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of the reports that the story comes back to."""

    delivered: tuple[str, ...]
    on_paper: str

    @property
    def office_closed(self) -> str:
        return self.delivered[0]

    @property
    def watched(self) -> str:
        return self.delivered[3]

    @property
    def unread(self) -> str:
        """A report that nobody opens in the story."""
        return self.delivered[5]

    @property
    def dismissed(self) -> str:
        return self.delivered[7]

    @property
    def letters(self) -> str:
        return self.delivered[11]

    @property
    def white_book(self) -> str:
        return self.delivered[4]


def play(stage: Stage) -> Numbers:
    """Play the story up to the receipts checked in an empty folder."""
    _found(stage)
    _let_in(stage)
    _look_over(stage)
    delivered = _hand_in(stage)
    _hand_in_again(stage)
    numbers = Numbers(delivered, _type_in(stage))
    _open_and_acknowledge(stage, numbers)
    _check_elsewhere(stage, numbers)
    return numbers


def _found(stage: Stage) -> None:
    stage.chapter("found")
    lay_out(stage.folder)
    founded = ("--name", NAME, "--origin", ORIGIN, "--prefix", PREFIX, "--zone", ZONE)
    stage.run("init", "mechanism", *founded, "--padding-per-day", "0")
    stage.export("ANSWERABLE_MECHANISM", "mechanism")
    stage.pause()
    stage.say("demo.found.rules")
    stage.run("procedure", "install", "training-mechanism")


def lay_out(folder: Path) -> None:
    """Put the reports where their senders would have them."""
    for owner, names in (
        ("lantern", (REPORTS, FEW_WORDS, LATER)),
        ("secretariat", (ON_PAPER,)),
        ("attacks", (FEW_WORDS,)),
    ):
        (folder / owner).mkdir(parents=True)
        for name in names:
            shutil.copyfile(MATERIAL / name, folder / owner / name)
    shutil.copytree(MATERIAL / "photos", folder / "lantern" / "photos")


def _let_in(stage: Stage) -> None:
    stage.chapter("parties")
    made = stage.run("key", "new", "lantern/lantern.key")
    public = str(PUBLIC_KEY.findall(made)[-1])
    stage.run("party", "add", SECRETARIAT)
    stage.run("party", "add", LANTERN, "--key", public)
    stage.run("party", "add", MONITOR)
    stage.run("party", "add", SELLER)
    stage.run("seat", "grant", SECRETARIAT, "secretariat")
    stage.run("seat", "grant", MONITOR, "monitor")
    stage.run("party", "list")


def _look_over(stage: Stage) -> None:
    stage.chapter("check")
    stage.run("submission", "check", f"lantern/{FEW_WORDS}")


def _hand_in(stage: Stage) -> tuple[str, ...]:
    stage.chapter("lodge")
    return tuple(numbers_in(_lodge(stage)))


def numbers_in(said: str) -> list[str]:
    """Return the numbers of cases that an answer names, in their order."""
    return _NUMBER.findall(said)


def _lodge(stage: Stage, cut: Cut | None = None) -> str:
    reports = f"lantern/{REPORTS}"
    signed = ("--as", LANTERN, "--key", "lantern/lantern.key")
    return stage.run("submission", "lodge", reports, *signed, "--to", RECEIPTS, cut=cut)


def _hand_in_again(stage: Stage) -> None:
    stage.chapter("again")
    stage.copy(RECEIPTS, "lantern/receipts-before")
    _lodge(stage, cut=head(3))
    stage.typed("diff", "-r", "lantern/receipts-before", RECEIPTS)
    _require_same(stage.folder / "lantern/receipts-before", stage.folder / RECEIPTS)
    stage.pause()
    stage.say("demo.again.same")


def _require_same(before: Path, after: Path) -> None:
    names = sorted({path.name for folder in (before, after) for path in folder.iterdir()})
    _, differ, missing = cmpfiles(before, after, names, shallow=False)
    if differ or missing:
        raise ReceiptsDiffer(f"{differ} {missing}", file=(differ + missing)[0])


def _type_in(stage: Stage) -> str:
    stage.chapter("paper")
    stage.copy("mechanism", "attacks/old-copy")
    stage.pause()
    said = stage.run(
        *("submission", "lodge", f"secretariat/{ON_PAPER}", "--as", SELLER),
        *("--entered-by", SECRETARIAT, "--evidence", "Letter by hand, 2 pages, folder 12"),
        *("--to", "seller"),
        cut=head(2),
    )
    return numbers_in(said)[0]


def _open_and_acknowledge(stage: Stage, numbers: Numbers) -> None:
    stage.chapter("three-facts")
    number = numbers.office_closed
    stage.run("case", "open", number, "--as", SECRETARIAT)
    stage.run("case", "acknowledge", number, "--as", SECRETARIAT)
    stage.run("case", "record", number, cut=beginning(f"{PREFIX}-"))
    stage.run("case", "list", cut=head(3))
    stage.make_folder("three-facts")
    stage.pause()
    facts = (("handed-in", number), ("opened", f"{number}/2"), ("acknowledged", f"{number}/3"))
    for name, act in facts:
        file = f"three-facts/{name}"
        opening = f"{file}.opening.json"
        stage.run(
            *("receipt", "reissue", act),
            *("--output", f"{file}.tlog-proof", "--with-opening", opening),
        )
    for name, _ in facts:
        file = f"three-facts/{name}"
        stage.run(
            *("receipt", "verify", f"{file}.tlog-proof", "--opening", f"{file}.opening.json"),
            *("--policy", f"{RECEIPTS}/policy"),
            cut=head(4),
        )


def _check_elsewhere(stage: Stage, numbers: Numbers) -> None:
    stage.chapter("elsewhere")
    stage.make_folder("elsewhere")
    for source in (f"{RECEIPTS}/*.tlog-proof", f"{RECEIPTS}/policy", "seller/*.tlog-proof"):
        stage.copy(source, "elsewhere")
    stage.enter("elsewhere")
    stage.pause()
    number = numbers.watched
    stage.run("receipt", "verify", f"{number}.tlog-proof", "--policy", "policy")
    stage.say("demo.elsewhere.all")
    verify = ("receipt", "verify")
    every = sorted(path.name for path in (stage.folder / "elsewhere").glob("*.tlog-proof"))
    stage.run(
        *(*verify, *every, "--policy", "policy"),
        cut=beginning(f"{PREFIX}-"),
        shown=(*verify, "*.tlog-proof", "--policy", "policy"),
    )
    stage.enter("..")
    stage.pause()
    stage.chapter("opening")
    office = f"{RECEIPTS}/{numbers.office_closed}"
    stage.run(
        *("opening", "verify", f"{office}.opening.json", "--receipt", f"{office}.tlog-proof"),
        *("--policy", f"{RECEIPTS}/policy", "--exhibit", "lantern/photos/door.png"),
        cut=tail(1),
    )
    paper = f"seller/{numbers.on_paper}"
    stage.say("demo.opening.entered")
    stage.run(
        *("receipt", "verify", f"{paper}.tlog-proof", "--opening", f"{paper}.opening.json"),
        *("--policy", f"{RECEIPTS}/policy"),
    )
