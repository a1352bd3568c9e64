"""The pages that are looked at, by name: each kind of page, in each state that it can have."""

import re
from collections.abc import Callable, Mapping

from answerable.core.numbers import DocketNumber
from tests.support.published import Cast

PAGES: Mapping[str, Callable[[Cast], str]] = {
    "home": lambda _: "",
    "list": lambda _: "/register",
    "list-last-page": lambda _: "/register?page=2",
    "not-listed": lambda _: "/not-listed",
    "list-late": lambda _: "/register?owed=late",
    "list-of-none": lambda _: "/register?owed=late&turn=complainant",
    "case-late": lambda cast: f"/register/{cast.late}",
    "case-quoted": lambda cast: f"/register/{cast.quoted}",
    "case-contested": lambda cast: f"/register/{cast.contested}",
    "case-declined": lambda cast: f"/register/{cast.declined}",
    "case-matters": lambda cast: f"/register/{cast.matters}",
    "case-played": lambda cast: f"/register/{cast.played}",
    "clocks": lambda cast: f"/register/{cast.contested}/clock",
    "figures": lambda _: "/figures",
    "figure-with-cases": lambda _: "/figures/outcome/no-answer",
    "figure-of-speed": lambda _: "/figures/days/opening/median",
    "rules": lambda _: "/rules",
    "procedure": lambda _: "/rules/procedures/training-mechanism@2",
    "calendar": lambda _: "/rules/calendars/kh@2026-11",
    "bodies": lambda _: "/bodies",
    "body": lambda _: "/bodies/p5",
    "responses": lambda _: "/responses",
    "keys": lambda _: "/keys",
    "data": lambda _: "/open-data",
    "verify": lambda _: "/verify",
    "accessibility": lambda _: "/accessibility",
    "privacy": lambda _: "/privacy",
    "standings": lambda _: "/standings",
    "nothing-there": lambda _: "/nothing-here",
    "not-a-number": lambda _: "/find?number=x",
    "not-in-register": lambda _: f"/find?number={DocketNumber('XA', 2026, 999)}",
}

ERRORS = {"nothing-there": 404, "not-a-number": 404, "not-in-register": 404}

_KINDS = (
    (r"/register/[^.]+/clock", "clocks"),
    (r"/register/[^.]+", "case"),
    (r"/register(\?.*)?", "list"),
    (r"/figures/.+", "figure"),
    (r"/bodies/.+", "body"),
    (r"/responses/.+", "response"),
    (r"/rules/procedures/.+", "procedure"),
    (r"/rules/calendars/.+", "calendar"),
)


def kind_of(address: str) -> str:
    """Return which kind of page an address is of; one that is alone is its own kind."""
    rest = re.sub(r"^/[a-z]{2}(?=/|$)", "", address)
    return next((kind for rule, kind in _KINDS if re.fullmatch(rule, rest)), rest)
