"""The files of a register against its index, and the entries of the ledgers that it holds."""

from collections.abc import Callable

from answerable.core.errors import Malformed, Refusal
from answerable.core.ledger.entry import HASH_LENGTH
from answerable.core.register.entries import Entries
from answerable.core.register.ledgers import LedgerFiles, ledger_entries
from answerable.core.register.pages import INDEX, LEDGER
from answerable.core.register.sums import Checked, Files


def check_files(files: Files, checked: Checked) -> None:
    """Name each file that is missing, extra, or another than the index names."""
    named = checked.index.files
    for name in sorted(one for one in files.names() if one != INDEX and one not in named):
        checked.differs("register-file-extra", file=name)
    for name in sorted(named):
        digest = files.digest(name)
        if digest is None:
            checked.differs("register-file-missing", file=name)
        elif digest != named[name]:
            checked.differs("register-file-differs", file=name)


def entries_of(files: Files, ledger: LedgerFiles, checked: Checked) -> Entries:
    """Return the positions of all commitments of the ledgers that the register holds."""
    found = bytearray()
    for folder in checked.index.ledgers:
        if not f"{folder}/".startswith(LEDGER):
            checked.differs("register-ledger-wrong", file=folder, problem="folder")
            continue
        try:
            origin, commitments = ledger_entries(_below(files, folder), ledger)
        except (Malformed, Refusal) as problem:
            checked.differs("register-ledger-wrong", file=folder, problem=problem.code)
            continue
        checked.signed.begin(checked.size, origin)
        found += commitments
        checked.size += len(commitments) // HASH_LENGTH
    return Entries(bytes(found))


def _below(files: Files, folder: str) -> Callable[[str], bytes | None]:
    return lambda name: files.read(f"{folder}/{name}")
