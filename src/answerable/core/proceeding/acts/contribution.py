"""A body drafts, clears and hands over what it has to say on a point, with what that rests on."""

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.errors import Refusal
from answerable.core.figures.criteria import FEW
from answerable.core.proceeding.acts.kind import INSIDE, Deciding, StepKind
from answerable.core.proceeding.contradiction import FIGURE
from answerable.core.proceeding.now import INFORMED, ProceedingNow
from answerable.core.seats import BODY, COLLECTOR

DRAFTED = ActCode("contribution-drafted")
CLEARED = ActCode("contribution-cleared")
GIVEN = ActCode("contribution-given")
DECIDED_ON = ActCode("contradiction-decided")
CITED = ActCode("cases-cited")
CITED_IN = ActCode("cited-in-proceeding")
"""What stands on the case that a point cites: the number of the proceeding, and of the point."""

BASES = ("cases", "findings", "figures", "laws")
POSITIONS = ("supported", "supported-in-part", "noted", "not-supported")


class OnePointWanted(Refusal):
    """The act is about one point by itself, and names none or several."""

    code = "one-point-wanted"


class InformedOnly(Refusal):
    """The body is told of the point, and was not asked to say anything on it."""

    code = "informed-only"


class ContributionEmpty(Refusal):
    """Neither words nor "we have nothing on this": silence is no contribution."""

    code = "contribution-empty"


class NothingAndSomething(Refusal):
    """The body says that it has nothing on the point, and says something."""

    code = "nothing-and-something"


class ContradictsRegister(Refusal):
    """The text says otherwise than the register, and not why it does so all the same.

    ``code`` of the first such sentence, with the counts of the register.
    """

    code = "contradicts-register"


class ContradictsFigure(Refusal):
    """The text gives another number than a figure that it cites, and not why it does so."""

    code = "contradicts-figure"


class NothingContradicted(Refusal):
    """The contribution says nothing otherwise than the register, or that was decided on."""

    code = "nothing-contradicted"


class FigureNotPublished(Refusal):
    """The register has no figure of this code: only what anyone can count again is cited."""

    code = "figure-not-published"


class FigureTooFew(Refusal):
    """The figure is of so few reports from one place that its number could name somebody."""

    code = "figure-too-few"


def _require_asked(deciding: Deciding) -> None:
    party = deciding.asked.by.party
    for number, point in deciding.points().items():
        body = point.bodies.get(party)
        if body is not None and body.role == INFORMED:
            raise InformedOnly(f"{party} on {number}", point=number, party=party)


def _require_said(deciding: Deciding) -> None:
    values = deciding.asked.values
    says = bool(deciding.asked.text("text").strip())
    rests = any(values.get(name) for name in BASES)
    if values.get("nothing") is True:
        if says or rests or deciding.asked.text("position"):
            raise NothingAndSomething("both")
    elif not says and not deciding.asked.text("position"):
        raise ContributionEmpty("neither")


def _require_apart(deciding: Deciding) -> None:
    # Words answer one point, so that they can be edited and relied on alone. Positions, and that
    # there is nothing, may be said of many at once.
    if deciding.asked.text("text").strip() and len(deciding.points()) != 1:
        raise OnePointWanted("one point is wanted", found=len(deciding.asked.allegations))


def _require_figures(deciding: Deciding) -> None:
    cited = deciding.asked.values.get("figures")
    for code in cited if isinstance(cited, list) else ():
        figure = deciding.figures.get(str(code))
        if figure is None:
            raise FigureNotPublished(f"no figure {code}", figure=str(code))
        if figure.few:
            raise FigureTooFew(f"few of {code}", figure=str(code), few=FEW)


def require_reconciled(deciding: Deciding) -> None:
    """Return if the text says nothing otherwise than the register, or why it does.

    Raises:
        ContradictsRegister: with the first sentence's kind, how many there are, and the counts.
        ContradictsFigure: with the figures that are cited and whose number is not given.
    """
    if not deciding.contradictions or deciding.asked.text("despite").strip():
        return
    first = deciding.contradictions[0]
    if first.code == FIGURE:
        figures = ", ".join(f"{code}: {value}" for code, value in first.register.items())
        raise ContradictsFigure(first.code, figures=figures)
    counts = {name: first.register.get(key, 0) for name, key in _TOLD.items()}
    raise ContradictsRegister(
        first.code, kind=first.code, sentences=len(deciding.contradictions), **counts
    )


_TOLD = {
    "submissions": "submissions",
    "allegations": "allegations",
    "confirmed": "confirmed",
    "not_examined": "not-examined",
    "no_answer": "no-answer",
}


def _require_contradicted(deciding: Deciding) -> None:
    _, party, body = deciding.contribution()
    if not body.warned or body.decided:
        raise NothingContradicted(f"{body.given}", act=body.given, party=party)


def _drafted(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    return now.set(act.allegations, act.by.party, drafted=act.sequence, cleared=0)


def _cleared(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    return now.set(act.allegations, act.by.party, cleared=act.sequence)


def _given(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    facts = act.facts
    bases = sum(count for name in BASES if type(count := facts.get(name)) is int)
    # What was said of an earlier contribution is not said of this one.
    return now.set(
        act.allegations,
        act.by.party,
        given=act.sequence,
        words=facts.get("words") is True,
        bases=bases,
        edit=0,
        answered=0,
        refused=False,
        warned=_count(act, "contradictions"),
        decided=0,
    )


def _decided_on(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    cited = act.facts.get("acts")
    for number, party, body in now.contributions():
        if cited == [body.given]:
            return now.set((number,), party, decided=act.sequence)
    return now


def _count(act: Envelope, name: str) -> int:
    value = act.facts.get(name)
    return value if type(value) is int else 0


_CASES = Part("cases", Shape.TEXTS, required=False, fact="cases", readers=INSIDE)
_DESPITE = Part("despite", required=False, readers=INSIDE)

CONTRIBUTION = (
    StepKind(
        code=DRAFTED,
        verb="draft",
        by=(BODY,),
        parts=(Part("text", required=False, readers=("author",)),),
        rules=(_require_asked,),
        after=_drafted,
        enterable=False,
    ),
    StepKind(
        code=CLEARED,
        verb="clear-contribution",
        by=(BODY,),
        parts=(Part("cleared-by", readers=INSIDE),),
        rules=(_require_asked,),
        after=_cleared,
    ),
    StepKind(
        code=GIVEN,
        verb="contribute",
        by=(BODY,),
        parts=(
            Part("text", required=False, readers=INSIDE),
            Part("nothing", Shape.YES_NO, required=False, fact="nothing"),
            Part("position", Shape.CODE, required=False, fact="position", choices=POSITIONS),
            _CASES,
            Part("findings", Shape.TEXTS, required=False, fact="findings", readers=INSIDE),
            Part("figures", Shape.TEXTS, required=False, fact="figures", readers=INSIDE),
            Part("laws", Shape.TEXTS, required=False, fact="laws", readers=INSIDE),
            _DESPITE,
        ),
        rules=(
            *(_require_asked, _require_said, _require_apart, _require_figures),
            require_reconciled,
        ),
        after=_given,
    ),
    StepKind(
        code=DECIDED_ON,
        verb="decide-contradiction",
        by=(COLLECTOR,),
        parts=(Part("acts", Shape.ACTS, fact="acts"), Part("decision", readers=INSIDE)),
        rules=(_require_contradicted,),
        after=_decided_on,
        one=True,
    ),
    StepKind(
        code=CITED,
        verb="cite",
        by=(COLLECTOR, BODY),
        parts=(_CASES._replace(required=True),),
        one=True,
    ),
)
