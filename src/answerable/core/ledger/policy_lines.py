"""What a policy says: which keys a reader trusts, when, and how many must have signed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from answerable.core.ledger.keys import VerifierKey
from answerable.core.ledger.windows import ALWAYS, Window, seconds_text

NONE = "none"
TIME_SUFFIX = "/time"
"""What the name of a mechanism's own time key adds to the origin."""


@dataclass(frozen=True, slots=True)
class Log:
    """A ledger's key. Several with one name are one ledger whose key was changed."""

    key: VerifierKey
    url: str | None = None
    window: Window = ALWAYS


@dataclass(frozen=True, slots=True)
class Witness:
    """A cosigner under the name that the policy gives it, which need not be its key's."""

    name: str
    key: VerifierKey
    url: str | None = None
    window: Window = ALWAYS


@dataclass(frozen=True, slots=True)
class Group:
    """A name that counts as having cosigned when ``threshold`` of its members have."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Whom a reader trusts for a ledger. What parse returns keeps every rule of the format."""

    logs: tuple[Log, ...]
    witnesses: tuple[Witness, ...]
    groups: tuple[Group, ...] = ()
    quorum: str = NONE
    origin: str | None = None
    title: str | None = None

    def logs_of(self, origin: str) -> tuple[Log, ...]:
        return tuple(log for log in self.logs if log.key.name == origin)

    def own_time_keys(self, origin: str) -> tuple[Witness, ...]:
        """Return the witness lines that are the ledger's own clock and not an independent one."""
        return tuple(by for by in self.witnesses if by.key.name == origin + TIME_SUFFIX)

    def quorum_met(self, cosigned: Collection[str]) -> bool:
        """Return whether cosignatures by the witnesses of these names are enough."""
        if self.quorum == NONE:
            return True
        met = {by.name for by in self.witnesses} & set(cosigned)
        # A group names only what stands before it, so one pass is enough.
        for group in self.groups:
            if len(met.intersection(group.members)) >= group.threshold:
                met.add(group.name)
        return self.quorum in met

    def encode(self) -> bytes:
        """Return the policy as a file: keys with their windows, then groups, then the quorum."""
        return "".join(f"{line}\n" for line in self._lines()).encode()

    def _lines(self) -> Iterator[str]:
        if self.origin is not None:
            yield f"# answerable origin {self.origin}"
        if self.title is not None:
            yield f"# answerable title {self.title}"
        for log in self.logs:
            yield from _dated(log.key, log.window)
            yield _joined("log", str(log.key), log.url)
        for by in self.witnesses:
            yield from _dated(by.key, by.window)
            yield _joined("witness", by.name, str(by.key), by.url)
        for group in self.groups:
            yield _joined("group", group.name, _threshold(group), *group.members)
        yield f"quorum {self.quorum}"


def _dated(key: VerifierKey, window: Window) -> Iterator[str]:
    if window == ALWAYS:
        return
    until = window.until_seconds
    limit = None if until is None else f"until {seconds_text(until)}"
    from_text = seconds_text(window.from_seconds)
    yield _joined("# answerable key", key.key_id.hex(), "from", from_text, limit)


def _joined(*items: str | None) -> str:
    return " ".join(item for item in items if item is not None)


def _threshold(group: Group) -> str:
    if group.threshold == 1:
        return "any"
    return "all" if group.threshold == len(group.members) else str(group.threshold)
