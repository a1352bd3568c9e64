"""What a mechanism tells whoever reports: where its pages are reached, and who gives advice."""

from pathlib import Path
from typing import Any

import pytest

from answerable.bootstrap.folder import (
    SETTINGS,
    SettingNotAllowed,
    Settings,
    SettingsUnreadable,
    folder_at,
    make_folder,
)

ONION = f"http://{'a2' * 28}.onion"
WHOLE: dict[str, Any] = {"name": "Panel", "origin": "panel.example", "prefix": "XA"}
FILE = "\n".join(f'{name} = "{value}"' for name, value in WHOLE.items()) + "\n"


def test_what_is_told_is_written_into_the_file_and_read_back(tmp_path: Path) -> None:
    settings = Settings(
        **WHOLE,
        advice=("Legal aid office, 012 000 111", "ការិយាល័យជំនួយច្បាប់ ០១២ ០០០ ១១១"),
        address="https://panel.example:8443",
        onion=ONION,
    )
    assert folder_at(make_folder(tmp_path / "made", settings).path).settings == settings
    told_nothing = Settings(**WHOLE)
    assert folder_at(make_folder(tmp_path / "bare", told_nothing).path).settings == told_nothing
    assert "advice" not in (tmp_path / "bare" / SETTINGS).read_text()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("address", '"panel.example"'),
        ("address", '"https://panel.example/en"'),
        ("address", '"javascript://panel.example"'),
        ("address", '"https://panel.example\\n"'),
        ("onion", '"https://panel.example"'),
        ("onion", f'"{ONION}/en"'),
        ("onion", '"http://short.onion"'),
        ("advice", '[""]'),
        ("advice", '["a\\u202eb"]'),
        ("advice", f"{['x'] * 11}"),
    ],
)
def test_what_nobody_could_follow_is_refused(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / SETTINGS).write_text(f"{FILE}{name} = {value}\n")
    with pytest.raises(SettingNotAllowed) as refused:
        folder_at(tmp_path)
    assert refused.value.facts["reason"] == name


@pytest.mark.parametrize("value", ['"one line"', "[1]", "7"])
def test_advice_is_a_list_of_lines(tmp_path: Path, value: str) -> None:
    (tmp_path / SETTINGS).write_text(f"{FILE}advice = {value}\n")
    with pytest.raises(SettingsUnreadable) as refused:
        folder_at(tmp_path)
    assert refused.value.facts["setting"] == "advice"
