"""The room of all unsent forms together: who fills it keeps nobody from finishing and sending."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.casework.form_room import (
    FLOOR,
    MEGABYTE,
    TEXT_SHARES,
    Before,
    FormRoom,
    FormsFull,
    FormTextFull,
    NoRoomForFile,
)
from answerable.casework.kept_forms import EMPTY_HOURS, KEPT_DAYS, Holds, KeptForms
from answerable.casework.ports import StorageFailed
from tests.contracts.test_kept_forms import DAY, NEW, OLD, clock, folder_forms, forms, in_folder
from tests.support.adapters import HandClock

__all__ = ["clock", "folder_forms", "forms"]

SEAL = 28
"""By how many octets a state is longer once it is sealed: its nonce and its tag."""

FORMS_OF_ONE_MB = 14
"""How many forms have their floor in one megabyte: of its half for words, seven parts of eight."""


def test_when_it_is_full_nobody_begins_and_whoever_has_begun_writes_on_and_comes_back(
    forms: KeptForms, clock: HandClock
) -> None:
    forms = replace(forms, room=FormRoom(1))
    begun = [forms.begin() for _ in range(FORMS_OF_ONE_MB)]
    for token in begun:
        forms.require_room()
        forms.save(token, OLD)
    refused = forms.begin()
    with pytest.raises(FormsFull):
        forms.require_room()
    with pytest.raises(FormsFull):
        forms.save(refused, OLD)
    assert forms.read(refused) is None
    floor = bytes(FLOOR - SEAL)
    for token in begun:
        forms.save(token, floor)
        assert forms.read(token) == floor
    with pytest.raises(FormTextFull) as told:
        forms.save(begun[0], floor + b"x")
    assert told.value.facts == {"limit_kb": 32}
    assert forms.read(begun[0]) == floor
    back = forms.begin()
    forms.save(back, b"a case", Holds.CASE)
    assert forms.read(back) == b"a case"
    forms.leave(back)
    forms.leave(begun[0])
    forms.save(refused, OLD)
    assert forms.read(refused) == OLD
    clock.at += KEPT_DAYS * DAY
    forms.sweep()
    forms.require_room()


def test_whoever_writes_much_leaves_room_for_many_who_write_little(forms: KeptForms) -> None:
    forms = replace(forms, room=FormRoom(128))
    first = forms.begin()
    with pytest.raises(FormTextFull):
        forms.save(first, bytes(57 * 1024))
    forms.save(first, bytes(55 * 1024))
    forms.save(first, bytes(50 * 1024))
    # What is there may always be written again, and made shorter.
    full = replace(forms, room=FormRoom(0))
    full.save(first, bytes(49 * 1024))
    assert full.read(first) == bytes(49 * 1024)


def test_files_are_refused_before_words_and_long_ones_first(forms: KeptForms) -> None:
    forms = replace(forms, room=FormRoom(64))
    one, other = forms.begin(), forms.begin()
    forms.add_file(one, "a", bytes(2 * MEGABYTE))
    forms.add_file(one, "a", bytes(2 * MEGABYTE))
    with pytest.raises(NoRoomForFile):
        forms.add_file(one, "b", b"x")
    with pytest.raises(NoRoomForFile):
        forms.add_file(other, "a", bytes(2 * MEGABYTE))
    assert forms.file(other, "a") is None
    forms.add_file(other, "a", bytes(MEGABYTE))
    forms.save(one, NEW)
    forms.drop_file(one, "a")
    forms.add_file(one, "b", bytes(MEGABYTE))


def test_those_who_begin_at_once_do_not_take_the_last_room_twice(forms: KeptForms) -> None:
    forms = replace(forms, room=FormRoom(1))

    def begin(_: int) -> bool:
        try:
            forms.save(forms.begin(), OLD)
        except FormsFull:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(begin, range(40))) == FORMS_OF_ONE_MB


def test_what_was_kept_before_a_start_counts_after_it(
    folder_forms: KeptForms, tmp_path: Path
) -> None:
    for _ in range(FORMS_OF_ONE_MB):
        folder_forms.save(folder_forms.begin(), OLD)
    again = replace(folder_forms, store=in_folder(tmp_path), room=FormRoom(1))
    with pytest.raises(FormsFull):
        again.require_room()
    with pytest.raises(FormsFull):
        again.save(again.begin(), OLD)


def test_a_form_in_which_nothing_was_typed_is_kept_for_hours(
    forms: KeptForms, clock: HandClock
) -> None:
    empty, typed = forms.begin(), forms.begin()
    forms.save(empty, OLD, Holds.NOTHING)
    forms.save(typed, OLD, Holds.NOTHING)
    forms.save(typed, NEW)
    clock.at += EMPTY_HOURS * DAY // 24 - 1
    assert forms.read(empty) == OLD
    clock.at += 1
    assert forms.read(empty) is None
    assert forms.read(typed) == NEW
    assert forms.sweep() == 1


def test_what_gets_shorter_is_kept_though_the_rest_is_for_the_ledger(
    folder_forms: KeptForms, tmp_path: Path
) -> None:
    token = folder_forms.begin()
    folder_forms.save(token, NEW)
    full = replace(folder_forms, store=in_folder(tmp_path, 2**60))
    with pytest.raises(StorageFailed):
        full.save(token, NEW + NEW)
    assert full.read(token) == NEW
    full.save(token, OLD)
    assert full.read(token) == OLD


def test_an_office_that_writes_a_list_of_a_hundred_at_once_is_refused_nothing() -> None:
    # Rules alone: nobody is told from anybody, so an office is a hundred forms as any others.
    room, photos, words = FormRoom(), 10 * MEGABYTE, 100 * 1024
    for written in range(100):
        others = Before(others_text=written * words, others_files=written * photos)
        room.require_text(others, words)
        room.require_file(replace(others, text=words), photos)


def test_filling_the_room_takes_ever_more_forms() -> None:
    """Whoever takes the longest share each time is left with the floor after some thousand."""
    room, taken, forms = FormRoom(), 0, 0
    largest = room.half // 8 * 7 // TEXT_SHARES
    while True:
        left = room.half - room.half // 8 - taken
        if left < FLOOR:
            break
        length = max(FLOOR, left // TEXT_SHARES)
        assert length <= largest
        room.require_text(Before(others_text=taken), length)
        taken, forms = taken + length, forms + 1
    assert forms > 5_000


def test_an_operator_is_told_before_anyone_is_refused_words() -> None:
    room = FormRoom(64)
    assert not room.is_wide(Before())
    room = FormRoom()
    assert room.is_wide(Before())
    assert not room.is_wide(Before(others_files=room.half - 19 * 16 * MEGABYTE))
    assert not room.is_wide(Before(others_text=room.half // 2))
    room.require_text(Before(others_text=room.half // 2), 500 * 1024)
