"""How the lines of a paper become points: known answers."""

import pytest

from answerable.core.proceeding.intake import HandedRequest, Line, gathered


def lines(text: str) -> list[Line]:
    """Return the lines of a text; a paragraph begins behind an empty line."""
    read, begins = [], True
    for line in text.split("\n"):
        if line.strip():
            read.append(Line(line, begins=begins))
        begins = not line.strip()
    return read


def read(text: str) -> HandedRequest:
    return gathered(lines(text))


def points(text: str) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in read(text).request.points]


def codes(text: str) -> list[str]:
    return [note.code for note in read(text).notes if note.code != "language-guessed"]


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("1. Which?", "1"),
        ("12) Which?", "12"),
        ("(12) Which?", "(12)"),
        ("1° Lequel ?", "1"),
        ("1°) Lequel ?", "1"),
        ("7 \u2013 Which?", "7"),
        ("§ 14 Which?", "14"),
        ("1.1. Which?", "1.1"),
        ("12 (b) Which?", "12 (b)"),
        ("12(b) Which?", "12 (b)"),
        ("(a) Which?", "(a)"),
        ("a) Which?", "a"),
        ("(iv) Which?", "(iv)"),
        ("I. Which?", "I"),
        ("Article 3: Which?", "Article 3"),
        ("Question n° 4 : Lequel ?", "Question n° 4"),
        ("Article premier : Lequel ?", "Article premier"),
        ("១. តើមួយណា?", "១"),
        ("(១២) តើមួយណា?", "(១២)"),
        ("១៖ តើមួយណា?", "១"),
        ("ក. តើមួយណា?", "ក"),
        ("(ខ) តើមួយណា?", "(ខ)"),
        ("មាត្រា ៣៖ តើមួយណា?", "មាត្រា ៣"),
        ("សំណួរទី ៣៖ តើមួយណា?", "សំណួរទី ៣"),
    ],
)
def test_a_paragraph_with_a_label_is_a_point(written: str, label: str) -> None:
    assert points(written)[0][0] == label
    assert points(written)[0][1] in written


@pytest.mark.parametrize(
    "written",
    [
        "Article 3 of the law says nothing of it.",
        "2019. In that year nothing was said.",
        "12 December 2019 was the day.",
        "3.5 million people are meant.",
        "10/12/2019 was the day.",
        "12:30 was the hour.",
        "p. 4 says otherwise.",
        "e.g. the office of the union.",
        "I am writing to you.",
        "A workshop was stopped.",
        "Re-registration was asked.",
    ],
)
def test_what_only_looks_like_a_label_is_text(written: str) -> None:
    assert points(written) == [("", written)]


@pytest.mark.parametrize("number", ["\u0131", "\u0130", "prem\u0131er"])
def test_a_letter_that_only_turns_into_one_of_a_number_numbers_nothing(number: str) -> None:
    assert points(f"1. Which?\n\nQuestion {number}: Which?")[0][0] == "1"


def test_a_number_at_the_beginning_of_a_wrapped_line_is_text_unless_it_is_the_next() -> None:
    text = "1. See articles 8 and\n9. of the law, and in\n2019. There it is said.\n2. Who?"
    assert [label for label, _ in points(text)] == ["1", "2"]


def test_letters_and_roman_numbers_are_told_apart_by_what_came_before() -> None:
    letters = "1. A:\n" + "\n".join(f"({sign}) one;" for sign in "abcdefghij")
    assert [label for label, _ in points(letters)][-2:] == ["1 (i)", "1 (j)"]
    roman = "1. A:\n(i) one;\n(ii) two;\n(iii) three;\n(iv) four;\n(v) five;"
    assert [label for label, _ in points(roman)][-2:] == ["1 (iv)", "1 (v)"]


def test_what_leads_to_points_below_stands_at_the_beginning_of_the_first() -> None:
    read_points = points("12. On offices, please say:\n(a) how many;\n(b) which.\n13. Who decided?")
    assert read_points == [
        ("12 (a)", "12. On offices, please say:\n\nhow many;"),
        ("12 (b)", "which."),
        ("13", "Who decided?"),
    ]


def test_sections_are_headings_and_their_points_go_on_counting() -> None:
    text = "A. Association\n\n1. Which?\n\n2. Who?\n\nB. Assembly\n\n3. When?"
    assert points(text) == [
        ("1", "A. Association\n\nWhich?"),
        ("2", "Who?"),
        ("3", "B. Assembly\n\nWhen?"),
    ]


def test_letters_begin_anew_below_each_number() -> None:
    text = "1. Say:\n(a) one;\n(b) two.\n2. Say:\n(a) three;\n(b) four."
    assert [label for label, _ in points(text)] == ["1 (a)", "1 (b)", "2 (a)", "2 (b)"]


def test_marks_of_a_list_below_a_number_stay_in_its_point() -> None:
    assert points("1. Say:\n- one\n- two\n2. Who?")[0][1].split() == [
        "Say:",
        "-",
        "one",
        "-",
        "two",
    ]


def test_what_stands_before_the_first_point_is_shown_as_remainder() -> None:
    handed = read("The Committee\n\nDear Madam, we write to you.\n\n1. Which?")
    assert handed.request.subject == "The Committee"
    assert handed.remainder == ("Dear Madam, we write to you.",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One thing.\n\nAnother.", ["no-subject", "one-point"]),
        ("Questions\n\n- One\n- Two", ["points-by-bullets"]),
        ("Subject: X\n\n1. Which? Who?", ["several-questions"]),
        ("Subject: X\n\n1. Which?\n\n1. Who?", ["label-twice"]),
        ("Subject: X\n\n1. Which?\n\n3. Who?", ["number-missing"]),
        ("Subject: X\n\n1.\n\n2. Who?", ["empty-point"]),
        ("Subject: X\n\n1. Which?\n\n2. Who?", []),
    ],
)
def test_every_doubt_is_told(text: str, told: list[str]) -> None:
    assert codes(text) == told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Which of the offices were closed?", "en"),
        ("Lesquels des bureaux ont été fermés dans la ville ?", "fr"),
        ("តើការិយាល័យណាត្រូវបានបិទ?", "km"),
    ],
)
def test_the_language_is_guessed_and_said(text: str, language: str) -> None:
    assert read(text).request.language == language


def test_a_line_that_names_the_subject_ends_its_paragraph_however_long_it_is() -> None:
    text = f"Subject: {'a report and its findings, ' * 4}\n1. Threats.\n2. The law."
    handed = gathered([Line(line, begins=at == 0) for at, line in enumerate(text.split("\n"))])
    assert [point.text for point in handed.request.points] == ["Threats.", "The law."]
