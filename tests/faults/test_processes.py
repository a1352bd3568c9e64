"""Several processes on one database, one of which is killed; and a database server that is killed.

The other end of each pipe is append_for_ever, in a process of its own.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import Random

import psycopg
import pytest

from answerable.casework.ports import Appended, LedgerPoisoned, StorageFailed
from answerable.core.docket import Kind
from answerable.core.errors import AnswerableError
from answerable.core.ledger.proof import Receipt
from answerable.storage.postgres import PostgresBackend
from tests.support.adapters import (
    KINDS,
    ROOT,
    HandClock,
    NewStore,
    PostgresPlace,
    Store,
    begin,
    migrate,
    place_of,
)
from tests.support.appending import wrong
from tests.support.builders import NGO, keyed, lodged
from tests.support.postgres import NoPostgres, Server, running

SHARED = pytest.mark.parametrize("new_store", KINDS[1:], indirect=True)
LIMIT_SECONDS = 60


def append_for_ever(first_key: int, words: list[str]) -> None:
    """Lodge cases one after another, and print each receipt when it is there."""
    store = Store(place_of(words), HandClock())
    print("ready", flush=True)  # noqa: T201 - the other end of this pipe waits for it
    for number in range(first_key, sys.maxsize):
        try:
            (answer,) = store.ledger.append([lodged(by=NGO, key=keyed(number))])
        except AnswerableError as error:
            print("error", error.code, flush=True)  # noqa: T201 - as above
            time.sleep(0.05)
            continue
        if not isinstance(answer, Appended):
            raise TypeError(f"refused: {answer!r}")
        (act,) = answer.acts
        print(number, act.number, act.receipt.encode().hex(), flush=True)  # noqa: T201 - as above


@contextmanager
def appending(words: Sequence[str], first_key: int) -> Iterator["subprocess.Popen[str]"]:
    module = "tests.faults.test_processes"
    with subprocess.Popen(
        [sys.executable, "-m", module, str(first_key), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def next_receipt(process: "subprocess.Popen[str]") -> tuple[int, str, Receipt]:
    assert process.stdout is not None
    return parsed(process.stdout.readline())


def parsed(line: str) -> tuple[int, str, Receipt]:
    number, name, octets = line.split()
    return int(number), name, Receipt.parse(bytes.fromhex(octets))


def rest_of(process: "subprocess.Popen[str]") -> list[tuple[int, str, Receipt]]:
    """Return what it still printed whole before it died."""
    assert process.stdout is not None
    whole = (line for line in process.stdout if line.endswith("\n"))
    return [parsed(line) for line in whole if not line.startswith("error ")]


def assert_given_again(store: Store, given: Sequence[tuple[int, str, Receipt]]) -> None:
    """Assert that each receipt is given again for the same key, byte for byte."""
    for number, name, receipt in given:
        (answer,) = store.ledger.append([lodged(by=NGO, key=keyed(number))])
        assert isinstance(answer, Appended)
        assert [(act.number, act.receipt) for act in answer.acts] == [(name, receipt)]


@SHARED
def test_one_of_two_servers_is_killed_and_the_other_goes_on(new_store: NewStore) -> None:
    store, draw = new_store(), Random("killed")  # noqa: S311 - the same in every run
    given: list[tuple[int, str, Receipt]] = []
    with appending(store.place.words, 1_000_000) as other:
        for turn in range(6):
            first = 10_000 * (turn + 1)
            with appending(store.place.words, first) as victim:
                given += [next_receipt(victim) for _ in range(2)]
                time.sleep(draw.random() / 20)
                victim.send_signal(signal.SIGKILL)
                given += rest_of(victim)
            # The lock went with the process: the other is not kept waiting.
            given += [next_receipt(other) for _ in range(3)]
            assert other.poll() is None
        other.send_signal(signal.SIGKILL)
        given += rest_of(other)
    assert wrong(store) == []
    assert_given_again(store, given)
    cases = [docket.number for docket in store.dockets.dockets(Kind.CASE)]
    assert len(cases) == len(set(cases)) >= len(given)
    # At most the act that each of the seven was at when it was killed has no receipt as yet.
    assert len(cases) - len(given) <= 7


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for this test alone, which it may kill."""
    try:
        with running() as server:
            yield server
    except NoPostgres as problem:
        pytest.skip(str(problem))


@pytest.fixture
def new_place(own_server: Server) -> Callable[[], PostgresPlace]:
    def place() -> PostgresPlace:
        ledger, keys = own_server.create(), own_server.create()
        migrate("django.db.backends.postgresql", ledger, str(own_server.folder))
        made = PostgresPlace(own_server.dsn(ledger), own_server.dsn(keys))
        begin(PostgresBackend(made.ledger))
        return made

    return place


@pytest.mark.postgres
def test_a_server_of_the_database_that_is_killed_leaves_no_receipt_without_its_entry(
    own_server: Server, new_place: Callable[[], PostgresPlace]
) -> None:
    place = new_place()
    store = Store(place, HandClock())
    given: list[tuple[int, str, Receipt]] = []
    with appending(place.words, 1_000) as process:
        given += [next_receipt(process) for _ in range(20)]
        with killed_and_started_again(own_server) as start:
            error = ""
            while not error:
                assert process.stdout is not None
                line = process.stdout.readline()
                error = line.removeprefix("error ").strip() if line.startswith("error ") else ""
                given += [] if error else [parsed(line)]
            assert error in {StorageFailed.code, LedgerPoisoned.code}
            process.kill()
            start()
            store = store.reopen()
            assert wrong(store) == []
            assert_given_again(store, given)
            cases = [docket.number for docket in store.dockets.dockets(Kind.CASE)]
            # The case that was being committed may be there; nobody was told so yet.
            assert len(cases) - len(given) in {0, 1}
            assert wrong(store) == []
            store.close()


@pytest.mark.postgres
def test_a_server_that_is_killed_again_and_again_during_commits_recovers_what_was_promised(
    own_server: Server, new_place: Callable[[], PostgresPlace]
) -> None:
    """Four times, each at another moment of a commit, or just before or after it."""
    place, draw = new_place(), Random("commits")  # noqa: S311 - the same in every run
    given: list[tuple[int, str, Receipt]] = []
    with ExitStack() as stack:
        for turn in range(4):
            process = stack.enter_context(appending(place.words, 10_000 * (turn + 1)))
            given += [next_receipt(process) for _ in range(5)]
            time.sleep(draw.random() / 50)
            start = stack.enter_context(killed_and_started_again(own_server))
            process.kill()
            given += rest_of(process)
            start()
            store = Store(place, HandClock())
            assert wrong(store) == []
            assert_given_again(store, given)
            cases = [docket.number for docket in store.dockets.dockets(Kind.CASE)]
            # Of each turn the case that was being committed may be there too.
            assert 0 <= len(cases) - len(given) <= turn + 1
            store.close()


@contextmanager
def killed_and_started_again(server: Server) -> Iterator[Callable[[], None]]:
    """Kill the server and each process of it at one moment; what is given starts it again."""
    head = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    seen = Path(f"/proc/{head}")
    command = (seen / "cmdline").read_text().split("\0")[:-1]
    user, program = seen.stat().st_uid, (seen / "exe").readlink()
    children = (seen / "task" / str(head) / "children").read_text().split()
    again: list[subprocess.Popen[bytes]] = []
    for process in (head, *map(int, children)):
        os.kill(process, signal.SIGKILL)

    def start() -> None:
        # Its parent, a shell that waits for the end of the test, has not taken notice of its end;
        # so it would be taken for one that still runs.
        for left in (server.folder / "data" / "postmaster.pid", *server.folder.glob(".s.*.lock")):
            left.unlink()
        again.append(
            subprocess.Popen(
                command,
                executable=program,
                user=user if os.geteuid() == 0 else None,
                cwd=server.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        end = time.monotonic() + LIMIT_SECONDS
        while time.monotonic() < end:
            with suppress(psycopg.OperationalError), psycopg.connect(server.dsn("postgres")):
                return
            time.sleep(0.05)
        raise TimeoutError("the server does not start again")

    try:
        yield start
    finally:
        for server_process in again:
            server_process.send_signal(signal.SIGINT)
            server_process.wait(timeout=LIMIT_SECONDS)


if __name__ == "__main__":
    append_for_ever(int(sys.argv[1]), sys.argv[2:])
