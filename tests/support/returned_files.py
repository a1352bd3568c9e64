"""A collected response of an invented country, and ways to edit its Word file as people do."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from answerable.core.proceeding.response import (
    CollectedResponse,
    Confirmation,
    PointAnswered,
    Reply,
)

KHMER = "ការិយាល័យចំនួន ៣ ត្រូវបានបិទ ក្នុងខែមករា។\nគ្មានករណីផ្សេងទៀតទេ។"

RESPONSE = CollectedResponse(
    number="XA-2026-0007-3",
    subject="Freedom of association <list of issues>",
    reference="XM/2026/118",
    language="en",
    mechanism="Permanent Mechanism",
    monitor="Committee of Monitors",
    collector="Ministry of Foreign Affairs",
    procedure="training-monitor@1",
    titles={"en": "Training"},
    zone="Asia/Phnom_Penh",
    procedure_zone="Europe/Brussels",
    as_of="2026-12-10T09:00:00Z",
    received="2026-11-12",
    points=(
        PointAnswered(
            number=1,
            label="12 (a)",
            text="How many offices were closed?\n\nGive the law.",
            page="4",
            cases={"submissions": 61, "outcome-happened": 14},
            replies=(
                Reply(
                    body="Ministry of Interior",
                    role="lead",
                    act=9,
                    at="2026-12-01",
                    given="In all 14 offices were closed, under article 9 of the law.",
                ),
                Reply(
                    body="ក្រសួងយុត្តិធម៌",
                    role="contributes",
                    act=11,
                    at="2026-12-02",
                    given=KHMER,
                    edited="Edited.",
                    confirmation=Confirmation.REFUSED,
                ),
                Reply(body="Ministry of Labour", role="informed", act=12, at="x", given=None),
            ),
            silent=("Ministry of Health",),
            conclusion="14 of 61 reports were found to have happened.",
        ),
        PointAnswered(number=2, label="", text="Who decided?", unassigned=True),
    ),
)


def edited(data: bytes, edit: Callable[[str], str], name: str = "word/document.xml") -> bytes:
    """Return a Word file with one part edited, and every other as it was."""
    octets = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(octets, "w", ZIP_DEFLATED) as new:
        for one in old.namelist():
            text = old.read(one).decode()
            new.writestr(one, edit(text) if one == name else text)
    return octets.getvalue()


def replaced(data: bytes, before: str, after: str, name: str = "word/document.xml") -> bytes:
    """Return a Word file in which a text that stands there once is another."""

    def edit(text: str) -> str:
        assert text.count(before) == 1, before
        return text.replace(before, after)

    return edited(data, edit, name)


def without_row(data: bytes, words: str) -> bytes:
    """Return a Word file without the rows that hold these words."""
    return edited(data, lambda text: re.sub(rf"<w:tr>(?:(?!</w:tr>).)*{words}.*?</w:tr>", "", text))
