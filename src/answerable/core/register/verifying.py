"""Checking a register without its database: every difference is named, none is mended."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from answerable.core.acts import Envelope, Json
from answerable.core.canonical import encode
from answerable.core.errors import AnswerableError, Malformed, Refusal
from answerable.core.figures.counting import count_case
from answerable.core.figures.judging import AsOf, add_case
from answerable.core.opening import Opened
from answerable.core.register.accounts import Weeks
from answerable.core.register.ledgers import LedgerFiles, ledger_entries
from answerable.core.register.linking import check_links, check_rounds
from answerable.core.register.pages import (
    CASES,
    INDEX,
    LEDGER,
    MECHANISM,
    RESPONSES,
    RegisterUnreadable,
    derived,
    envelope_shown,
    index_of,
    openings_in,
    value_of,
)
from answerable.core.register.responses import derived as response_derived
from answerable.core.register.responses import shown_too_much
from answerable.core.register.showing import is_shown, shown_paths
from answerable.core.register.sums import Checked, Files, check_accounts, check_figures

READERS = ("public",)


ZoneOf = Callable[[str], Callable[[int], date]]
"""The day on which an instant falls in a time zone."""


def check_register(files: Files, ledger: LedgerFiles, zone_of: ZoneOf) -> Checked:
    """Return what a register shows, and every difference from what it says.

    Raises:
        RegisterUnreadable: there is no index that can be read.
        Undecidable: the policy knows no key of a ledger; nothing else was looked at.
    """
    data = files.read(INDEX)
    if data is None:
        raise RegisterUnreadable("no index", file=INDEX)
    checked = Checked(index_of(data))
    _check_files(files, checked)
    entries = _entries(files, ledger, checked)
    day_of = zone_of(checked.index.zone)
    shown: list[tuple[int, Envelope]] = []
    for name in sorted(checked.index.files):
        if name.startswith(RESPONSES):
            shown += _check_response(files, name, entries, checked)
        elif name == MECHANISM or name.startswith(CASES):
            shown += _check_docket(
                files, name, entries=entries, checked=checked, as_of=AsOf(checked.index.at, day_of)
            )
    checked.acts = len(shown)
    checked.entries, checked.shown = entries, frozenset(position for position, _ in shown)
    checked.unexplained = checked.size - len(checked.shown)
    check_links([act for _, act in shown], checked)
    check_rounds([act for _, act in shown], checked)
    check_accounts(files, shown, checked, Weeks(day_of, checked.index.at))
    check_figures(files, checked)
    return checked


def _check_files(files: Files, checked: Checked) -> None:
    there = set(files.names()) - {INDEX}
    for name in sorted(there - set(checked.index.files)):
        checked.differs("register-file-extra", file=name)
    for name, digest in sorted(checked.index.files.items()):
        data = files.read(name)
        if data is None:
            checked.differs("register-file-missing", file=name)
        elif sha256(data).hexdigest() != digest:
            checked.differs("register-file-differs", file=name)


def _entries(files: Files, ledger: LedgerFiles, checked: Checked) -> dict[bytes, int]:
    """Return the positions of all commitments of the ledgers that the register holds."""
    found: dict[bytes, int] = {}
    for folder in checked.index.ledgers:
        if not f"{folder}/".startswith(LEDGER):
            checked.differs("register-ledger-wrong", file=folder, problem="folder")
            continue
        try:
            commitments = ledger_entries(_below(files, folder), ledger)
        except (Malformed, Refusal) as problem:
            checked.differs("register-ledger-wrong", file=folder, problem=problem.code)
            continue
        first = checked.size
        found.update((one, first + at) for at, one in enumerate(commitments))
        checked.size += len(commitments)
    return found


def _below(files: Files, folder: str) -> Callable[[str], bytes | None]:
    return lambda name: files.read(f"{folder}/{name}")


def _check_docket(
    files: Files, name: str, *, entries: Mapping[bytes, int], checked: Checked, as_of: AsOf
) -> Iterator[tuple[int, Envelope]]:
    data = files.read(name)
    if data is None:
        return
    try:
        value = value_of(data, name)
        acts = list(_acts_of(value, name, entries, checked))
    except AnswerableError as problem:
        checked.differs("register-page-wrong", file=name, problem=problem.code)
        return
    yield from acts
    envelopes = [act for _, act in acts]
    if name == MECHANISM:
        return
    checked.cases += 1
    if _is_whole(value, name, envelopes, checked):
        try:
            _check_folded(value, derived(envelopes), checked)
            add_case(checked.tally, count_case(envelopes), as_of)
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
) -> Iterator[tuple[int, Envelope]]:
    for opening in openings_in(value, name):
        opened = opening.opened()
        act = envelope_shown(opened)
        position = _position(opened, act, entries, checked)
        too_much = {item.path for item in opened.envelope} - shown_paths(act)
        private = [item.path for item in opened.content if not set(READERS) & set(item.readers)]
        if too_much or private or not is_shown(act):
            checked.differs("register-shows-too-much", number=act.receipt_number)
        if position is not None:
            yield position, act


def _position(
    opened: Opened, act: Envelope, entries: Mapping[bytes, int], checked: Checked
) -> int | None:
    position = entries.get(opened.commitment)
    if position is None:
        checked.differs("register-act-not-in-ledger", number=act.receipt_number)
    return position
