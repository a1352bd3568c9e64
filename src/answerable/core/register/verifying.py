"""Checking a register without its database: every difference is named, none is mended."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from answerable.core.acts import Envelope, Json
from answerable.core.canonical import encode
from answerable.core.case.exposure import Place
from answerable.core.errors import AnswerableError
from answerable.core.figures.counting import count_case
from answerable.core.figures.judging import AsOf, add_case
from answerable.core.opening import Opened
from answerable.core.register.accounts import Weeks
from answerable.core.register.entries import Positions
from answerable.core.register.ledgers import LedgerFiles
from answerable.core.register.linking import check_links, check_rounds
from answerable.core.register.pages import (
    CASES,
    INDEX,
    MECHANISM,
    RESPONSES,
    RegisterUnreadable,
    derived_in,
    envelope_shown,
    index_of,
    openings_in,
    value_of,
)
from answerable.core.register.responses import derived as response_derived
from answerable.core.register.responses import shown_too_much
from answerable.core.register.showing import LINK_ACTS, is_shown, shown_paths
from answerable.core.register.shown import ShownAct
from answerable.core.register.signed import SignedShown
from answerable.core.register.sums import (
    Accounted,
    Checked,
    Files,
    check_accounts,
    check_figures,
)
from answerable.core.register.whole import check_files, entries_of
from answerable.core.register.widening import made_public

READERS = ("public",)
TOGETHER = 256
"""How many cases are summed up together: what each says by itself is not kept."""


ZoneOf = Callable[[str], Callable[[int], date]]
"""The day on which an instant falls in a time zone."""


Seen = Callable[[str, Sequence[ShownAct]], None]
"""Is given each case whose acts were opened out of the very file that the index names.

A case that it is not given must not be read again without proof (again.py).
"""


def check_register(
    files: Files, ledger: LedgerFiles, zone_of: ZoneOf, seen: Seen | None = None
) -> Checked:
    """Return what a register shows, and every difference from what it says.

    ``seen`` gets the cases one by one, so that nobody reads them twice.

    Raises:
        RegisterUnreadable: there is no index that can be read.
        Undecidable: the policy knows no key of a ledger; nothing else was looked at.
    """
    data = files.read(INDEX)
    if data is None:
        raise RegisterUnreadable("no index", file=INDEX)
    checked = Checked(index_of(data), SignedShown(ledger.verify))
    check_files(files, checked)
    entries = entries_of(files, ledger, checked)
    day_of = zone_of(checked.index.zone)
    checked.entries, checked.shown = entries, Positions(checked.size)
    accounted = Accounted(files, Weeks(day_of, checked.index.at))
    linking: list[Envelope] = []
    as_of = AsOf(checked.index.at, day_of)
    for name in sorted(checked.index.files):
        found: Iterable[tuple[int, Envelope]] = ()
        if name.startswith(RESPONSES):
            found = _check_response(files, name, entries, checked)
        elif name == MECHANISM or name.startswith(CASES):
            found = _check_docket(
                files,
                name,
                entries=entries,
                checked=checked,
                as_of=as_of,
                seen=seen,
            )
        for position, act in found:
            # Of a million acts nothing is kept but where they are, and those that name a docket.
            checked.acts += 1
            checked.shown.add(position)
            accounted.add(position, act)
            linking += [act] if act.act in LINK_ACTS or "follows" in act.facts else []
    for facts in checked.signed.of_no_key():
        checked.differs("register-signature-of-no-key", **facts)
    checked.unexplained = checked.size - len(checked.shown)
    check_links(linking, checked)
    check_rounds(linking, checked)
    check_accounts(files, accounted, checked)
    check_figures(files, checked)
    return checked


def _check_docket(
    files: Files,
    name: str,
    *,
    entries: Mapping[bytes, int],
    checked: Checked,
    as_of: AsOf,
    seen: Seen | None,
) -> list[tuple[int, Envelope]]:
    data = files.read(name)
    if data is None:
        return []
    try:
        value = value_of(data, name)
        shown = list(_acts_of(value, name, entries, checked))
    except AnswerableError as problem:
        checked.differs("register-page-wrong", file=name, problem=problem.code)
        return []
    acts = [(position, act.envelope) for position, act in shown if position is not None]
    if name != MECHANISM:
        # These octets, and not those of a moment ago: a file may change while it is checked.
        if seen is not None and sha256(data).hexdigest() == checked.index.files[name]:
            seen(name, [act for _, act in shown])
        _check_case(value, name, [act for _, act in acts], checked=checked, as_of=as_of)
    return acts


def _check_case(
    value: Mapping[str, Any],
    name: str,
    envelopes: list[Envelope],
    *,
    checked: Checked,
    as_of: AsOf,
) -> None:
    checked.cases += 1
    if _is_whole(value, name, envelopes, checked):
        try:
            _check_folded(value, derived_in(value, envelopes), checked)
            add_case(checked.tally, count_case(envelopes), as_of)
            if len(checked.tally.across) == TOGETHER:
                checked.tally.settle_across()
        except (AnswerableError, KeyError, TypeError, ValueError):
            checked.differs("register-page-wrong", file=name, problem="register-unreadable")


def _check_response(
    files: Files, name: str, entries: Mapping[bytes, int], checked: Checked
) -> list[tuple[int, Envelope]]:
    data = files.read(name)
    if data is None:
        return []
    try:
        value = value_of(data, name)
        opened = [opening.opened() for opening in openings_in(value, name)]
        acts = [envelope_shown(one) for one in opened]
    except AnswerableError as problem:
        checked.differs("register-page-wrong", file=name, problem=problem.code)
        return []
    checked.proceedings += 1
    for number in shown_too_much(acts, opened):
        checked.differs("register-shows-too-much", number=number)
    if _is_whole(value, name, acts, checked):
        try:
            _check_folded(value, response_derived(acts), checked)
        except (AnswerableError, KeyError, TypeError, ValueError):
            checked.differs("register-page-wrong", file=name, problem="register-unreadable")
    return [
        (at, act)
        for act, one in zip(acts, opened, strict=True)
        if (at := _position(one, act, entries, checked)) is not None
    ]


def _is_whole(value: Mapping[str, Any], name: str, acts: list[Envelope], checked: Checked) -> bool:
    number, whole = str(value.get("number")), [act.sequence for act in acts]
    folder = CASES if name.startswith(CASES) else RESPONSES
    if name != f"{folder}{number}.json" or {act.docket for act in acts} != {number}:
        checked.differs("register-case-mixed", file=name)
    elif whole != sorted(set(whole)) or whole[:1] != [1]:
        checked.differs("register-case-not-whole", number=number)
    else:
        return True
    return False


def _check_folded(value: Mapping[str, Any], folded: Mapping[str, Json], checked: Checked) -> None:
    for what, told in folded.items():
        if encode(value.get(what)) != encode(told):
            number = str(value.get("number"))
            checked.differs("register-case-differs", number=number, what=what)


def _acts_of(
    value: Mapping[str, Any], name: str, entries: Mapping[bytes, int], checked: Checked
) -> Iterator[tuple[int | None, ShownAct]]:
    every = [opening.opened() for opening in openings_in(value, name)]
    acts = [(envelope_shown(opened), opened) for opened in every]
    public = made_public(acts, entries)
    for act, opened in acts:
        position = _position(opened, act, entries, checked)
        too_much = {item.path for item in opened.envelope} - shown_paths(act)
        private = [
            item.path
            for item in opened.content
            if not set(READERS) & set(item.readers) and Place(act.sequence, item.path) not in public
        ]
        if too_much or private or not is_shown(act):
            checked.differs("register-shows-too-much", number=act.receipt_number)
        said = {item.path: item.value for item in opened.content}
        yield position, ShownAct(act, said, opened.commitment)


def _position(
    opened: Opened, act: Envelope, entries: Mapping[bytes, int], checked: Checked
) -> int | None:
    position = entries.get(opened.commitment)
    if position is None:
        checked.differs("register-act-not-in-ledger", number=act.receipt_number)
    elif not checked.signed.fits(position, act, opened):
        checked.differs("register-signature-wrong", number=act.receipt_number)
    return position
