"""How much padding there is and when: laws of the draws, known answers, and a process that pads."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from math import log
from secrets import token_bytes
from statistics import mean

import pytest

from answerable.casework.ports import LedgerPoisoned, LedgerReadOnly, StorageFailed
from answerable.storage.ledger import StoredLedger
from answerable.storage.padding import DAY_SECONDS, Padder, entries_beside, seconds_to_next
from tests.support.adapters import SeededRandom
from tests.support.by_hand import in_memory


def given(octets: bytes) -> Callable[[int], bytes]:
    def random(length: int) -> bytes:
        assert length == len(octets)
        return octets

    return random


def test_of_all_octets_half_give_no_entry_and_each_more_is_half_as_likely() -> None:
    drawn = Counter(entries_beside(given(bytes([octet]))) for octet in range(256))
    assert drawn == {0: 128, 1: 64, 2: 32, 3: 16, 4: 8, 5: 4, 6: 2, 7: 1, 8: 1}


@pytest.mark.parametrize(
    ("octets", "seconds"),
    [
        pytest.param(bytes([255]) * 8, 0, id="the least"),
        pytest.param(bytes([127] + [255] * 7), log(2) * 3600, id="the median"),
        pytest.param(bytes(8), 64 * log(2) * 3600, id="the most: under two days"),
    ],
)
def test_known_intervals(octets: bytes, seconds: float) -> None:
    assert seconds_to_next(24, given(octets)) == pytest.approx(seconds)


def test_intervals_have_the_mean_of_the_setting_and_no_memory() -> None:
    random = SeededRandom("intervals")
    drawn = [seconds_to_next(24, random) for _ in range(4000)]
    hour = DAY_SECONDS / 24
    assert mean(drawn) == pytest.approx(hour, rel=0.05)
    # Whoever has waited an hour in vain waits another hour on average: no moment is due.
    assert mean(one - hour for one in drawn if one > hour) == pytest.approx(hour, rel=0.1)


def test_as_much_stands_beside_padding_as_beside_an_act() -> None:
    made = in_memory()

    def two_on_each_side(length: int) -> bytes:
        return bytes([0b011]) if length == 1 else token_bytes(length)

    tools = replace(made.tools, random=two_on_each_side, padding_per_day=24)
    made.ledger = StoredLedger(made.backend, tools)
    sizes = []
    for append in (made.found, made.lodge, made.ledger.pad, made.lodge, made.ledger.pad):
        append()
        with made.backend.reading() as reads:
            sizes.append(reads.tail().size)
    # With its first act a ledger begins.
    assert sizes == [3, 8, 13, 18, 23]
    assert made.checked().findings == ()


class Moments:
    """Intervals as they are slept, until there were so many."""

    def __init__(self, until: int) -> None:
        self.slept: list[float] = []
        self._until = until

    def __call__(self, seconds: float) -> bool:
        self.slept.append(seconds)
        return len(self.slept) > self._until


def test_a_process_pads_after_each_interval() -> None:
    padded: list[int] = []
    moments, drawn = Moments(3), iter((5.0, 7.0, 2.0, 9.0))
    Padder(lambda: padded.append(len(moments.slept)), lambda: next(drawn), moments).run()
    assert (padded, moments.slept) == ([1, 2, 3], [5.0, 7.0, 2.0, 9.0])


@pytest.mark.parametrize(
    ("problem", "tries"),
    [
        pytest.param(StorageFailed("full", reason="disk"), 4, id="a full disk may be emptied"),
        pytest.param(LedgerReadOnly("behind", size=1), 4, id="a restored ledger gets a successor"),
        pytest.param(LedgerPoisoned("in doubt", cause="x"), 1, id="in doubt nothing more is tried"),
    ],
)
def test_what_cannot_be_padded_now_is_drawn_again_unless_the_ledger_has_stopped(
    problem: Exception,
    tries: int,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A server that another test started in this process may have set its loggers its own way.
    log = logging.getLogger("answerable")
    monkeypatch.setattr(log, "disabled", False)
    monkeypatch.setattr(log, "propagate", True)
    tried: list[int] = []

    def pad() -> None:
        tried.append(1)
        raise problem

    Padder(pad, lambda: 1.0, Moments(4)).run()
    assert len(tried) == tries
    assert getattr(problem, "code", "") in caplog.text
