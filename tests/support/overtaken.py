"""A ledger on which somebody else is faster."""

from collections.abc import Callable, Mapping, Sequence

from answerable.casework.ports import ActOnFile, Appended, Ledger
from answerable.core.docket import Unit, UnitKey
from answerable.core.errors import Refused
from answerable.core.ledger.proof import Receipt


class Overtaken:
    """A ledger on which somebody else is faster, before the first act that is appended by it."""

    def __init__(self, ledger: Ledger, others: Callable[[], object]) -> None:
        self.ledger = ledger
        self.others = [others]
        self.tries = 0

    @property
    def origin(self) -> str:
        return self.ledger.origin

    def append(self, units: Sequence[Unit]) -> Sequence[Appended | Refused]:
        self.tries += 1
        while self.others:
            self.others.pop()()
        return self.ledger.append(units)

    def known(self, keys: Sequence[UnitKey]) -> Mapping[UnitKey, Appended]:
        return self.ledger.known(keys)

    def receipt(self, act: ActOnFile) -> Receipt:
        return self.ledger.receipt(act)
