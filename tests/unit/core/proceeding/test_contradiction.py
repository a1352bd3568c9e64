"""What says otherwise than the register, in three languages; and what does not."""

import pytest

from answerable.core.proceeding.contradiction import contradictions_of, numbers_in, sentences

REGISTER = {"submissions": 61, "allegations": 70, "confirmed": 14, "not-examined": 20}
NOTHING = {"submissions": 0, "allegations": 0, "confirmed": 0, "not-examined": 0}


def codes(text: str, register: dict[str, int] = REGISTER) -> list[str]:
    return [one.code for one in contradictions_of(text, register)]


@pytest.mark.parametrize(
    "text",
    [
        "We looked into this and could not find any evidence.",
        "The Ministry found no evidence of threats.",
        "There isn't any proof.",
        "Aucune preuve n'a été trouvée.",
        "Nous n'avons pas trouvé d'éléments.",
        "យើងបានពិនិត្យ ហើយរកមិនឃើញភស្តុតាងទេ។",
        "គ្មានភស្តុតាងទេ។",
    ],
)
def test_no_evidence_is_found_in_three_languages(text: str) -> None:
    assert codes(text) == ["no-evidence"]


@pytest.mark.parametrize(
    "text",
    [
        "There were no cases of closure.",
        "No complaints were received from any organisation.",
        "Il n'y a eu aucun cas.",
        "មិនមានករណីទេ។",
    ],
)
def test_no_cases_are_found_in_three_languages(text: str) -> None:
    assert codes(text) == ["no-cases"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("There had been 100 cases.", [100]),
        ("We received 6 complaints and 1,204 reports.", [6, 1204]),
        ("មានករណី ១០០។", [100]),
        ("Article 9 was applied in 3 cases since 2017.", [3]),
        ("On 12 December 2019 there were 5 cases.", [5]),
        ("Nous avons reçu 1 204 plaintes.", [1204]),
        ("See paragraph 12 on these cases.", []),
    ],
)
def test_counts_are_told_from_years_dates_and_articles(text: str, numbers: list[int]) -> None:
    assert list(numbers_in(text)) == numbers


def test_a_number_of_many_digits_is_read_as_one_that_nothing_counts() -> None:
    # Python reads no more than 4,300 digits, and a text may have 20,000.
    assert codes(f"There were {'9' * 20_000} cases.") == ["number"]
    assert list(numbers_in("0" * 5_000 + "61")) == [61]


def test_many_numbers_do_not_hold_up_whoever_contributes() -> None:
    # Each of them was looked at with all that stands before it.
    assert list(numbers_in("1 a " * 100_000)) == [1] * 100_000


def test_a_number_that_the_register_does_not_have_is_found_and_one_that_it_has_is_not() -> None:
    assert codes("There had been 100 cases.") == ["number"]
    assert codes("There are 61 reports, with 70 allegations; 14 cases were confirmed.") == []


def test_a_number_of_something_else_is_left_alone() -> None:
    assert codes("We trained 400 officers.") == []


FIGURES = {"outcome/happened": [17], "submissions": [19, 23]}


@pytest.mark.parametrize(
    "text",
    [
        "We looked into 17 cases.",
        "17 were found to have happened, of 23.",
        "17 were found to have happened, and of these 12 in the capital; 19 came in.",
        "Of 61 reports 17 were found to have happened, of 19 by our own files.",
        "We read them all.",
    ],
)
def test_the_number_of_a_figure_that_is_cited_contradicts_nothing(text: str) -> None:
    register = {**REGISTER, "submissions": 61}
    assert [one.code for one in contradictions_of(text, register, FIGURES)] == []


def test_another_number_than_that_of_the_figure_which_is_cited_contradicts_it() -> None:
    text = "We read them all. 16 were found to have happened, of 19 that came in."
    (one,) = contradictions_of(text, REGISTER, FIGURES)
    assert (one.code, dict(one.register)) == ("figure", {"outcome/happened": 17})
    assert one.said == "16 were found to have happened, of 19 that came in."
    both = contradictions_of("There had been 100 cases.", REGISTER, FIGURES)
    assert [(one.code, dict(one.register)) for one in both] == [
        ("figure", {"outcome/happened": 17, "submissions": 23})
    ]


def test_without_a_figure_a_number_of_something_else_is_left_alone() -> None:
    assert [one.code for one in contradictions_of("We trained 400 officers.", REGISTER, {})] == []


def test_where_nothing_is_on_file_it_is_no_contradiction_to_say_so() -> None:
    assert codes("We found no evidence. There were no cases.", NOTHING) == []
    assert codes("There were 3 cases.", NOTHING) == ["number"]


def test_each_sentence_is_told_with_the_counts_that_it_contradicts() -> None:
    text = "We met the unions. We found no evidence. The law was published in 2015. No cases exist."
    told = contradictions_of(text, REGISTER)
    assert [(one.code, one.said) for one in told] == [
        ("no-evidence", "We found no evidence."),
        ("no-cases", "No cases exist."),
    ]
    assert told[0].register == REGISTER


def test_a_text_is_cut_at_its_sentences_in_every_language() -> None:
    assert sentences("One. Two 3.5 km! ពីរ។ បី\nfour") == ["One.", "Two 3.5 km!", "ពីរ។", "បី", "four"]
