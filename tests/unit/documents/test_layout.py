"""Nothing leaves the paper, and Khmer breaks between words, read off the made pages."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from answerable.documents.typst_documents import TypstDocuments
from answerable.forms.shipped import ShippedProcedures
from answerable.locale.catalogue import LANGUAGES
from tests.support.pages import Line, Pages
from tests.support.responses import (
    CLEARED,
    KHMER_TORTURE,
    OFFICES,
    SHORT,
    THREATS,
    long_response,
)

MARGIN = 18 * 72 / 25.4
"""The margins left and right, in points."""

WORDS = [
    *("ក្រុម", "ប្រឹក្សា", "ទទួល", "ពាក្យ", "បណ្ដឹង", "អំពី", "គំរាម", "កំហែង", "ដល់", "អង្គការ"),
    *("សង្គម", "ស៊ីវិល", "ខេត្ត", "ហើយ", "បាន", "អង្កេត", "ដោយ", "មិន", "ឃើញ", "ភស្តុតាង"),
]
CLUSTER = re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17dd])*")


def made(text: str, language: str = "en") -> Pages:
    point = replace(OFFICES, text=text, replies=(), silent=(), cases={}, conclusion=None)
    response = replace(SHORT, points=(point,))
    return Pages(TypstDocuments().response_pdf(response, language=language, cleared=None))


def clusters(text: str) -> list[str]:
    return CLUSTER.findall(text)


def khmer_lines(read: Pages) -> list[Line]:
    """Return the lines of the column of claims that are Khmer, from the page of the points."""
    number = next(at for at, text in enumerate(read.texts) if "Asked in point" in text)
    whole: list[Line] = []
    for line in read.lines(number):
        if not re.match("[\u1780-\u17ff]", line.text):
            continue
        # Where letters were moved to the front of others, pdfium sees two lines in one.
        if whole and line.top > (whole[-1].top + whole[-1].bottom) / 2:
            whole[-1] = whole[-1].joined(line)
        else:
            whole.append(line)
    return whole


@cache
def long_pages(language: str) -> Pages:
    response = long_response()
    return Pages(TypstDocuments().response_pdf(response, language=language, cleared=None))


def outside(read: Pages) -> list[str]:
    """Return what lies beyond the margins by more than the space that ends a line."""
    found = []
    for number in range(len(read.texts)):
        width, height = read.size(number)
        for left, bottom, right, top in read.ink(number):
            if left < MARGIN - 5 or right > width - MARGIN + 5 or bottom < 0 or top > height:
                found.append(f"page {number}: {left:.0f} to {right:.0f} at {bottom:.0f}")
    return found


def test_two_hundred_unspaced_clusters_break_between_words_and_stay_on_the_page() -> None:
    firsts = {clusters(word)[0] for word in WORDS}
    inner = {cluster for word in WORDS for cluster in clusters(word)[1:]}
    assert firsts.isdisjoint(inner)  # so that how a line begins says whether a word does
    text = "".join(WORDS) * 6
    assert len(clusters(text)) > 200

    lines = khmer_lines(made(text))

    assert len(lines) > 8
    assert {clusters(line.text)[0] for line in lines} <= firsts
    assert outside(made(text)) == []


def test_marks_above_and_below_do_not_meet_those_of_the_next_line() -> None:
    lines = khmer_lines(made(f"{KHMER_TORTURE} " * 6))
    assert len(lines) > 8
    for upper, lower in pairwise(lines):
        assert upper.bottom > lower.top - 0.5, (upper, lower)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_without_a_space_stay_in_their_column(language: str) -> None:
    reply = replace(
        THREATS.replies[0],
        body="B" * 200,
        given="https://example.org/" + "a" * 300 + "ក" * 300,
        warned=tuple(replace(one, said="s" * 2000) for one in THREATS.replies[0].warned),
    )
    point = replace(THREATS, label="1" * 40, text="x" * 500, replies=(reply,), silent=("C" * 400,))
    response = replace(SHORT, subject="S" * 200, monitor="M" * 200, points=(point,))
    read = Pages(TypstDocuments().response_pdf(response, language=language, cleared=None))
    assert outside(read) == []
    # Nothing is cut off below, where what may not be broken is taller than a page.
    assert read.squeezed.count("s") > 4000


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_hundred_points_of_twelve_bodies_stay_on_the_page(language: str) -> None:
    read = long_pages(language)
    assert outside(read) == []
    assert all(f"121.{number}" in read.squeezed for number in range(1, 201))
    assert all(f"Department Number {number}" in read.text for number in range(1, 13))
    assert "200" in read.text
    assert "162" in read.text  # supported, of 173 without the eleven on which nobody answered


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_is_one_page_with_all_that_it_may_say(language: str) -> None:
    # The longest of its rows: a draft of a training, a title of two lines, gaps of each kind, and
    # the title of a real procedure, which in Khmer takes two lines too.
    rules = ShippedProcedures().procedure("eu-gsp-withdrawal", date.max)
    response = replace(
        SHORT,
        training=True,
        subject="Points on which comments are asked on the freedom of association",
        reference="TRADE/2026/1184",
        procedure=rules.name,
        titles=rules.titles,
    )
    cleared = replace(CLEARED, digest=response.digest())
    for receipt in (None, cleared):
        read = Pages(TypstDocuments().response_pdf(response, language=language, cleared=receipt))
        # Only the cover has no running head with the number.
        assert response.number in read.texts[1]
