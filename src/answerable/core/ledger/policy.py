"""Reading a policy: C2SP tlog-policy, and comment lines of ours that date its keys."""

import re
from collections.abc import Callable

from answerable.core.errors import Malformed
from answerable.core.ledger.keys import (
    COSIGNATURE,
    ED25519,
    MLDSA_COSIGNATURE,
    UnreadableKey,
    VerifierKey,
)
from answerable.core.ledger.lines import number_of
from answerable.core.ledger.policy_lines import NONE, Group, Log, Policy, Witness
from answerable.core.ledger.windows import ALWAYS, Window, seconds_of

__all__ = [
    "MAX_POLICY_BYTES",
    "NONE",
    "Group",
    "Log",
    "Policy",
    "UnreadablePolicy",
    "Window",
    "Witness",
    "parse_policy",
]

MAX_POLICY_BYTES = 1 << 20
_SPACE = re.compile(r"[ \t]+")
_OURS = re.compile(r"#[ \t]*answerable(?:[ \t]+(.*))?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class UnreadablePolicy(Malformed):
    """A policy cannot be read; ``line`` says where, ``reason`` why."""

    code = "unreadable-policy"


def parse_policy(content: bytes) -> Policy:
    """Return the policy that a file holds.

    Raises:
        UnreadablePolicy: with ``reason`` too-large, encoding, control-character, line-end (the
            file's last), unknown-word, items, key, key-kind, duplicate-key, name, duplicate-name,
            unknown-name, threshold, quorum, instant, unknown-key, duplicate-comment or origin.
    """
    if len(content) > MAX_POLICY_BYTES:
        raise UnreadablePolicy("a policy has at most 1 MiB", reason="too-large", line=0)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise UnreadablePolicy("a policy is UTF-8", reason="encoding", line=0) from None
    if text and not text.endswith("\n"):
        raise UnreadablePolicy("the last line has no end", reason="line-end", line=0)
    return _Reader().read(text)


class _Reader:
    """What has been read so far, and the line being read, for the errors."""

    def __init__(self) -> None:
        self.line = 0
        self.logs: list[tuple[VerifierKey, str | None]] = []
        self.witnesses: list[tuple[str, VerifierKey, str | None]] = []
        self.groups: list[Group] = []
        self.quorum: str | None = None
        self.names: set[str] = set()
        self.members: set[str] = set()
        self.publics: set[bytes] = set()
        self.windows: dict[str, tuple[int, Window]] = {}
        self.header: dict[str, str] = {}
        self.words: dict[str, Callable[[list[str]], None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum,
        }

    def read(self, text: str) -> Policy:
        for self.line, line in enumerate(text.split("\n")[:-1], 1):
            if _CONTROLS.search(line):
                raise self._no("control-character", "a control character")
            self._read_line(line.strip(" \t"))
        self.line = 0
        if self.quorum is None:
            raise self._no("quorum", "no quorum line")
        origin = self.header.get("origin")
        if origin is not None and all(key.name != origin for key, _ in self.logs):
            raise self._no("origin", "no log line of the origin")
        windows = self._windows_by_key()
        return Policy(
            logs=tuple(Log(key, url, windows.get(key, ALWAYS)) for key, url in self.logs),
            witnesses=tuple(
                Witness(name, key, url, windows.get(key, ALWAYS))
                for name, key, url in self.witnesses
            ),
            groups=tuple(self.groups),
            quorum=self.quorum,
            origin=origin,
            title=self.header.get("title"),
        )

    def _read_line(self, line: str) -> None:
        if line.startswith("#"):
            ours = _OURS.fullmatch(line)
            if ours is not None:
                self._comment(ours.group(1) or "")
        elif line:
            word, *items = _SPACE.split(line)
            if word not in self.words:
                raise self._no("unknown-word", f"a line begins with {word}")
            self.words[word](items)

    def _comment(self, comment: str) -> None:
        word, *items = _SPACE.split(comment, maxsplit=1)
        if word == "key":
            self._window(_SPACE.split(items[0]) if items else [])
        elif word in {"origin", "title"}:
            if not items:
                raise self._no("items", f"{word} of what?")
            if word in self.header:
                raise self._no("duplicate-comment", f"a second {word}")
            self.header[word] = items[0]
        else:
            # A word that a later version adds may restrict a key: to pass it over would be unsafe.
            raise self._no("unknown-word", f"# answerable {word}")

    def _window(self, items: list[str]) -> None:
        match items:
            case [identifier, "from", start]:
                window = Window(self._instant(start))
            case [identifier, "from", start, "until", end]:
                window = Window(self._instant(start), self._instant(end))
            case _:
                raise self._no("items", "key <hex id> from <instant> [until <instant>]")
        if window.until_seconds is not None and window.until_seconds <= window.from_seconds:
            raise self._no("instant", "a window ends before it begins")
        if identifier in self.windows:
            raise self._no("duplicate-comment", f"a second window of key {identifier}")
        self.windows[identifier] = self.line, window

    def _windows_by_key(self) -> dict[VerifierKey, Window]:
        keys = [key for key, _ in self.logs] + [key for _, key, _ in self.witnesses]
        found = {}
        for identifier, (line, window) in self.windows.items():
            named = [key for key in keys if key.key_id.hex() == identifier]
            if len(named) != 1:
                self.line = line
                raise self._no("unknown-key", f"{len(named)} keys have the id {identifier}")
            found[named[0]] = window
        return found

    def _log(self, items: list[str]) -> None:
        key, url = self._key_and_url(items, {ED25519})
        self.logs.append((key, url))

    def _witness(self, items: list[str]) -> None:
        name = self._new_name(items)
        key, url = self._key_and_url(items[1:], {COSIGNATURE, MLDSA_COSIGNATURE})
        self.witnesses.append((name, key, url))

    def _group(self, items: list[str]) -> None:
        name = self._new_name(items)
        members = tuple(items[2:])
        if not members:
            raise self._no("items", "a group has a threshold and members")
        for member in members:
            if member == name or member not in self.names:
                raise self._no("unknown-name", f"{member} is not defined before")
            if member in self.members:
                raise self._no("duplicate-name", f"{member} is a member already")
            self.members.add(member)
        self.groups.append(Group(name, self._threshold(items[1], len(members)), members))

    def _quorum(self, items: list[str]) -> None:
        if len(items) != 1:
            raise self._no("items", "a quorum is one name")
        if self.quorum is not None:
            raise self._no("quorum", "a second quorum")
        if items[0] != NONE and items[0] not in self.names:
            raise self._no("unknown-name", f"{items[0]} is not defined before")
        self.quorum = items[0]

    def _threshold(self, text: str, members: int) -> int:
        try:
            threshold = {"any": 1, "all": members}.get(text) or number_of(text)
        except ValueError:
            threshold = 0
        if not 1 <= threshold <= members:
            raise self._no("threshold", f"any, all or 1 to {members}")
        return threshold

    def _new_name(self, items: list[str]) -> str:
        if not items:
            raise self._no("items", "no name")
        name = items[0]
        if name == NONE:
            raise self._no("name", "the name none is taken")
        if name in self.names:
            raise self._no("duplicate-name", f"{name} is defined already")
        self.names.add(name)
        return name

    def _key_and_url(self, items: list[str], kinds: set[int]) -> tuple[VerifierKey, str | None]:
        match items:
            case [text]:
                url = None
            case [text, url]:
                pass
            case _:
                raise self._no("items", "a key, and at most a URL")
        try:
            key = VerifierKey.parse(text)
        except UnreadableKey as error:
            reason = "key-kind" if error.facts["reason"] == "kind" else "key"
            raise self._no(reason, str(error)) from None
        if key.kind not in kinds:
            raise self._no("key-kind", "a key of a kind for another use")
        # One key in two roles would let one holder count twice, or date its own signatures.
        if key.public in self.publics:
            raise self._no("duplicate-key", f"a second line for the key of {key.name}")
        self.publics.add(key.public)
        return key, url

    def _instant(self, text: str) -> int:
        try:
            return seconds_of(text)
        except ValueError:
            raise self._no("instant", "an instant looks like 2026-05-12T02:14:05Z") from None

    def _no(self, reason: str, message: str) -> UnreadablePolicy:
        return UnreadablePolicy(message, reason=reason, line=self.line)
