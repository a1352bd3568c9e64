"""Founds a mechanism: its folder, its keys, its database, and the first act of its ledger."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from answerable.bootstrap.application import application_of
from answerable.bootstrap.database import migrate
from answerable.bootstrap.folder import Folder, FolderInUse, Settings, make_folder
from answerable.bootstrap.parts import milliseconds, stores
from answerable.casework.ports import Issued
from answerable.disk import sync_folder
from answerable.keys.signing import SigningKeys
from answerable.storage.rows import Batch, LedgerRow

APART = ("keys", "head")


def found(folder: str, values: Mapping[str, Any], request: UUID) -> Issued:
    """Make a mechanism in a folder that is new or empty, whole or not at all.

    Raises:
        FolderInUse: something is in the folder. Nothing was changed.
        SettingNotAllowed: a value is none that its setting may have.
    """
    # As typed, they are places beside the one where the command was typed.
    apart = {part: str(Path(values[part]).absolute()) for part in APART if part in values}
    path, settings = Path(folder), Settings(**{**values, **apart})
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FolderInUse("the folder is not empty", folder=str(path))
    arriving = path.with_name(f"{path.name}.arriving")
    made = make_folder(arriving, settings)
    try:
        issued = _fill(made, request)
    except BaseException:
        shutil.rmtree(arriving)
        raise
    if path.exists():
        path.rmdir()
    sync_folder(arriving)
    arriving.rename(path)
    # Receipts will be given: the folder must not vanish in a power cut, as a new name may.
    sync_folder(path.parent)
    return issued


def _fill(folder: Folder, request: UUID) -> Issued:
    settings, now = folder.settings, milliseconds()
    SigningKeys(folder.signing_keys).begin(
        settings.origin, seeds=(os.urandom(32), os.urandom(32)), at_seconds=now // 1000
    )
    migrate(folder)
    backend, _, _ = stores(folder)
    with backend.writing() as transaction:
        transaction.store(Batch(ledger=LedgerRow(1, settings.origin, 0, 1, now, None, None)))
        transaction.commit()
    backend.close()
    application = application_of(folder)
    issued = application.found_mechanism(settings.name, host=settings.host, request=request)
    application.upkeep.publish()
    application.close()
    return issued
