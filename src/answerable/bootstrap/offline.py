"""What the offline commands need of the world. Starts without Django and without a mechanism."""

import os
import time
from functools import partial
from typing import TYPE_CHECKING

from answerable.cli.files import write_new
from answerable.cli.surface import Offline
from answerable.keys import ed25519

# What only some commands need is loaded by them: verifying a receipt starts in a tenth of a second.
if TYPE_CHECKING:
    from collections.abc import Mapping

    from answerable.casework.procedures import Procedures
    from answerable.core.case.delivery import Handed
    from answerable.core.case.notes import Note
    from answerable.core.case.problems import Problem
    from answerable.core.case.submission import Submission


def offline() -> Offline:
    """Return the tools of the offline commands."""
    return Offline(
        verify=ed25519.verify,
        now_seconds=int(time.time()),
        delivery=delivery,
        looked_over=_looked_over,
        new_party_key=new_party_key,
        procedures=_procedures,
        place_names=_place_names,
        verifier=_verifier,
        form=_form,
        copy_opened=_copy_opened,
    )


def delivery(data: bytes, name: str) -> "tuple[Handed, ...]":
    """Return the submissions that a file holds, each with what is wrong with it."""
    from answerable.core.case.delivery import read_delivery  # noqa: PLC0415 - loaded where it is used
    from answerable.forms.form import read_form  # noqa: PLC0415 - loaded where it is used

    form = read_form(data, name)
    return read_delivery(form.documents, lines=form.lines, size=form.size)


def _looked_over(submission: "Submission", folder: str) -> "tuple[list[Problem], list[Note]]":
    from answerable.casework.gazetteer import places_checked  # noqa: PLC0415 - loaded where it is used
    from answerable.core.case.notes import what_the_receiver_will_ask  # noqa: PLC0415 - loaded where it is used
    from answerable.places.gazetteer import IsoAndCambodia  # noqa: PLC0415 - loaded where it is used

    problems, notes = places_checked(submission, IsoAndCambodia())
    wrong, hidden = _exhibits_looked_into(submission, folder)
    return [*problems, *wrong], [*what_the_receiver_will_ask(submission), *notes, *hidden]


def _exhibits_looked_into(
    submission: "Submission", folder: str
) -> "tuple[list[Problem], list[Note]]":
    from pathlib import Path  # noqa: PLC0415 - loaded where it is used

    from answerable.casework.hidden_notes import exhibits_looked_into  # noqa: PLC0415 - loaded where it is used
    from answerable.forms.exhibit_files import open_exhibit  # noqa: PLC0415 - loaded where used
    from answerable.hidden.looker import Looker  # noqa: PLC0415 - loaded where it is used

    return exhibits_looked_into(submission, partial(open_exhibit, Path(folder)), Looker())


def new_party_key(path: str) -> bytes:
    """Write a new key file, which must not exist yet, and return the public key."""
    from answerable.keys.party_key import party_key_file  # noqa: PLC0415 - loaded where it is used

    seed = os.urandom(32)
    write_new(path, party_key_file(seed))
    return ed25519.public_of(seed)


def _procedures() -> "Procedures":
    from answerable.forms.shipped import ShippedProcedures  # noqa: PLC0415 - loaded where it is used

    return ShippedProcedures()


def _place_names(code: str) -> "Mapping[str, str]":
    from answerable.places.gazetteer import IsoAndCambodia  # noqa: PLC0415 - loaded where it is used

    found = IsoAndCambodia().resolve(code)
    return {} if found is None else found.names


def _verifier() -> bytes:
    from answerable.verifier.page import page  # noqa: PLC0415 - loaded where it is used

    return page()


def _form() -> bytes:
    from answerable.web.form.offline.page import form_file  # noqa: PLC0415 - loaded where it is used

    return form_file()[0]


def _copy_opened(data: bytes, typed: str) -> "Mapping[str, object]":
    from answerable.casework.form_copies import FormCopies  # noqa: PLC0415 - loaded where it is used
    from answerable.core.copy_key import typed_copy_key  # noqa: PLC0415 - loaded where it is used
    from answerable.keys.cipher import Aes256Gcm  # noqa: PLC0415 - loaded where it is used
    from answerable.web.form.copies import submission_in  # noqa: PLC0415 - loaded where it is used

    copies = FormCopies(Aes256Gcm(), os.urandom)
    return submission_in(copies.opened(typed_copy_key(typed), data))
