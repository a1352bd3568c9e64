"""Where the line is: words that say nothing of what was examined, and words that say something."""

import pytest

from answerable.core.case.acts.no_evidence import says_no_more

NO_MORE = (
    "No evidence found",
    "no evidence found.",
    "No evidence.",
    "There is no evidence!",
    "We looked into this and could not find any evidence.",
    "We didn\u2019t find evidence",
    "The ministry has examined the case carefully and found no evidence to support the allegation.",
    "After investigation, insufficient evidence was found. Nothing was found.",
    "Aucune preuve",
    "Aucune preuve n\u2019a été trouvée.",
    "Nous n'avons trouvé aucun élément probant.",
    "Après examen, le comité n'a pas pu trouver de preuves suffisantes.",
    "រកមិនឃើញភស្តុតាង",
    "រក\u200bមិន\u200bឃើញ\u200bភស្តុតាង\u200bទេ។",
    "គ្មានភស្តុតាង",
    "គ្មានភស្ដុតាងទេ។",
    "ក្រសួងបានពិនិត្យករណីទាំងនេះ ហើយរកមិនឃើញភស្តុតាងណាមួយទេ។",
    "No evidence found. រកមិនឃើញភស្តុតាង។ Aucune preuve.",
)

SAYS_SOMETHING = (
    "",
    "The office was closed by the police.",
    "We interviewed two guards and read the gate register of 12 May: no evidence found.",
    "No evidence found in the register of the district.",
    "No evidence on 12 May 2019.",
    "The registry was not searched, because its roof fell in.",
    "Evidence was found.",
    "Nous avons lu le registre du poste : aucune preuve.",
    "Des preuves ont été trouvées.",
    "យើងបានសម្ភាសន៍អ្នកយាមពីរនាក់ ហើយរកមិនឃើញភស្តុតាងទេ។",
    "រកមិនឃើញភស្តុតាង ក្នុងសៀវភៅចុះបញ្ជីថ្ងៃទី១២ ឧសភា",
    "រកឃើញភស្តុតាង",
    "ការិយាល័យត្រូវបានបិទ",
)


@pytest.mark.parametrize("text", NO_MORE)
def test_words_that_say_only_that_nothing_was_found_say_no_more(text: str) -> None:
    assert says_no_more(text)


@pytest.mark.parametrize("text", SAYS_SOMETHING)
def test_one_word_of_what_was_examined_is_enough(text: str) -> None:
    assert not says_no_more(text)
