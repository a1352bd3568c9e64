"""From what was typed to a submission: the same value that a file would hold."""

from typing import Any

from answerable.core.case.dates import read_when
from answerable.core.case.fields import WHO_REPORTS
from answerable.core.case.problems import Problem
from answerable.core.case.submission import FORMAT, Submission, read_submission
from answerable.core.case.vocabulary import KEPT, REMOVED
from answerable.core.seats import COMPLAINANT
from answerable.locale.spoken import spoken_in
from answerable.web.form.asked import readers_of
from answerable.web.form.draft import Draft, KeptFile
from answerable.web.form.questions import PLACE_CODE, PLACE_LEVELS

_ITEMS = ("allegations", "concerns", "requests")
FILE = "exhibits/1/file"
"""The path whose readers a file has that names none: who may read its name may open it."""
_GROUPS = ("consent", "danger-now", "sent-before")

Value = dict[str, Any]


def handed(draft: Draft, language: str) -> tuple[Submission | None, list[Problem]]:
    """Return the submission that a draft says, or None and what is wrong with it."""
    return read_submission(value_of(draft, language))


def value_of(draft: Draft, language: str) -> Value:
    """Return what a file of this submission would hold."""
    text = draft.text
    value: Value = {"format": FORMAT, "level": text("level")}
    if chosen := draft.answers.get("readers"):
        value["readers"] = ["complainant", *chosen]
    for name in _GROUPS:
        value[name] = _below(draft, name)
    value["speaker"] = _speaker(draft)
    value["risk"] = {
        **_below(draft, "risk"),
        "must-not": [line for line in text("risk/must-not").split("\n") if line.strip()],
    }
    if value["sent-before"]:
        value["sent-before"] = [_with_date(value["sent-before"])]
    for name in _ITEMS:
        value[name] = [_item(draft, name, number) for number in draft.items(name)]
    value["exhibits"] = [_exhibit(draft, one) for one in draft.files]
    value["language"] = written_in(draft, language)
    return value


def _speaker(draft: Draft) -> Value:
    """Return who speaks: of who that is, each with its readers, which depend on the level."""
    said = _below(draft, "speaker")
    if not draft.answers.get("readers"):
        return said
    for path in WHO_REPORTS:
        name = path.rpartition("/")[2]
        if name in said:
            said[name] = {"text": said[name], "readers": [COMPLAINANT, *readers_of(draft, path)]}
    return said


def _exhibit(draft: Draft, one: KeptFile) -> Value:
    said = {"file": one.name, "caption": one.caption, "hidden-data": _hidden(one)}
    return said if one.readers is None else {**said, "readers": chosen_for(draft, one)}


def chosen_for(draft: Draft, one: KeptFile) -> list[str]:
    """Return who reads a file for which that was chosen: of those who read the report still."""
    offered = readers_of(draft, FILE)
    return [COMPLAINANT, *(code for code in offered if code in (one.readers or ()))]


def _hidden(one: KeptFile) -> str:
    return KEPT if one.keeps_original or not one.is_cleaned else REMOVED


def written_in(draft: Draft, language: str) -> str:
    """Return the language of what was written: by its letters, else that of the page, else none.

    Khmer is also written in Latin letters: on a page in Khmer these tell nothing.
    """
    words = "".join(
        text for path, values in draft.answers.items() if path.endswith("/what") for text in values
    )
    return spoken_in(words, language)


def _below(draft: Draft, start: str) -> Value:
    return {
        path[len(start) + 1 :]: values[0]
        for path, values in draft.answers.items()
        if path.startswith(f"{start}/") and "/" not in path[len(start) + 1 :]
    }


def _item(draft: Draft, name: str, number: int) -> Value:
    start = f"{name}/{number}"
    value = _below(draft, start)
    value.pop("date-to", None)
    value.pop("about", None)
    if name != "allegations":
        return value
    value["how-known"] = draft.answers.get(f"{start}/how-known", [])
    value["date"] = _date(draft, start)
    value["actor"] = _below(draft, f"{start}/actor")
    value["place"] = _place(_below(draft, f"{start}/place"))
    value["targets"] = [_target(draft, f"{start}/targets/{one}") for one in draft.people(number)]
    return value


def _target(draft: Draft, start: str) -> Value:
    # What is said of one person stands before what is said for all, answer by answer.
    own = _below(draft, f"{start}/consent")
    consent = {"consent": {**_below(draft, "consent"), **own}} if own else {}
    return {**_below(draft, start), **consent}


def _place(typed: Value) -> Value:
    """Return a place with the code that was chosen for a level beside the words for it."""
    codes = {level: typed.pop(f"{level}{PLACE_CODE}", "") for level in PLACE_LEVELS}
    chosen = {
        level: {"code": code, **({"name": typed[level]} if level in typed else {})}
        for level, code in codes.items()
        if code
    }
    return {**typed, **chosen}


def _date(draft: Draft, start: str) -> Any:
    first, last = draft.text(f"{start}/date"), draft.text(f"{start}/date-to")
    if last:
        return _readable({"from": first or None, "to": last}, f"{first} - {last}")
    if first and draft.text(f"{start}/about"):
        return _readable({"about": first}, first)
    return _readable(first, first) if first else None


def _with_date(value: Value) -> Value:
    typed = value.get("date")
    return {**value, "date": _readable(typed, typed)} if typed else value


def _readable(value: Any, words: str) -> Any:
    """Return a date, or the words in which it was told where no calendar has it."""
    try:
        read_when(value)
    except Problem:
        return {"words": words}
    return value
