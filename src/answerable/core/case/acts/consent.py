"""Consent that is narrowed, and the word of those who hold what it covers that they know."""

import re
from collections.abc import Iterable, Mapping

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope, Json
from answerable.core.case.acts.citing import acts_of, cited
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT, MEMBER, MONITOR, SECRETARIAT

NARROWED = ActCode("consent-narrowed")
ACKNOWLEDGED = ActCode("consent-acknowledged")
PURPOSES = ("included", "named-to-body", "contacted", "published")

CONSENT_ACTS = Part("consent-acts", Shape.ACTS, fact="consent")
"""On what consent it rests that a body or unit is shown something (case.md 3)."""

NAMED_TO_BODY = "consent/named-to-body"
"""How the path of a field of a submission ends that says whether a body may be told a name."""

_PERSON = re.compile("allegations/[0-9]+/targets/[0-9]+(?=/)")

_CONSENTING = frozenset({"submitted", "party-joined", "consent-narrowed"})


class ConsentNotCited(Refusal):
    """An act that is cited as a consent is none."""

    code = "consent-not-cited"


class ConsentNarrower(Refusal):
    """A consent was narrowed, and what is shown to a body does not cite the act that did so."""

    code = "consent-narrower"


class ConsentNotStated(Refusal):
    """A body is shown a text, and neither the submission nor a cited act says with what consent."""

    code = "consent-not-stated"


class NothingNarrowed(Refusal):
    """The act that is cited narrows no consent."""

    code = "nothing-narrowed"


class ConsentAcknowledgedBefore(Refusal):
    """The party acknowledged before that the consent is narrower."""

    code = "consent-acknowledged-before"


def all_may_be_named(said: Mapping[str, Json]) -> bool:
    """Whether a submission says of each person in it that a body may be told who that is.

    What one person answered is said for no other: each has an answer of their own, or that for all.
    """
    told = [value for path, value in said.items() if path.endswith(NAMED_TO_BODY)]
    people = {found[0] for path in said if (found := _PERSON.match(path))}
    of_each = [said.get(f"{one}/{NAMED_TO_BODY}", said.get(NAMED_TO_BODY)) for one in people]
    return bool(told) and all(one == "yes" for one in (*told, *of_each))


def require_consent_checked(deciding: Deciding) -> None:
    """Return if what a body is shown names the consent on which it rests.

    Who agreed in the submission to be named to a body, and narrowed nothing since, is cited by it.

    Raises:
        ConsentNotStated, ConsentNotCited, ConsentNarrower: with the number of the act.
    """
    checked = deciding.asked.acts(CONSENT_ACTS.name)
    if not checked and not deciding.may_be_named:
        raise ConsentNotStated("no consent is cited")
    for number in checked:
        act = deciding.act(number)
        if act is None or act.act not in _CONSENTING:
            raise ConsentNotCited(f"{number} holds no consent", act=number)
    for act in deciding.of(NARROWED):
        if act.sequence not in checked:
            raise ConsentNarrower(f"narrowed by {act.sequence}", act=act.sequence)


def _require_narrowed(deciding: Deciding) -> None:
    for act in cited(deciding):
        if act.act != NARROWED:
            raise NothingNarrowed(f"{act.sequence}", act=act.sequence)


def _require_first(deciding: Deciding) -> None:
    cites, party = set(deciding.asked.acts("acts")), deciding.asked.by.party
    for act in deciding.acts:
        if act.act == ACKNOWLEDGED and act.by.party == party and cites <= set(acts_of(act)):
            raise ConsentAcknowledgedBefore(f"by {act.sequence}", act=act.sequence)


def acknowledgements(acts: Iterable[Envelope]) -> dict[int, tuple[Envelope, ...]]:
    """Return for each narrowing of a consent, by its number, the acts that acknowledge it."""
    found: dict[int, tuple[Envelope, ...]] = {}
    for act in acts:
        if act.act == NARROWED:
            found[act.sequence] = ()
        for number in acts_of(act) if act.act == ACKNOWLEDGED else ():
            if number in found:
                found[number] = (*found[number], act)
    return found


CONSENTS = (
    ActKind(
        code=NARROWED,
        verb="narrow-consent",
        by=(COMPLAINANT,),
        parts=(
            Part("purpose", Shape.CODE, fact="purpose", choices=PURPOSES),
            Part("scope"),
            Part("whose", required=False, readers=("complainant", "secretariat", "monitor")),
        ),
    ),
    ActKind(
        code=ACKNOWLEDGED,
        verb="acknowledge-consent",
        by=(SECRETARIAT, MEMBER, MONITOR),
        parts=(Part("acts", Shape.ACTS, fact="acts"), Part("holds", required=False)),
        rules=(_require_narrowed, _require_first),
    ),
)
