"""Beside a case that is cited: its findings, who contests them, and only what a reader may read."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest

from answerable.__main__ import DOORS
from answerable.casework.application import Application
from answerable.casework.deciding import on_docket
from answerable.casework.moments import Register
from answerable.cli.surface import run
from answerable.core.acts import ActCode, By, Draft, Field, Json, PartyId, Seat
from answerable.core.docket import Unit, UnitKey
from answerable.core.proceeding.response import FIRST
from tests.support.pages import Pages

Captured = pytest.CaptureFixture[str]
Runs = Callable[..., tuple[int, str]]

REQUEST = """\
format: answerable/request/v1
subject: What is asked (training)
language: en
points:
- How many offices were sealed?
"""
REPORT = "allegations:\n- {what: The office was sealed.}\n- {what: The sign was taken.}\n"
AFFAIRS, ROADS, UNION, LANTERN = "Affairs", "Roads", "Union", "Lantern"
PARTIES = ((AFFAIRS, "secretariat"), (ROADS, "member"), (UNION, "monitor"), ("Chair", "chair"))
ALL = ("complainant", "secretariat", "member", "monitor")
FIVE_WEEKS, NOT_TOLD = "it was sealed for five weeks", "nobody was told why"
LOCKSMITH, NEWSPAPER = "the locksmith was asked", "the newspaper had it"
SECOND = "the sign is in the yard"


def mechanism() -> Application:
    assert DOORS.application is not None
    application: Application = DOORS.application("m")
    return application


class Mechanism:
    """A mechanism with one case, whose finding is contested, and one proceeding that cites it."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self.number = self._numbered("proceeding", "open", "request.yaml", *OPEN)
        self.case = self.lodge(REPORT)
        self.put("finding-issued", "chair", (1,), fact="not-established")

    def lodge(self, report: str) -> str:
        file = f"{uuid4()}.yaml"
        Path(file).write_text(report)
        code, out = self.runs("submission", "lodge", file, "--as", LANTERN)
        assert code == 0, out
        return str(re.findall(r"XA-\d{4}-\d{4}-\d", out)[0])

    def _numbered(self, *words: str) -> str:
        code, out = self.runs(*words, "--json")
        assert code == 0, out
        return str(json.loads(out)["facts"]["number"])

    def of_it(self, verb: str, *words: str, ends: int = 0) -> str:
        code, out = self.runs("proceeding", verb, self.number, *words)
        assert code == ends, out
        return out

    def put(
        self, code: str, seat: str, allegations: Sequence[int], *fields: Field, **facts: Json
    ) -> None:
        """Put an act on the case as it would stand there, whoever may read its words."""
        application = mechanism()
        docket = application.reading.docket(self.case)
        draft = Draft(
            act=ActCode(code),
            by=By(PartyId("p1"), Seat(seat)),
            secret=uuid4().bytes * 2,
            fields=fields,
            allegations=tuple(allegations),
            facts=facts,
        )
        application.proceedings.do.ledger.append(
            [Unit(UnitKey(uuid4()), (on_docket(docket, draft),))]
        )
        application.close()

    def contest(self, *grounds: str, allegation: int = 1, readers: Sequence[str] = ALL) -> None:
        field = Field("grounds", [*grounds], tuple(readers))
        self.put("contested", "complainant", (allegation,), field, grounds=len(grounds))

    def decide(self, *answers: str, acts: Sequence[int], readers: Sequence[str] = ALL) -> None:
        field = Field("answers", [*answers], tuple(readers))
        self.put("contest-decided", "reviewer", (1,), field, acts=[*acts], result="not-upheld")

    def cite(self, *words: str) -> None:
        said = words or ("--cases", self.case)
        self.of_it("assign", "--as", AFFAIRS, "--party", ROADS, "--role", "lead")
        self.of_it("contribute", "--as", ROADS, "--text", "It was read.", *said)

    def everything(self) -> str:
        """Return all that is told of the proceeding to bodies, monitor and public, as one text."""
        told = [self.of_it("preflight"), self.of_it("preflight", "--json"), self.of_it("statement")]
        told += [self.of_it("board"), self.of_it("show", "--as", ROADS), *self.papers().values()]
        told.append(self.of_it("show", "--as", UNION))
        self.runs("register", "publish", "register")
        told += [path.read_text() for path in Path("register").rglob("*") if path.is_file()]
        return "\n".join(told)

    def papers(self) -> dict[str, str]:
        """Return what the papers say: each language of the PDF, its data, and the Word file."""
        told = {}
        for language in ("en", "km", "fr"):
            name = f"{uuid4()}.pdf"
            self.of_it("print", "-o", name, "--lang", language)
            pages = Pages(Path(name).read_bytes())
            told[language] = pages.text
            told["data"] = pages.files["response.json"].decode()
        self.of_it("word", "-o", f"{name}.docx")
        told["word"] = ZipFile(f"{name}.docx").read("word/document.xml").decode()
        return told


OPEN = (
    *("--as", AFFAIRS, "--monitor", UNION, "--procedure", "un-special-procedures"),
    *("--received-on", "2026-11-02"),
)
CLEAR = ("--as", AFFAIRS, "--signatories", "The Minister", "--despite-gaps", "It is due.")


@pytest.fixture
def of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Mechanism:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    # So narrow that no line of one column is broken by the other.
    monkeypatch.setenv("COLUMNS", "70")

    def runs(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run([*words], DOORS)
        out = capsys.readouterr()
        return code, out.out if "--json" in words else out.out + out.err

    runs("init", "m", "--name", "T", "--origin", "training.example/xa", "--prefix", "XA")
    for party, seat in (*PARTIES, (LANTERN, "complainant")):
        runs("party", "add", party)
        runs("seat", "grant", party, seat)
    Path("request.yaml").write_text(REQUEST)
    return Mechanism(runs)


def squeezed(text: str) -> str:
    return "".join(text.replace("║", "").replace("|", "").split())


def test_a_contest_stands_beside_the_case_ground_by_ground_with_its_answers(of: Mechanism) -> None:
    of.contest(FIVE_WEEKS, NOT_TOLD)
    of.contest(SECOND, allegation=2)
    of.decide(SECOND[::-1], LOCKSMITH, NEWSPAPER, acts=[4, 3])
    of.cite()
    told = {
        "show": of.of_it("show"),
        "to the body": of.of_it("show", "--as", ROADS),
        "to the collector": of.of_it("show", "--as", AFFAIRS),
        "preflight": of.of_it("preflight"),
        **of.papers(),
    }
    for where, text in told.items():
        for words in (FIVE_WEEKS, NOT_TOLD, LOCKSMITH, NEWSPAPER, SECOND):
            assert squeezed(words) in squeezed(text), where
        if where != "data":
            places = [squeezed(text).index(squeezed(one)) for one in (FIVE_WEEKS, LOCKSMITH)]
            assert places == sorted(places), where
    data = json.loads(told["data"])
    (basis,) = data["points"][0]["replies"][0]["basis"]
    assert data["format"] == "answerable/response/v2"
    assert basis["findings"] == [
        {"act": f"{of.case}/2", "allegation": 1, "fact": "not-established"}
    ]
    first, second = basis["contests"]
    assert (first["act"], first["by"], first["grounds"]) == (f"{of.case}/3", "complainant", 2)
    assert first["words"]["texts"] == [FIVE_WEEKS, NOT_TOLD]
    assert first["decided"]["answers"]["texts"] == [LOCKSMITH, NEWSPAPER]
    assert second["decided"]["answers"]["texts"] == [SECOND[::-1]]
    assert {first["decided"]["act"], second["decided"]["act"]} == {f"{of.case}/5"}


def test_of_a_cited_finding_only_what_contests_it_stands_beside_it(of: Mechanism) -> None:
    of.contest(FIVE_WEEKS)
    of.contest(SECOND, allegation=2)
    of.cite("--findings", f"{of.case}/2")
    for text in of.papers().values():
        assert squeezed(FIVE_WEEKS) in squeezed(text)
        assert squeezed(SECOND) not in squeezed(text)


def test_a_case_cited_by_the_collector_shows_its_contest_beside_the_point(of: Mechanism) -> None:
    of.contest(FIVE_WEEKS)
    of.of_it("cite", "--as", AFFAIRS, "--cases", of.case)
    assert squeezed(FIVE_WEEKS) in squeezed(of.of_it("show", "--as", AFFAIRS))


@pytest.mark.parametrize(
    "readers",
    [
        ("complainant",),
        ("complainant", "secretariat"),
        ("complainant", "secretariat", "member"),
        ("secretariat", "monitor"),
        ("member", "monitor"),
    ],
    ids=",".join,
)
def test_words_that_not_all_of_them_may_read_are_in_nothing_that_reaches_them(
    of: Mechanism, caplog: pytest.LogCaptureFixture, readers: tuple[str, ...]
) -> None:
    of.contest(FIVE_WEEKS, readers=readers)
    of.decide(LOCKSMITH, acts=[3], readers=readers)
    of.cite()
    seats = {ROADS: "member", UNION: "monitor", AFFAIRS: "secretariat"}
    for party, seat in seats.items():
        shown = squeezed(of.of_it("show", "--as", party))
        # What a body handed over is read by no other, and so is what stands beside it.
        may = seat in readers and party != UNION
        assert [squeezed(one) in shown for one in (FIVE_WEEKS, LOCKSMITH)] == [may, may]
    for cleared in (False, True):
        if cleared:
            of.of_it("clear", *CLEAR)
        papers = of.papers()
        assert all(f"{of.case}/3" in text for text in papers.values()), "that it is contested"
        told = [*papers.values(), of.of_it("preflight"), of.of_it("preflight", "--json")]
        told += [of.of_it("statement"), of.of_it("board"), caplog.text]
        for text in map(squeezed, told):
            assert squeezed(FIVE_WEEKS) not in text
            assert squeezed(LOCKSMITH) not in text


def test_what_everyone_may_read_is_read_by_everyone(of: Mechanism) -> None:
    of.contest(FIVE_WEEKS, readers=("complainant", "public"))
    of.cite()
    for text in of.papers().values():
        assert squeezed(FIVE_WEEKS) in squeezed(text)


def test_of_a_protected_case_no_contest_is_told(of: Mechanism) -> None:
    of.case = of.lodge("level: 3\nconsent: {included: 'yes'}\n" + REPORT)
    of.put("finding-issued", "chair", (1,), fact="happened")
    of.contest(FIVE_WEEKS)
    of.cite()
    for text in (*of.papers().values(), of.of_it("preflight"), of.of_it("show", "--as", UNION)):
        assert of.case not in text
        assert squeezed(FIVE_WEEKS) not in squeezed(text)


def test_a_contest_that_comes_before_the_clearance_is_in_it_and_one_after_is_not(
    of: Mechanism,
) -> None:
    of.cite()
    of.contest(FIVE_WEEKS)
    digest = json.loads(of.of_it("preflight", "--json"))["facts"]["sha256"]
    cleared = json.loads(of.of_it("clear", *CLEAR, "--json"))["facts"]
    assert cleared["sha256"] == digest
    of.contest(SECOND, allegation=2)
    data = of.papers()["data"]
    assert sha256(data.encode()).hexdigest() == digest
    assert FIVE_WEEKS in data
    assert SECOND not in data


def test_words_that_were_erased_are_in_no_paper_that_is_printed_later(of: Mechanism) -> None:
    of.contest(FIVE_WEEKS)
    of.cite()
    digest = json.loads(of.of_it("clear", *CLEAR, "--json"))["facts"]["sha256"]
    of.of_it("print", "-o", "before.pdf")
    code, out = of.runs(
        *("case", "erase", of.case, "--as", "Chair", "--ground", "ordered"),
        *("--provision", "law-3", "--yes"),
    )
    assert code == 0, out
    of.of_it("print", "-o", "after.pdf")
    after = Pages(Path("after.pdf").read_bytes())
    data = json.loads(after.files["response.json"])
    (contest,) = data["points"][0]["replies"][0]["basis"][0]["contests"]
    assert (contest["act"], contest["words"]) == (f"{of.case}/3", None)
    assert squeezed(digest) in after.squeezed, "the cover names what was cleared"
    assert sha256(after.files["response.json"]).hexdigest() in after.squeezed
    for text in (after.text, str(data), of.of_it("show"), of.of_it("preflight")):
        assert squeezed(FIVE_WEEKS) not in squeezed(text)
    # Either paper is of what was cleared.
    sending = ("--as", AFFAIRS, "--addressee", "Geneva", "--channel", "post")
    assert "carries the data" in of.of_it("send", *sending, "--file", "after.pdf")
    of.of_it("clear", *CLEAR)
    of.of_it("send", *sending, "--file", "before.pdf", ends=1)


def test_the_words_of_one_case_are_erased_and_those_of_another_stand(of: Mechanism) -> None:
    of.contest(FIVE_WEEKS)
    erased, of.case = of.case, of.lodge(REPORT)
    of.put("finding-issued", "chair", (1,), fact="not-established")
    of.contest(SECOND)
    of.cite("--cases", erased, "--cases", of.case)
    digest = json.loads(of.of_it("clear", *CLEAR, "--json"))["facts"]["sha256"]
    act = mechanism().reading.envelopes(mechanism().reading.proceeding(of.number))[-1]
    code, out = of.runs(
        *("case", "erase", erased, "--as", "Chair", "--ground", "ordered"),
        *("--provision", "law-3", "--yes"),
    )
    assert code == 0, out
    of.of_it("print", "-o", "after.pdf")
    after = Pages(Path("after.pdf").read_bytes())
    gone, stands = json.loads(after.files["response.json"])["points"][0]["replies"][0]["basis"]
    assert gone["contests"][0]["words"] is None
    assert stands["contests"][0]["words"]["texts"] == [SECOND]
    assert squeezed(SECOND) in after.squeezed
    assert squeezed(FIVE_WEEKS) not in after.squeezed
    # Both that the clearance names, and that of what is printed.
    own = sha256(after.files["response.json"]).hexdigest()
    fingerprints = {digest, str(act.facts["bare"]), own}
    assert len(fingerprints) == 3
    for fingerprint in fingerprints:
        assert fingerprint in after.squeezed
    sending = ("--as", AFFAIRS, "--addressee", "Geneva", "--channel", "post")
    assert "carries the data" in of.of_it("send", *sending, "--file", "after.pdf")


def test_a_response_that_was_cleared_before_contests_were_told_is_printed_as_it_was(
    of: Mechanism,
) -> None:
    of.cite()
    application = mechanism()
    docket = application.reading.proceeding(of.number)
    first = application.proceedings.collect(docket, None, Register(format=FIRST))
    facts: Mapping[str, Any] = {"sha256": first.digest(), "signatures": 1, **first.gaps()}
    draft = Draft(
        act=ActCode("response-cleared"),
        by=By(PartyId("p1"), Seat("secretariat")),
        secret=uuid4().bytes * 2,
        facts=facts,
    )
    application.proceedings.do.ledger.append([Unit(UnitKey(uuid4()), (on_docket(docket, draft),))])
    application.close()
    of.contest(FIVE_WEEKS)
    data = of.papers()["data"]
    assert sha256(data.encode()).hexdigest() == first.digest()
    assert json.loads(data)["format"] == FIRST
