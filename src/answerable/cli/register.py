"""``answerable register``: what the mechanism publishes, and the check of what was published."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.files import read
from answerable.cli.group import Noun, Verb
from answerable.cli.output import DONE, NOT_VALID, Json, Result
from answerable.cli.surface import Surface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from answerable.core.ledger.policy import Policy
    from answerable.core.register.sums import Checked, Difference, Files

POLICY_FILE = "ledger/policy"
LONGEST_FILE = 1 << 30


@click.group(cls=Noun)
def register() -> None:
    pass


@register.command(cls=Verb)
@click.argument("folder")
@click.pass_obj
def publish(surface: Surface, folder: str) -> int:
    application = surface.application()
    with surface.progress() as told:
        done = application.publish_register(folder, told)
    facts: dict[str, str | int] = {
        "folder": folder,
        "entries": done.entries,
        "cases": done.cases,
        "silhouettes": done.silhouettes,
        "proceedings": done.proceedings,
        "files": done.files,
    }
    said = {**facts, "proceedings": done.proceedings or None}
    return surface.tell(Result("register", facts, surface.say("register.published", **said)))


@register.command(cls=Verb)
@click.argument("folder")
@click.option("--policy")
@click.option("--held", metavar="RECEIPT")
@click.pass_obj
def verify(surface: Surface, folder: str, policy: str | None, held: str | None) -> int:
    checked = checked_register(surface, folder, policy)
    lines = [surface.say(f"difference.{one.code}", **one.facts) for one in checked.differences]
    facts: dict[str, Json] = {
        "at": checked.index.at_text,
        "origin": checked.index.origin,
        "entries": checked.size,
        "explained": checked.size - checked.unexplained,
        "unexplained": checked.unexplained,
        "cases": checked.cases,
        "proceedings": checked.proceedings,
    }
    known = {name: value for name, value in facts.items() if isinstance(value, (str, int))}
    told: dict[str, str | int | None] = {**known, "proceedings": checked.proceedings or None}
    if checked.differences:
        lines.append(surface.say("register.differs", found=len(checked.differences)))
    else:
        lines.append(surface.say("register.holds", **told))
    lines.append(surface.say("register.not-checked"))
    lines.append(surface.say("register.policy-given" if policy else "register.policy-own"))
    facts["differences"] = [_facts(one) for one in checked.differences]
    ended = NOT_VALID if checked.differences else DONE
    if held is not None:
        found = _held(surface, checked, held, _policy_of(folder, policy))
        facts["held"] = found
        lines.append(surface.say(f"held.{found}"))
        ended = NOT_VALID if found == "not-in-ledger" else ended
    return surface.tell(Result("register-verified", facts, "\n".join(lines), ended))


def _held(surface: Surface, checked: "Checked", file: str, policy: "Policy") -> str:
    """Return what the register makes of a receipt, which must be proven by the same policy."""
    from answerable.core.ledger.proof import MAX_RECEIPT_BYTES, Receipt  # noqa: PLC0415 - loaded where it is used
    from answerable.core.ledger.receipt import verify_receipt  # noqa: PLC0415 - as above
    from answerable.core.register.held import held_in  # noqa: PLC0415 - as above

    receipt, offline = Receipt.parse(read(file, MAX_RECEIPT_BYTES)), surface.offline
    verify_receipt(receipt, policy, offline.verify, now_seconds=offline.now_seconds)
    return str(held_in(checked, receipt))


def _policy_of(folder: str, policy: str | None) -> "Policy":
    from answerable.core.ledger.policy import MAX_POLICY_BYTES, parse_policy  # noqa: PLC0415 - loaded where it is used

    return parse_policy(read(policy or str(Path(folder) / POLICY_FILE), MAX_POLICY_BYTES))


def checked_register(surface: Surface, folder: str, policy: str | None = None) -> "Checked":
    """Return what a register's folder shows, and every difference from what it says.

    Raises:
        CannotRead, RegisterUnreadable, Undecidable: nothing can be said of it.
    """
    from answerable.core.register.ledgers import LedgerFiles  # noqa: PLC0415 - as below
    from answerable.core.register.verifying import check_register  # noqa: PLC0415 - loaded where it is used

    offline, files = surface.offline, _files(folder)
    trusted = _policy_of(folder, policy)
    by = LedgerFiles(trusted, offline.verify, offline.now_seconds)
    return check_register(files, by, _days_in)


def windows_told(surface: Surface, folder: str, checked: "Checked") -> frozenset[str]:
    """Return the clocks of which nobody is late, by the rules that a register's folder holds."""
    from answerable.casework.published_rules import published_procedures  # noqa: PLC0415 - as below
    from answerable.core.case.acts.windows import windows_in  # noqa: PLC0415 - loaded where it is used

    rules = surface.offline.procedures()
    return windows_in(published_procedures(_files(folder), checked.index.files, rules))


def _files(folder: str) -> "Files":
    from answerable.core.register.sums import Files  # noqa: PLC0415 - loaded where it is used

    root = Path(folder)
    return Files(lambda: _names(root), lambda name: _read(root, name))


def _names(root: Path) -> "Iterator[str]":
    return (
        file.relative_to(root).as_posix()
        for file in sorted(root.rglob("*"))
        if file.is_file() or file.is_symlink()
    )


def _read(root: Path, name: str) -> bytes | None:
    """Return a file below the folder; a name or a link that leads out of it is none."""
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        return None
    return read(str(path), LONGEST_FILE)


def _days_in(zone: str) -> "Callable[[int], date]":
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only who checks a register waits for it

    from answerable.cli.errors import UnknownZone  # noqa: PLC0415 - as above

    try:
        found = ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as problem:  # ZoneInfoNotFoundError is a KeyError
        raise UnknownZone(str(problem), zone=zone) from None
    return lambda at: datetime.fromtimestamp(at / 1000, UTC).astimezone(found).date()


def _facts(one: "Difference") -> dict[str, Json]:
    return {"code": one.code, **one.facts}
