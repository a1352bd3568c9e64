"""Laws of reading a request: no word is lost, and what was read can be written down."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from answerable.core.proceeding.intake import HandedRequest
from answerable.core.proceeding.request import About, PointAsked, Request
from answerable.forms.request_file import read_request, request_text

LABELS = [
    *(
        "1.",
        "2.",
        "3)",
        "(1)",
        "12 (b)",
        "(a)",
        "(b)",
        "a)",
        "i.",
        "(ii)",
        "A.",
        "II.",
        "1.1",
        "1.2.",
    ),
    *(
        "Article 3:",
        "Question 4",
        "§ 5",
        "1°",
        "2°",
        "១.",
        "(២)",
        "ក.",
        "មាត្រា ៣៖",
        "- ",
        "•",
        "2019.",
    ),
    *("Subject:", "Our ref:", "Objet :", "កម្មវត្ថុ៖", "", "", ""),
]
WORDS = st.sampled_from(
    ["which", "office?", "closed:", "the", "9.", "ការិយាល័យ", "été", "(b)", "x;", "-"]
)
SENTENCES = st.lists(WORDS, max_size=6).map(" ".join)
LINES = st.tuples(st.sampled_from(LABELS), SENTENCES).map(" ".join)
PAPERS = st.lists(st.one_of(LINES, st.just(""), st.text(max_size=20)), max_size=25).map("\n".join)


def words(text: str) -> list[str]:
    """Return what carries meaning: letters, their marks and digits, in their order."""
    shown = (sign for sign in text if unicodedata.category(sign)[0] in "LMN")
    return list(shown)


def everything(handed: HandedRequest) -> str:
    points = [f"{one.label} {one.text}" for one in handed.request.points]
    return "\n".join([handed.request.subject, *points, *handed.remainder])


@given(PAPERS)
def test_no_word_of_a_paper_is_lost(paper: str) -> None:
    checked = read_request(paper.encode("utf-8", "replace"), "paper.txt")
    if checked.value is None:
        assert {fault.code for fault in checked.faults} <= {"empty-file", "not-a-paper"}
        return
    left = words(everything(checked.value))
    for sign in words(paper.encode("utf-8", "replace").decode()):
        assert sign in left, (sign, paper)
        left.remove(sign)


@given(PAPERS)
def test_the_points_of_a_paper_stand_in_its_order(paper: str) -> None:
    checked = read_request(paper.encode("utf-8", "replace"), "paper.txt")
    if checked.value is None:
        return
    place = 0
    plain = "".join(words(paper))
    for point in checked.value.request.points:
        for part in re.split(r"\s+", point.text):
            found = plain.find("".join(words(part)), place)
            assert found >= 0, (part, paper)
            place = found


CLEAN = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn"]), min_size=1, max_size=30
).filter(lambda text: text == text.strip() and text)
BLOCKS = st.lists(CLEAN, min_size=1, max_size=4).map("\n".join)
POINTS = st.lists(
    st.builds(
        PointAsked,
        number=st.just(0),
        text=BLOCKS,
        label=st.one_of(st.just(""), CLEAN),
        page=st.one_of(st.just(""), CLEAN),
        about=st.builds(
            About,
            kinds=st.lists(st.sampled_from(["office-closed", "other"]), max_size=2).map(tuple),
            from_=st.one_of(st.none(), st.dates()),
        ),
        carries=st.integers(0, 1000),
    ),
    min_size=1,
    max_size=4,
)


@given(CLEAN, POINTS, st.one_of(st.just(""), CLEAN))
def test_a_request_that_is_written_down_is_read_as_it_was(
    subject: str, points: list[PointAsked], reference: str
) -> None:
    numbered = tuple(
        PointAsked(
            number=n,
            text=one.text,
            label=one.label,
            page=one.page,
            about=one.about,
            carries=one.carries,
        )
        for n, one in enumerate(points, start=1)
    )
    request = Request(subject=subject, points=numbered, language="km", reference=reference)
    checked = read_request(request_text(request).encode(), "request.yaml")
    assert checked.faults == ()
    assert checked.value is not None
    assert checked.value.request == request
