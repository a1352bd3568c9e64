"""Another server process on the same data: lodges cases from many threads, prints its receipts."""

import sys
from threading import Barrier, Thread

from answerable.casework.ports import Appended
from tests.support.adapters import HandClock, Store, place_of
from tests.support.builders import UNION, keyed, lodged


def main(threads: int, first_key: int, words: list[str]) -> None:
    store = Store(place_of(words), HandClock())
    barrier = Barrier(threads)
    answers: list[Appended] = []

    def lodge(number: int) -> None:
        barrier.wait()
        (answer,) = store.ledger.append([lodged(by=UNION, key=keyed(number))])
        if not isinstance(answer, Appended):
            raise TypeError(f"refused: {answer!r}")
        answers.append(answer)

    print("ready", flush=True)  # noqa: T201 - the other end of this pipe waits for it
    sys.stdin.readline()
    callers = [Thread(target=lodge, args=(first_key + at,)) for at in range(threads)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    for answer in answers:
        for act in answer.acts:
            print(act.number, act.receipt.encode().hex())  # noqa: T201 - its result
    store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
