"""One process of callers, started by bench.append: each appends units and writes its receipts."""

import gc
import sys
from collections.abc import Sequence
from threading import Thread
from time import monotonic

from answerable.bootstrap.application import application
from answerable.casework.ports import Appended, Ledger
from answerable.core.docket import Unit
from bench.ground import unit


def main() -> None:
    """Run one round for each line read, and print when it began and ended."""
    folder, callers, units, acts, fields = sys.argv[1], *map(int, sys.argv[2:6])
    ledger = application(folder).ledger
    while True:
        waiting = [[unit(acts, fields=fields) for _ in range(units)] for _ in range(callers)]
        # What stands ready here is no part of what is measured, so it is not searched for garbage.
        gc.collect()
        gc.freeze()
        print("ready", flush=True)
        if not sys.stdin.readline():
            return
        begun = monotonic()
        _round(ledger, waiting)
        print(begun, monotonic(), flush=True)


def _round(ledger: Ledger, waiting: Sequence[Sequence[Unit]]) -> None:
    threads = [Thread(target=_call, args=(ledger, units)) for units in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _call(ledger: Ledger, units: Sequence[Unit]) -> None:
    for asked in units:
        (appended,) = ledger.append([asked])
        if not isinstance(appended, Appended):
            raise appended
        for act in appended.acts:
            act.receipt.encode()


if __name__ == "__main__":
    main()
