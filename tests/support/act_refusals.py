"""Which refusals each act may meet: followed from its rules through what they call."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import CodeType, FunctionType

from answerable.core.act_form import Carries
from answerable.core.acts import ActCode
from answerable.core.case.acts.kind import ActKind, When
from answerable.core.case.acts.table import ACTS
from answerable.core.case.deciding import require
from answerable.core.errors import AnswerableError, Refusal
from answerable.core.proceeding.acts.kind import StepKind
from answerable.core.proceeding.acts.table import STEPS
from answerable.core.proceeding.deciding import require as require_step
from answerable.core.seats import BODY, COLLECTOR, COMPLAINANT, HANDLER, MONITOR


def is_timed(kind: ActKind) -> bool:
    """Whether the table, or the procedure after it, says in which states an act is done."""
    return kind.when is not When.ANY or kind.narrowed is not None


ONLY_WHERE: Mapping[str, tuple[str, Callable[[ActKind], bool]]] = {
    "no-such-allegation": ("that names allegations", lambda kind: not kind.whole),
    "not-handler": ("that is by the handler", lambda kind: HANDLER in kind.by),
    "not-your-case": ("that is by the complainant", lambda kind: COMPLAINANT in kind.by),
    "never-for-another": ("that is never entered for another", lambda kind: not kind.enterable),
    "evidence-missing": ("that may be entered for another", lambda kind: kind.enterable),
    "entered-for-itself": ("that may be entered for another", lambda kind: kind.enterable),
    "not-now": ("that is not at any time", is_timed),
    "case-concluded": ("that is not at any time", is_timed),
    "exhibit-wanted": ("that hands in a file", lambda kind: kind.exhibits is Carries.MUST),
    "no-exhibits-here": (
        "that comes without files",
        lambda kind: kind.exhibits is Carries.NONE,
    ),
    "exhibit-shown-too-widely": (
        "that may come with files",
        lambda kind: kind.exhibits is not Carries.NONE or kind.enterable,
    ),
    "act-incomplete": ("that must say something", lambda kind: any(p.required for p in kind.parts)),
}
"""What ``require`` refuses of some kinds of act only, and of which. All else it refuses of each."""


ONLY_OF_STEPS: Mapping[str, tuple[str, Callable[[StepKind], bool]]] = {
    "not-the-collector": (
        "that is by the collector alone",
        lambda kind: COLLECTOR in kind.by and BODY not in kind.by,
    ),
    "not-assigned": ("that is by a body", lambda kind: BODY in kind.by),
    "not-the-monitor": ("that is by the monitor alone", lambda kind: kind.by == (MONITOR,)),
    "never-for-another": ("that is never entered for another", lambda kind: not kind.enterable),
    "evidence-missing": ("that may be entered for another", lambda kind: kind.enterable),
    "evidence-alone": ("that may be entered for another", lambda kind: kind.enterable),
    "entered-for-itself": ("that may be entered for another", lambda kind: kind.enterable),
    "no-such-point": ("that names points", lambda kind: not kind.whole),
    "one-point-wanted": ("that is about one point", lambda kind: kind.one),
    "act-incomplete": ("that must say something", lambda kind: any(p.required for p in kind.parts)),
}
"""The same of what is refused of an act on a proceeding."""


def reached_from(function: Callable[..., object]) -> frozenset[type[AnswerableError]]:
    """Return the errors with a code that a function names, or that any function it names does.

    A name is looked up where the function would: among its globals and what it closes over. So it
    is found whatever it is imported as, and a class that is only mentioned in words is not. It says
    too much rather than too little: a class that is named there and never raised is in it.
    """
    seen: set[object] = set()
    found: set[type[AnswerableError]] = set()
    waiting: list[object] = [function]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, AnswerableError) and "code" in vars(one):
            found.add(one)
        if isinstance(one, tuple | list):
            waiting += [item for item in one if callable(item)]
        if isinstance(one, FunctionType) and id(one) not in seen and _is_ours(one):
            seen.add(id(one))
            waiting += _named_in(one)
    return frozenset(found)


def _is_ours(function: FunctionType) -> bool:
    return function.__module__.startswith("answerable.")


def _named_in(function: FunctionType) -> Iterator[object]:
    for code in _codes(function.__code__):
        yield from (
            function.__globals__[name] for name in code.co_names if name in function.__globals__
        )
    yield from (cell.cell_contents for cell in function.__closure__ or ())
    yield from function.__defaults__ or ()


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


@cache
def of_every_act() -> frozenset[str]:
    """Return the codes of what ``require`` itself refuses."""
    return frozenset(_codes_of(require))


@cache
def of_its_rules(code: ActCode) -> frozenset[str]:
    """Return the codes of what the rules of an act refuse."""
    kind = ACTS[code]
    rules: list[Callable[..., object]] = [*kind.rules, *kind.counted]
    return frozenset(code for rule in rules for code in _codes_of(rule))


def refusals_of(code: ActCode) -> frozenset[str]:
    """Return the codes of every refusal that an act may meet."""
    kind = ACTS[code]
    anyway = {one for one in of_every_act() if one not in ONLY_WHERE or ONLY_WHERE[one][1](kind)}
    return frozenset(anyway | of_its_rules(code))


@cache
def of_every_step() -> frozenset[str]:
    """Return the codes of what is refused of any act on a proceeding, before its own rules."""
    return frozenset(_codes_of(require_step))


@cache
def of_rules_of_step(code: ActCode) -> frozenset[str]:
    """Return the codes of what the rules of an act on a proceeding refuse."""
    return frozenset(told for rule in STEPS[code].rules for told in _codes_of(rule))


def refusals_of_step(code: ActCode) -> frozenset[str]:
    """Return the codes of every refusal that an act on a proceeding may meet."""
    kind = STEPS[code]
    anyway = {
        one for one in of_every_step() if one not in ONLY_OF_STEPS or ONLY_OF_STEPS[one][1](kind)
    }
    return frozenset(anyway | of_rules_of_step(code))


def _codes_of(function: Callable[..., object]) -> Iterator[str]:
    return (error.code for error in reached_from(function) if issubclass(error, Refusal))
