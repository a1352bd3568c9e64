"""A page of questions as it is shown: each with its words, its readers, and what was answered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from answerable.core.case.fields import WHO_REPORTS
from answerable.core.case.kinds import KINDS
from answerable.core.case.limits import KIB, MIB
from answerable.core.case.problems import Problem
from answerable.core.case.readers import AS_GIVEN, DEFAULT, INSIDE, kept
from answerable.core.case.submission import privacy_of
from answerable.core.case.text import seen_length
from answerable.core.seats import COMPLAINANT
from answerable.locale.catalogue import Catalogue
from answerable.locale.field_words import item_in_words
from answerable.web.form.draft import Draft, kept_path
from answerable.web.form.questions import (
    ALLEGATION,
    FILES,
    IN_PUBLIC,
    KNOWN,
    QUESTION_PAGES,
    At,
    Page,
    Question,
    Shape,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen."""

    code: str
    word: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on its page."""

    id: str
    name: str
    shape: str
    label: str
    hint: str
    readers: str
    value: str
    choices: tuple[Choice, ...]
    error: str
    is_short: bool


def shown_questions(
    page: Page,
    draft: Draft,
    words: Catalogue,
    *,
    at: At,
    problems: Sequence[Problem] = (),
    is_taken: bool = False,
) -> list[Shown]:
    """Return the questions of a page with what was answered, and what is wrong with it.

    That an answer is longer than fits is told once it ``is_taken``: nothing is wrong with a page
    that is only opened.
    """
    wrong = {field_path(problem, draft): problem for problem in problems}
    shown = []
    for one in page.questions:
        label = words.say(f"question.{one.code}")
        path = one.at(at.item, at.person)
        problem = next((wrong[told] for told in _told_as(path) if told in wrong), None)
        fault = "" if problem is None else explained(problem, words, label)
        if is_taken and (long := too_long(one, draft.text(path), words)):
            fault = long
        shown.append(_shown(one, draft, words, path=path, fault=fault))
    return shown


def _told_as(path: str) -> Iterator[str]:
    """Yield the paths by which a problem may name an answer: of a list, of which this is one."""
    yield path
    yield path.replace("sent-before/", "sent-before/1/")


def too_long(one: Question, said: str, words: Catalogue) -> str:
    """Return that an answer has more clusters than fit, "" where it has not."""
    found = seen_length(said) if one.most else 0
    return words.say("form.title-too-long", found=found, most=one.most) if found > one.most else ""


def _shown(one: Question, draft: Draft, words: Catalogue, *, path: str, fault: str) -> Shown:
    given = draft.answers.get(path, [])
    return Shown(
        f"q-{one.code}",
        path,
        one.shape.value,
        words.say(f"question.{one.code}"),
        words.say(f"question-hint.{one.code}") if words.has(f"question-hint.{one.code}") else "",
        _readers(draft, words, path),
        given[0] if given else "",
        tuple(Choice(code, word, code in given) for code, word in _choices(one, words)),
        fault,
        one.is_short,
    )


def explained(problem: Problem, words: Catalogue, label: str) -> str:
    """Return what is wrong with an answer, named as its page names it."""
    told = words.explain(problem.code, {**problem.facts, "field": label, "line": None})
    return " ".join(part for part in (told.what, told.do) if part)


def _choices(one: Question, words: Catalogue) -> Iterator[tuple[str, str]]:
    if one.shape is Shape.YES:
        yield "yes", words.say(f"question.{one.code}")
        return
    labels = {kind.code: kind.label(words.language) for kind in KINDS}
    for code in one.choices:
        known = labels.get(code) if one.family == "kinds" else None
        yield code, known or words.word(one.family, code)


def _readers(draft: Draft, words: Catalogue, path: str) -> str:
    """Return who will read an answer, once that was chosen: of each field apart."""
    return read_by(readers_of(draft, path), words) if draft.answers.get("readers") else ""


def size_words(words: Catalogue, size: int) -> str:
    """Return a size as people say it: in thousands of octets, or in millions."""
    if size >= MIB:
        return words.say("form.mib", size=words.decimal(size / MIB))
    return words.say("form.kib", size=max(1, size // KIB))


def read_by(readers: Iterable[str], words: Catalogue) -> str:
    """Say who reads something beside its sender."""
    names = [words.word("reader", code) for code in readers if code != COMPLAINANT]
    return words.say("form.read-by", readers=", ".join(names) or words.say("form.nobody-else"))


def readers_of(draft: Draft, path: str) -> tuple[str, ...]:
    """Return who reads a field for which nobody is chosen apart, beside its sender."""
    chosen = draft.answers.get("readers", ())
    readers = kept((COMPLAINANT, *chosen), _privacy_in(draft, path)) or DEFAULT
    return tuple(code for code in readers if code != COMPLAINANT)


def _privacy_in(draft: Draft, path: str) -> str:
    """Return how far a field of this report is shown: whose it is, by how its sender is known."""
    if path not in WHO_REPORTS:
        return privacy_of(path)
    if draft.text("level") == IN_PUBLIC:
        return AS_GIVEN
    schema = privacy_of(path)
    return INSIDE if schema == AS_GIVEN else schema


def field_path(problem: Problem, draft: Draft) -> str:
    """Return where a draft keeps a field, from the name under which a problem tells it."""
    return kept_path(draft, told_path(problem))


def told_path(problem: Problem) -> str:
    """Return the path of a field in a record, from the name under which a problem tells it."""
    told = str(problem.facts.get("field", ""))
    return told.replace("[", "/").replace("]", "").replace(".", "/")


def task_in_words(words: Catalogue, number: int, person: int | None = None) -> str:
    """Return what a page is called among the tasks, "" where it has no name of its own there."""
    key = f"form-task.{_CODES.get(number)}"
    return of_person(words, words.say(key), person) if words.has(key) else ""


def of_person(words: Catalogue, what: str, person: int | None) -> str:
    """Return what something is called, with which of several people it is of."""
    return what if person is None else words.say("form.of-person", what=what, number=person)


def change_in_words(
    words: Catalogue, number: int, item: int = 0, *, person: int | None = None
) -> str:
    """Return what a link to a page says to whoever hears it without what stands beside it.

    ``person`` is which of several it is of.
    """
    page = QUESTION_PAGES.get(number, ALLEGATION if item else None)
    of = item_in_words(words, f"{page.item}/{item}") if page is not None and item else ""
    what = task_in_words(words, number, person) or of or words.say("form.tasks-title")
    return words.say("form.change-of", what=what, item=of if of != what else None)


_CODES = {
    KNOWN: "known",
    FILES: "files",
    **{number: page.code for number, page in QUESTION_PAGES.items()},
}
