"""A mechanism with a form, founded once; each test is a sender of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from answerable.bootstrap.founding import found
from answerable.bootstrap.registers import FolderRegisters
from answerable.bootstrap.serving import checks, host_of
from answerable.casework.application import Application
from answerable.casework.asking import asked_of, seat_of
from answerable.core.acts import ActCode, By, PartyId, Seat
from answerable.core.case.acts.table import ACTS
from answerable.web.site import Site
from tests.support.senders import Sender

SETTINGS = {
    "name": "Standing Panel of Xanara (training)",
    "origin": "training.example/form",
    "prefix": "XF",
    "zone": "Asia/Phnom_Penh",
    "contact": "012 345 678, Monday to Friday",
}


class Office:
    """Does acts of the secretariat, which also chairs, on a case."""

    def __init__(self, application: Application, party: PartyId) -> None:
        self._application, self.party = application, party

    def __call__(
        self, act: str, number: str, *, allegations: tuple[int, ...] = (), **typed: str
    ) -> str:
        kind, mechanism = ACTS[ActCode(act)], self._application.reading.mechanism()
        by = By(self.party, seat_of(kind, self.party, mechanism))
        asked = asked_of(kind, typed, by, mechanism, allegations=allegations)
        return self._application.do_act(number, kind, asked, request=uuid4()).number


class Desk:
    """A mechanism's site, with its use cases to look behind the pages."""

    def __init__(self, folder: Path, **settings: object) -> None:
        found(str(folder / "mechanism"), {**SETTINGS, **settings}, uuid4())
        self.folder = folder / "mechanism"
        self.host = host_of(str(self.folder))
        self.application: Application = self.host.application
        self.application.publish_register(str(folder / "register"))
        self.logged: list[str] = []
        self._office: Office | None = None
        registers = FolderRegisters(folder / "register")
        self.site = Site(registers, self.logged.append, self.host, checks=checks())

    def secretariat(self) -> "Office":
        """Return the secretariat, which is added when it is first asked for."""
        if self._office is None:
            add, grant = self.application.add_party, self.application.grant_seat
            party, _ = add("Office of the panel", key=None, request=uuid4())
            for seat in ("secretariat", "chair"):
                grant(party, Seat(seat), request=uuid4())
            self._office = Office(self.application, party)
        return self._office

    def sender(self, language: str = "en", *, https: bool = False) -> Sender:
        return Sender(self.site, language=language, https=https)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("form"))
    yield desk
    desk.application.close()


@pytest.fixture
def sender(desk: Desk) -> Callable[..., Sender]:
    return desk.sender
