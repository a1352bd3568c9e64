"""Between the words of our Khmer a page has breaks, and what others wrote stays as it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.locale.khmer_breaks import BREAK, LONGEST, breaking, broken, parted
from tests.support.khmer_words import WORDS, runs_of_ours

KNOWN = WORDS.read_text().split()
CLUSTER = re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd])*")


def test_khmer_is_parted_between_its_words() -> None:
    assert parted("មិនទាន់មានអ្នកនិយាយភាសាខ្មែរ", KNOWN) == [
        *("មិនទាន់", "មាន", "អ្នក", "និយាយ", "ភាសាខ្មែរ")
    ]


def test_a_word_that_a_greedy_reader_would_miss_is_found() -> None:
    # ថាស (a disk) begins here too, and would leave half of សកម្មភាព (an act).
    assert parted("ដឹងថាសកម្មភាព", [*KNOWN, "ថាស"]) == ["ដឹង", "ថា", "សកម្មភាព"]


@pytest.mark.parametrize("parts", ["ជា|ឯកសារ", "បាន|ការពារ", "តើ|នរណា", "មាន|កូនសោ", "អង្គការ|ដែល"])
def test_no_word_takes_letters_of_the_next_one(parts: str) -> None:
    assert parted(parts.replace("|", ""), KNOWN) == parts.split("|")


def test_beside_what_is_no_known_word_nothing_is_parted() -> None:
    assert parted("មានស្វាយរៀងអ្នក", ["មាន", "អ្នក"]) == ["មានស្វាយរៀងអ្នក"]
    assert parted("មានអ្នកស្វាយរៀង", ["មាន", "អ្នក"]) == ["មាន", "អ្នកស្វាយរៀង"]


def test_the_sign_of_repetition_stays_with_its_word() -> None:
    assert parted("ផ្សេងៗទៀត", ["ផ្សេង", "ទៀត"]) == ["ផ្សេងៗ", "ទៀត"]


@given(st.text(alphabet="កខសត្្ាិ់ំៗឬ", min_size=1, max_size=30))
def test_whatever_is_parted_says_what_it_said_and_no_sign_is_parted_from_its_letter(
    run: str,
) -> None:
    words = parted(run, KNOWN)
    assert "".join(words) == run
    assert not [word for word in words[1:] if re.match("[\u17b6-\u17d3\u17d7\u17dd]", word)]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<title>មិនទាន់មានអ្នក</title>", id="a title"),
        pytest.param('<input value="មិនទាន់មានអ្នក">', id="what was typed"),
        pytest.param("<textarea>\nមិនទាន់មានអ្នក</textarea>", id="what was typed, at length"),
        pytest.param('<p aria-label="មិនទាន់មានអ្នក">', id="a name that is spoken"),
        pytest.param("<option>មិនទាន់មានអ្នក</option>", id="what is chosen"),
        pytest.param("<pre>មិនទាន់មានអ្នក</pre>", id="what is copied"),
        pytest.param("<code>a</code><code>មិនទាន់មានអ្នក</code>", id="code"),
        pytest.param("<blockquote><p>មិនទាន់មានអ្នក</p></blockquote>", id="a quotation"),
        pytest.param('<span class="a" lang="km">មិនទាន់មានអ្នក</span>', id="with a language"),
    ],
)
def test_what_is_not_ours_and_what_is_compared_stays_as_it_is(page: str) -> None:
    assert breaking(page) == page


def test_the_text_of_a_page_is_broken_and_its_language_is_no_quotation() -> None:
    page = '<html lang="km"><p lang="en">a</p><p>១២ មិនទាន់មាន <b>អ្នកនិយាយ</b></p></html>'
    assert breaking(page) == page.replace("ទាន់មាន", f"ទាន់{BREAK}មាន").replace(
        "អ្នកនិយាយ", f"អ្នក{BREAK}និយាយ"
    )


def test_a_break_that_somebody_typed_stays_where_it_is() -> None:
    assert breaking(f"<p>មិនទាន់{BREAK}មានអ្នក</p>") == f"<p>មិនទាន់{BREAK}មាន{BREAK}អ្នក</p>"


def test_our_khmer_has_a_break_every_few_letters() -> None:
    # Where a new sentence has many words that are not in the list yet: make docs.
    long = [
        run for run in runs_of_ours() for word in broken(run).split(BREAK) if _clusters(word) > 14
    ]
    assert len(long) <= 20, long


def test_no_word_is_longer_than_words_are_looked_for() -> None:
    assert max(map(_clusters, KNOWN)) <= LONGEST


def _clusters(word: str) -> int:
    return len(CLUSTER.findall(word))
