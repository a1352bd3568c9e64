"""F5, F7: the people affected by one allegation: each has short pages, and answers of their own."""

from collections.abc import Callable
from dataclasses import dataclass

from answerable.core.case import limits
from answerable.locale.catalogue import Catalogue
from answerable.locale.visible import shortened
from answerable.web.form.draft import Draft
from answerable.web.form.questions import (
    ALLEGATION_PAGES,
    MOST_ITEMS,
    OF_PEOPLE,
    WHETHER_AGREED,
    WHO_WAS_AFFECTED,
    At,
)
from answerable.web.posted import Posted

MOST = limits.TARGETS
"""The people of one allegation that a record takes."""

ADD, CHANGE, REMOVE = "add-person", "person", "remove-person"
"""The buttons of the list of people; the value of the last two is whom they mean."""

_CALLED_BY = ("name", "initials", "described")
_LABEL = 60
"""The letters of what somebody is called in a list."""


@dataclass(frozen=True, slots=True)
class Affected:
    """A person or group in the list, as they are called there."""

    number: int
    label: str
    is_here: bool


def next_person(draft: Draft, item: int) -> int | None:
    """Return the number of a further person, None where there are as many as a record takes."""
    people = draft.people(item)
    if len(people) >= MOST:
        return None
    further = max(people, default=0) + 1
    if further <= MOST_ITEMS:
        return further
    return next(number for number in range(1, MOST_ITEMS) if number not in people)


def steps(draft: Draft, at: At) -> list[At]:
    """Return the pages of an allegation in order: who each person is, then what each answered."""
    people = _people(draft, at) or [1]
    return [
        At(page.number, at.item, person)
        for page in ALLEGATION_PAGES
        for person in (people if page.number in OF_PEOPLE else [1])
    ]


def instead_of(draft: Draft, at: At) -> At | None:
    """Return the page of somebody who is there, where one is asked for of somebody who is not."""
    people = draft.people(at.item) if at.page in OF_PEOPLE else []
    is_begun = at.page == WHO_WAS_AFFECTED.number and at.person == next_person(draft, at.item)
    return None if not people or at.person in people or is_begun else at._replace(person=people[0])


def ordinal(draft: Draft, at: At) -> int | None:
    """Return which person a page is of, None where the allegation has no other."""
    people = _people(draft, at) if at.page in OF_PEOPLE else []
    return people.index(at.person) + 1 if len(people) > 1 else None


def called(draft: Draft, words: Catalogue, at: At) -> str:
    """Return what the person of a page is called: by what was said of them, else by a number."""
    start = f"allegations/{at.item}/targets/{at.person}"
    label = label_of(lambda name: draft.text(f"{start}/{name}"))
    return label or words.say("form.person", number=ordinal(draft, at) or 1)


def label_of(text: Callable[[str], str]) -> str:
    """Return what somebody is called by what was said of them, "" where nothing was."""
    return next(filter(None, (shortened(text(name), _LABEL) for name in _CALLED_BY)), "")


def listed(draft: Draft, words: Catalogue, at: At) -> list[Affected]:
    """Return those who are affected so far, nobody where the page is of the only one."""
    if at.page != WHO_WAS_AFFECTED.number or ordinal(draft, at) is None:
        return []
    of_each = (at._replace(person=one) for one in draft.people(at.item))
    return [Affected(o.person, called(draft, words, o), o == at) for o in of_each]


def removed(draft: Draft, at: At, posted: Posted) -> At:
    """Forget a person, and return the page to go on with. A repeated post removes nobody else."""
    gone = posted.text(REMOVE)
    draft.forget(f"allegations/{at.item}/targets/{gone}")
    others = draft.people(at.item)
    if str(at.person) == gone and others:
        return At(WHO_WAS_AFFECTED.number, at.item, others[0])
    return at


def is_removed(at: At, posted: Posted) -> bool:
    """Whether the person of a page is to be forgotten, so that nothing of it is taken."""
    return posted.text(REMOVE) == str(at.person)


def chosen(draft: Draft, at: At, posted: Posted) -> At | None:
    """Return the page of the person to whom a button of the list leads, None where none did."""
    if at.page not in OF_PEOPLE:
        return None
    number = next_person(draft, at.item) if posted.has(ADD) else None
    wanted = next((o for o in draft.people(at.item) if str(o) == posted.text(CHANGE)), number)
    return None if wanted is None else At(WHO_WAS_AFFECTED.number, at.item, wanted)


def asked_next(draft: Draft, at: At) -> At | None:
    """Return where one of several is asked what they agree to, None where they were."""
    own = at._replace(page=WHETHER_AGREED.number)
    has_answered = any(o.at(at.item, at.person) in draft.answers for o in WHETHER_AGREED.questions)
    is_one_of = at.page == WHO_WAS_AFFECTED.number and len(draft.people(at.item)) > 1
    return own if is_one_of and not has_answered else None


def is_filled(draft: Draft, at: At) -> bool:
    """Whether each person of an allegation has an answer on a page, and there is one."""
    (page,) = (one for one in ALLEGATION_PAGES if one.number == at.page)
    people = draft.people(at.item) if at.page in OF_PEOPLE else [1]
    return bool(people) and all(
        any(one.at(at.item, person) in draft.answers for one in page.questions) for person in people
    )


def _people(draft: Draft, at: At) -> list[int]:
    here = {at.person} if at.page in OF_PEOPLE else set()
    return sorted({*draft.people(at.item)} | here)
