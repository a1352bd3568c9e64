"""What is owed as a calendar file: read back by icalendar, which is not ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar

from answerable.locale.catalogue import LANGUAGES
from answerable.web.icalendar import folded, times
from tests.support.adapters import ROOT, HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.cases import OFFICER, WORDS
from tests.support.registers import publish
from tests.support.websites import Visitor
from tests.unit.casework.test_dates_said import case_under

RULES = ROOT / "src" / "answerable" / "procedures" / "training-mechanism.yaml"
PLANTED = "behind the planted market"


@dataclass(frozen=True)
class Owing:
    """A register in which two cases are waited for, and a third that is protected."""

    visitor: Visitor
    numbers: tuple[str, str]
    hidden: str


@pytest.fixture(scope="module")
def owing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owing]:
    folder = tmp_path_factory.mktemp("calendar")
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    work = AtWork(store, folder / "exhibits")
    rules = work.shipped.read_procedure(RULES.read_bytes(), "rules.yaml", None).value
    assert rules is not None
    work.install.procedure(rules, RULES.read_text(), request=uuid4())
    numbers = work.lodge(title=PLANTED), work.lodge("p2", title=PLANTED)
    danger: dict[str, Any] = {"danger-now": {"what": PLANTED}}
    hidden = work.lodge("p2", **danger)
    yield Owing(Visitor(work, folder / "register"), numbers, hidden)
    store.close()


def events(owing: Owing, address: str) -> list[Any]:
    answered = owing.visitor.get(address)
    assert answered.status == 200
    assert answered.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found: list[Any] = list(Calendar.from_ical(answered.body).walk("VEVENT"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_date_that_is_owed_is_one_whole_day_under_its_case(
    owing: Owing, language: str
) -> None:
    data = owing.visitor.get(f"/{language}/register.json").text
    found = events(owing, f"/{language}/owed.ics")
    for number in owing.numbers:
        of_case = events(owing, f"/{language}/register/{number}.ics")
        assert {one["UID"] for one in of_case} <= {one["UID"] for one in found}
        for one in of_case:
            first, last = one.decoded("DTSTART"), one.decoded("DTEND")
            assert isinstance(first, date)
            assert not isinstance(first, datetime)
            assert last == first + timedelta(days=1)
            assert first.isoformat() in data
            assert str(one["SUMMARY"]).startswith(f"{number}: ")
    assert len(found) == 6
    assert len({one["UID"] for one in found}) == len(found)


def test_an_event_is_the_same_one_in_each_language_and_in_the_next_register(owing: Owing) -> None:
    before = {str(one["UID"]) for one in events(owing, "/en/owed.ics")}
    assert {str(one["UID"]) for one in events(owing, "/km/owed.ics")} == before
    publish(owing.visitor.work.store, owing.visitor.folder)
    assert {str(one["UID"]) for one in events(owing, "/en/owed.ics")} == before


def test_a_date_that_was_moved_is_the_same_event_of_a_later_act(tmp_path: Path) -> None:
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    work = AtWork(store, tmp_path / "exhibits")
    typed = ("{event: clock-extended, by: 20 working days, times: 1}", "{event: clock-extended}")
    number = case_under(work, typed)
    visitor = Visitor(work, tmp_path / "register")

    def finding() -> Any:
        every = Calendar.from_ical(visitor.get(f"/en/register/{number}.ics").body).walk("VEVENT")
        (found,) = (one for one in every if "-finding-" in str(one["UID"]))
        return found

    before = finding()
    assert before["SEQUENCE"] == 3
    why: dict[str, Any] = {"clock": "finding", "legal_basis": WORDS, "reason": WORDS}
    moved = work.do(number, "clock-extended", OFFICER, new_date="2027-06-01", **why)
    publish(store, visitor.folder)
    visitor.restart()
    after = finding()
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], moved.sequence)
    assert after.decoded("DTSTART").isoformat() == "2027-06-01"
    at = datetime.fromtimestamp(moved.at // 1000, UTC)
    assert after.decoded("LAST-MODIFIED") == at >= before.decoded("LAST-MODIFIED")
    store.close()


def test_no_word_of_a_case_is_in_a_calendar(owing: Owing) -> None:
    for language in LANGUAGES:
        text = owing.visitor.get(f"/{language}/owed.ics").text
        assert PLANTED not in text
        assert owing.hidden not in text
        assert "They closed" not in text


def test_what_is_not_in_the_register_has_no_calendar(owing: Owing) -> None:
    assert owing.visitor.get(f"/en/register/{owing.hidden}.ics").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_end_as_they_must_and_have_at_most_75_octets(owing: Owing, language: str) -> None:
    body = owing.visitor.get(f"/{language}/owed.ics").body
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, body.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("line", ["", "a" * 75, "a" * 76, "a" * 74 + "ក" * 60, "ស្ត្រី" * 40])
def test_a_folded_line_is_whole_when_it_is_joined(line: str) -> None:
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part[0] == " " for part in parts[1:])


def test_a_line_of_75_letters_is_not_folded_and_the_next_letter_is() -> None:
    assert list(folded("a" * 75)) == ["a" * 75]
    assert list(folded("a" * 76)) == ["a" * 75, " a"]
    assert list(folded("a" * 74 + "ក")) == ["a" * 74, " ក"]


def test_what_is_owed_by_an_hour_has_that_hour_wherever_it_is_read() -> None:
    assert list(times("2026-11-17T08:00:00+07:00")) == ["DTSTART:20261117T010000Z"]


def test_the_end_of_a_day_is_the_next_day_also_at_the_end_of_a_year() -> None:
    last = ["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"]
    assert list(times("2026-12-31")) == last
