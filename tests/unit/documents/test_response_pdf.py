"""The collected response as a PDF, read back by another program."""

import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfWriter

from answerable.casework.documents import ClearedAnother
from answerable.core.proceeding.response import CollectedResponse
from answerable.documents.typst_documents import TypstDocuments
from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.support.pages import Pages
from tests.support.responses import (
    CLEARED,
    FIVE_WEEKS,
    HOSTILE,
    INTERIOR,
    LABOUR,
    LAW_CHANGE,
    OFFICES,
    SENT,
    SHORT,
    TO_BE_HEARD,
    WITH_CONTESTS,
    WITH_FIGURES,
    long_response,
)

DOCUMENTS = TypstDocuments()


def pdf(
    response: CollectedResponse = SHORT, language: str = "en", *, cleared: bool = True
) -> bytes:
    act = replace(CLEARED, digest=response.digest()) if cleared else None
    return DOCUMENTS.response_pdf(response, language=language, cleared=act)


@cache
def pages(language: str = "en") -> Pages:
    return Pages(pdf(SHORT, language))


def with_words(text: str) -> CollectedResponse:
    reply = replace(OFFICES.replies[0], given=text)
    return replace(SHORT, points=(replace(OFFICES, replies=(reply,)),))


def test_it_holds_its_data_and_its_receipt_as_files() -> None:
    assert pages().files == {
        "response.json": SHORT.encoded(),
        "clearance-receipt.txt": CLEARED.receipt,
    }


def test_the_fingerprint_of_its_data_is_read_back_from_a_document() -> None:
    assert DOCUMENTS.data_of(pdf()) == SHORT.digest()
    assert DOCUMENTS.data_of(pdf(language="km", cleared=False)) == SHORT.digest()


@pytest.mark.parametrize("file", ["", "%PDF-1.7", "PK\x03\x04", "half", "slip"])
def test_what_is_no_response_of_ours_has_no_data(file: str) -> None:
    slip = DOCUMENTS.sending_slip(SHORT, SENT, language="en")
    octets = {"half": pdf()[: len(pdf()) // 2], "slip": slip}.get(file, file.encode())
    assert DOCUMENTS.data_of(octets) is None


def test_two_data_in_one_file_are_the_data_of_neither() -> None:
    writer = PdfWriter(BytesIO(pdf()))
    writer.add_attachment("response.json", b"{}")
    both = BytesIO()
    writer.write(both)
    assert DOCUMENTS.data_of(both.getvalue()) not in {None, SHORT.digest()}


def test_a_second_run_gives_the_same_bytes() -> None:
    assert pdf() == pdf()


def test_making_one_loads_nothing_that_signs() -> None:
    made = (
        "import sys; from tests.support.responses import SHORT;"
        " from answerable.documents.typst_documents import TypstDocuments;"
        " TypstDocuments().response_pdf(SHORT, language='en', cleared=None);"
        " print(*(name for name in sys.modules if name.startswith('answerable.documents.')))"
    )
    done = subprocess.run([sys.executable, "-c", made], capture_output=True, text=True, check=True)
    loaded = {name.rpartition(".")[2] for name in done.stdout.split()}
    assert "typesetting" in loaded
    assert not loaded & {"certificates", "signing"}


def test_a_receipt_of_other_data_is_refused() -> None:
    other = replace(SHORT, subject="Another")
    with pytest.raises(ClearedAnother):
        DOCUMENTS.response_pdf(other, language="en", cleared=CLEARED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_which_data_it_shows_and_how_many_pages_there_are(language: str) -> None:
    read = pages(language)
    many = len(read.texts)
    for number, text in enumerate(read.texts, 1):
        assert SHORT.digest()[:16] in text
        assert f"{number} / {many}" in text
    assert SHORT.digest() in re.sub(r"\s", "", read.texts[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_on_the_last_page_is_the_whole_receipt(language: str) -> None:
    assert pages(language).codes(len(pages(language).texts) - 1) == [CLEARED.receipt]


def test_the_cover_says_who_answers_whom_by_which_rules_and_as_of_when_in_both_zones() -> None:
    cover = pages().texts[0]
    for words in (
        SHORT.subject,
        "Joint Mechanism of Exampland, collected by Ministry of Foreign Affairs",
        "Delegation of the Union of Traders",
        "XA-2026-0007-3",
        "Temporary withdrawal of preferences (eu-gsp-withdrawal@1)",
        "Monday 12 October 2026",
        "Thursday 10 December 2026, 16:40 (UTC+07:00), Asia/Phnom_Penh",
        "Thursday 10 December 2026, 10:40 (UTC+01:00), Europe/Brussels",
        "It decides no one's guilt, binds no court",
        "Of 5 points, 3 have an answer and 2 have none. Answers asked for and not handed over: 2.",
    ):
        assert words in cover


def test_a_gap_is_printed_and_an_answer_that_has_nothing_is_an_answer() -> None:
    text = pages().text
    for words in (
        "No answer from Ministry of Labour",
        "No answer from Ministry of Justice",
        "Assigned to nobody. Ministry of Foreign Affairs asked no body for an answer.",
        "We have nothing on this. This is the answer of Ministry of Labour. It is not silence.",
    ):
        assert words in text


def test_an_empty_box_is_as_tall_as_an_answer() -> None:
    read = Pages(pdf(replace(SHORT, points=(replace(LAW_CHANGE, silent=(INTERIOR, LABOUR)),))))
    number = next(at for at, text in enumerate(read.texts) if "No answer from" in text)
    first, second = (line for line in read.lines(number) if "Noanswerfrom" in line.text)
    assert first.bottom - second.bottom > 25 * 72 / 25.4


def test_an_edit_shows_both_words_its_reason_and_what_the_body_said_of_it() -> None:
    text = pages().text
    for words in (
        "No court ordered any seal. We were not asked.",
        "No court ordered any of the seals.",
        "The second sentence is about two ministries, not about the point.",
        "edit confirmed by Ministry of Justice",
        "edit refused by Ministry of Justice, whose own words stand",
        "edit not confirmed by",
    ):
        assert "".join(words.split()) in "".join(text.split())


def test_a_warning_prints_sentence_counts_and_what_writer_and_collector_decided() -> None:
    text = pages().text
    for words in (
        "Says that there is no evidence. The register says otherwise.",
        "61 submissions",
        "14 found to have happened",
        "20 closed without being examined",
        "The fourteen findings were made by another body.",
        "Kept, and the counts are printed beside it.",
        "Ministry of Foreign Affairs has decided nothing on this.",
    ):
        assert words in text


def test_the_bases_stand_with_what_the_register_says_and_who_contested() -> None:
    text = pages().text
    assert "The office was closed for five weeks, not for two days." in text
    assert "a protected case, whose number is not shown" in text
    assert "XA-2026-0061-7/9" in text
    assert "14 on the day of this response" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contest_stands_beside_the_case_at_the_point_and_in_the_annex(language: str) -> None:
    read, say = Pages(pdf(WITH_CONTESTS, language)), Catalogue(language).say
    for words in (FIVE_WEEKS, TO_BE_HEARD):
        assert read.squeezed.count("".join(words.split())) == 2
    places = [read.squeezed.index("".join(one.split())) for one in (FIVE_WEEKS, TO_BE_HEARD)]
    assert places == sorted(places)
    assert read.text.count("XA-2026-0061-7/12") == 2
    if language != "km":
        for key in ("contest.not-decided", "contest.grounds-kept", "contest.entered"):
            assert read.squeezed.count("".join(say(key).rstrip(".").split())) == 2


def test_a_figure_says_what_it_counts_what_it_was_when_it_was_cited_and_what_it_is() -> None:
    text = Pages(pdf(WITH_FIGURES)).text
    for words in (
        "found to have happened (outcome/happened)",
        "17 allegations when it was cited, Monday 2 November 2026 · 19 on the day of this response",
        "18 allegations when it was cited, Friday 6 November 2026 · 19 on the day of this response",
        "6 allegations when it was cited, Monday 2 November 2026 ·",
        "1\u20134 on the day of this response",
        "not known when it was cited, Monday 2 November 2026 · 41 on the day of this response",
        "Gives a number, and not that of the figure which it cites.",
        "17 found to have happened",
        "threats by year",
    ):
        assert "".join(words.split()) in "".join(text.split()), words
    # At the point, and of each day on which it was cited in the annex.
    for cited in ("17allegations", "18allegations"):
        assert "".join(text.split()).count(cited) == 2


def test_once_words_are_erased_the_paper_names_what_was_cleared_and_shows_none_of_them() -> None:
    bare = WITH_CONTESTS.without_words()
    act = replace(CLEARED, digest=bare.digest(), whole=WITH_CONTESTS.digest())
    read = Pages(DOCUMENTS.response_pdf(bare, language="en", cleared=act))
    assert WITH_CONTESTS.digest() in read.squeezed
    assert "".join(FIVE_WEEKS.split()) not in read.squeezed
    assert FIVE_WEEKS.encode() not in read.files["response.json"]


def test_a_clock_says_both_hours_what_is_late_and_what_is_not_confirmed() -> None:
    text = pages().text
    for words in (
        "Sunday 13 December 2026, 00:00 (UTC+07:00)",
        "Saturday 12 December 2026, 18:00 (UTC+01:00)",
        "not done",
        "binds nobody",
        "period not confirmed: this date may be wrong",
    ):
        assert words in text


def test_positions_add_up_to_the_points() -> None:
    read = Pages(pdf(long_response(points=20, bodies=3)))
    assert "20 points = 19 supported + 1 without a position" in read.text


def test_what_people_wrote_is_printed_letter_by_letter_and_never_followed() -> None:
    read = Pages(pdf(with_words(HOSTILE)))
    assert "".join(HOSTILE.split()) in read.squeezed
    assert "root:" not in read.text


def test_what_no_font_can_show_is_spelt_and_nothing_is_lost() -> None:
    read = Pages(pdf(with_words("a\u4e2db \U0001f600 c\u202ed")))
    assert "a<U+4E2D>b <U+1F600> c<U+202E>d" in read.text
    assert "a\u4e2db" in read.files["response.json"].decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_training_and_what_is_not_cleared_is_said_on_every_page(language: str) -> None:
    response = replace(SHORT, training=True)
    read = Pages(pdf(response, language, cleared=False))
    for key in ("document.training", "document.draft"):
        first = Catalogue(language).say(key).split()[0]
        assert all(first[:3] in text for text in read.texts)
    assert set(read.files) == {"response.json"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_with_its_receipt_is_one_page(language: str) -> None:
    assert len(Pages(DOCUMENTS.sending_slip(SHORT, SENT, language=language)).texts) == 1


def test_a_slip_says_what_was_sent_when_and_to_whom_and_carries_its_receipt() -> None:
    read = Pages(DOCUMENTS.sending_slip(SHORT, SENT, language="en"))
    assert "Thursday 10 December 2026, 16:52 (UTC+07:00), Asia/Phnom_Penh" in read.text
    assert SENT.to in read.text
    assert SENT.document in re.sub(r"\s", "", read.text)
    assert read.files == {"sending-receipt.txt": SENT.receipt}
    assert read.codes(0) == [SENT.receipt]
    assert INTERIOR not in read.text
