"""Feeds: of all acts, of the acts of one case, and of what is late. Each entry stays what it is."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import pytest

from answerable.locale.catalogue import LANGUAGES
from tests.unit.web.conftest import Lived, Told

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(lived: Lived, address: str) -> list[Mapping[str, str]]:
    answered = lived.visitor.get(address)
    assert answered.headers["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answered.text)  # noqa: S314 - our own file
    assert feed.find(f"{ATOM}link[@rel='self']").attrib["href"] == address  # type: ignore[union-attr]
    return [
        {part.tag.removeprefix(ATOM): part.text or part.attrib.get("href", "") for part in entry}
        for entry in feed.iter(f"{ATOM}entry")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_can_be_followed_by_a_feed_of_its_own(lived: Lived, language: str) -> None:
    found = entries(lived, f"/{language}/register/{lived.asked}.atom")
    page = lived.visitor.get(f"/{language}/register/{lived.asked}").text
    acts = re.findall(r'<li id="(act-\d+)">', page)
    assert [one["link"].partition("#")[2] for one in found] == acts[::-1]
    every = {one["id"]: one for one in entries(lived, f"/{language}/acts.atom")}
    assert all(every[one["id"]] == one for one in found)
    assert f'href="/{language}/register/{lived.asked}.atom"' in page


def test_what_is_late_is_a_feed_whose_entries_do_not_change_from_day_to_day(lived: Lived) -> None:
    found = entries(lived, "/en/late.atom")
    listed = lived.visitor.get("/en/register.csv?owed=late").text
    assert found
    assert {one["title"].partition(" ")[0] for one in found} == set(
        re.findall(r"^XA-[0-9-]+", listed, re.MULTILINE)
    )
    assert len({one["id"] for one in found}) == len(found)
    for one in found:
        assert re.fullmatch(r"tag:\S+/[a-z-]+/\d+/\d{4}-\d\d-\d\d", one["id"])
        assert re.fullmatch(r"2026-11-1\d(T23:59:59Z)", one["updated"])
        assert "owed by" in one["title"]


def test_a_feed_of_one_kind_of_act_has_these_and_is_linked(lived: Lived) -> None:
    links = re.findall(
        r'href="/en/acts.atom\?act=([a-z-]+)"', lived.visitor.get("/en/open-data").text
    )
    assert {"submitted", "accepted", "referred"} <= {*links}
    every = {one["id"]: one for one in entries(lived, "/en/acts.atom")}
    parted = [one for code in links for one in entries(lived, f"/en/acts.atom?act={code}")]
    assert {one["id"]: one for one in parted} == every
    assert len(parted) == len(every)
    found = entries(lived, "/en/acts.atom?act=submitted")
    assert [one["id"].rpartition("/")[2] for one in found] == ["1"] * len(lived.numbers)
    assert entries(lived, "/en/acts.atom?act=no-such-act") == []


def test_a_feed_of_one_body_has_its_answers_and_stands_on_its_page(told: Told) -> None:
    page = told.visitor.get("/en/bodies").text
    linked = []
    for body in re.findall(r'href="/en/bodies/([^"./]+)"', page):
        address = f"/en/acts.atom?body={body}"
        found = ET.fromstring(told.visitor.get(address).text).iter(f"{ATOM}entry")  # noqa: S314 - ours
        ids = [one.findtext(f"{ATOM}id", "").rpartition(":")[2] for one in found]
        on_page = f'href="{address}"' in told.visitor.get(f"/en/bodies/{body}").text
        assert on_page == bool(ids)
        linked += ids
    assert linked == [f"{told.left}/2"]
