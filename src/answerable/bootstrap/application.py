"""The only place that names concrete adapters: a mechanism's folder becomes an Application."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from answerable.bootstrap.folder import Folder, folder_at
from answerable.bootstrap.offline import delivery, new_party_key
from answerable.bootstrap.parts import PartMissing, day_in, milliseconds, stores, tools_of
from answerable.bootstrap.publishing import FolderPlaces
from answerable.bootstrap.upkeep import StoredUpkeep
from answerable.casework.application import Application
from answerable.casework.citations import Citations
from answerable.casework.collect_response import CollectResponse
from answerable.casework.do_act import DoAct
from answerable.casework.do_acts import DoActs, WrittenAct
from answerable.casework.do_step import DoStep
from answerable.casework.erase_case import EraseCase
from answerable.casework.figures_cited import CitedFigures
from answerable.casework.form_copies import FormCopies
from answerable.casework.form_room import FormRoom
from answerable.casework.found_mechanism import FoundMechanism
from answerable.casework.give_back_exhibit import GiveBackExhibit
from answerable.casework.install_rules import InstallRules
from answerable.casework.keep_parties import AddParty, GrantSeat, RecordKeyRotation
from answerable.casework.keep_party_keys import KeepPartyKeys
from answerable.casework.kept_forms import KeptForms
from answerable.casework.lodge_submission import LodgeSubmission
from answerable.casework.ports import Ledger
from answerable.casework.print_response import PrintResponse
from answerable.casework.procedures import Checked
from answerable.casework.proceeding_points import PointsAsked
from answerable.casework.proceeding_view import ProceedingViews
from answerable.casework.proceedings import Proceedings
from answerable.casework.publish_register import PublishRegister
from answerable.casework.reading import Reading
from answerable.casework.record_request import RecordRequest
from answerable.casework.register_counts import RegisterCounts
from answerable.casework.return_keys import ReturnKeys, at_once
from answerable.casework.returned import Returned
from answerable.casework.rules_of_proceedings import RulesOfProceedings
from answerable.casework.ruling import Ruling
from answerable.casework.tell_figures import TellFigures
from answerable.core.case.delivery import Handed
from answerable.core.proceeding.comparison import Comparison
from answerable.core.proceeding.intake import HandedRequest
from answerable.core.proceeding.request import Request
from answerable.core.proceeding.response import CollectedResponse
from answerable.core.signed_act import PartyKey
from answerable.documents.typst_documents import TypstDocuments
from answerable.forms.shipped import ShippedProcedures
from answerable.hidden.looker import Looker
from answerable.keys import ed25519
from answerable.keys.cipher import Aes256Gcm
from answerable.keys.party_key import read_party_key
from answerable.places.gazetteer import IsoAndCambodia
from answerable.storage.backend import Backend
from answerable.storage.erasing import StoredErasures
from answerable.storage.exhibits import FileExhibits
from answerable.storage.kept_forms import FolderForms
from answerable.storage.ledger import StoredDockets, StoredLedger
from answerable.storage.return_keys import StoredKeyedDockets
from answerable.variables import FORMS_MB, lenient


def application(path: str) -> Application:
    """Return the Application of the mechanism in a folder.

    Raises:
        NoMechanism, SettingsUnreadable: the folder is none.
        PartMissing: the database or the key store is not where the folder says.
    """
    folder = folder_at(Path(path))
    if not folder.uses_postgres:
        # To make a new one in the place of one that is gone would hide the loss.
        for part in (folder.ledger, folder.case_keys):
            if not part.exists():
                raise PartMissing("a part of the mechanism is gone", path=str(part))
    return application_of(folder)


def application_of(folder: Folder) -> Application:
    """Return the Application of a mechanism's folder."""
    backend, heads, case_keys = stores(folder)
    tools = tools_of(folder, heads, case_keys)
    ledger = StoredLedger(backend, tools)
    dockets = StoredDockets(backend, case_keys, tools.cipher)
    # Keys of any kind are tried a few at a time: each takes 16 MiB.
    reading, random, turns = Reading(dockets), os.urandom, _turns()
    exhibits = FileExhibits(folder.exhibits)
    ruling = Ruling(ShippedProcedures(), milliseconds)
    erasures = StoredErasures(backend, case_keys, exhibits, folder.path)
    # What a start cannot finish waits, and doctor says so. No start fails by it.
    with suppress(Exception):
        erasures.finish()
    do_act = DoAct(ledger, dockets, reading, ruling, random, exhibits, erasures)
    upkeep = StoredUpkeep(folder, backend, ledger, tools)
    places = _places(folder, backend, ledger, upkeep)
    return Application(
        zone=folder.settings.zone,
        ledger=ledger,
        dockets=dockets,
        exhibits=exhibits,
        reading=reading,
        gazetteer=IsoAndCambodia(),
        hidden_data=Looker(),
        forms=_Forms(),
        responses_in_word=_ResponsesInWord(),
        party_keys=_PartyKeys(),
        upkeep=upkeep,
        random=random,
        found_mechanism=FoundMechanism(ledger, random),
        add_party=AddParty(ledger, reading, random),
        keep_party_keys=KeepPartyKeys(ledger, reading, random),
        grant_seat=GrantSeat(ledger, reading, random),
        record_key_rotation=RecordKeyRotation(ledger, reading, random),
        lodge_submission=LodgeSubmission(ledger, reading, exhibits, ruling, random, Looker()),
        do_act=do_act,
        erase_case=EraseCase(do_act, erasures),
        do_acts=DoActs(do_act, Looker()),
        proceedings=_proceedings(ledger, reading, ruling, folder, places=places),
        install_rules=_install_rules(ledger, reading, ruling),
        ruling=ruling,
        publish_register=PublishRegister(ledger, dockets, reading, ruling, places, milliseconds),
        tell_figures=_tell_figures(reading, ruling, places),
        give_back_exhibit=GiveBackExhibit(reading, exhibits),
        return_keys=ReturnKeys(StoredKeyedDockets(backend, folder.path), dockets, turns),
        kept_forms=_kept_forms(folder),
        form_copies=FormCopies(tools.cipher, random, turns),
        returned=Returned(DoActs(do_act, Looker())),
        close=lambda: _close(ledger, backend, heads, case_keys),
    )


def _kept_forms(folder: Folder) -> KeptForms:
    room = FormRoom(lenient(FORMS_MB, os.environ))
    return KeptForms(FolderForms(folder.forms), Aes256Gcm(), milliseconds, os.urandom, room)


def _proceedings(
    ledger: Ledger, reading: Reading, ruling: Ruling, folder: Folder, *, places: FolderPlaces
) -> Proceedings:
    rules, random, zone = RulesOfProceedings(ruling), os.urandom, folder.settings.zone

    def day_of(at: int) -> date:
        return day_in(folder.zone, at)

    points = PointsAsked(reading, RegisterCounts(reading.dockets, reading, day_of), day_of)
    figures = CitedFigures(reading, _tell_figures(reading, ruling, places))
    collect = CollectResponse(reading, rules, points, zone, ledger.origin, figures)
    return Proceedings(
        record=RecordRequest(ledger, reading, rules, FileExhibits(folder.exhibits), random),
        do=DoStep(
            ledger=ledger,
            dockets=reading.dockets,
            reading=reading,
            rules=rules,
            collect=collect,
            citations=Citations(reading, random),
            random=random,
        ),
        views=ProceedingViews(reading, rules, points, zone),
        points=points,
        collect=collect,
        paper=PrintResponse(ledger, reading, collect, TypstDocuments()),
    )


def _install_rules(ledger: Ledger, reading: Reading, ruling: Ruling) -> InstallRules:
    proceedings = RulesOfProceedings(ruling)
    return InstallRules(ledger, reading.dockets, reading, ruling, proceedings, os.urandom)


def _tell_figures(reading: Reading, ruling: Ruling, places: FolderPlaces) -> TellFigures:
    return TellFigures(places, milliseconds, lambda: ruling.windows(reading.mechanism()))


def _places(
    folder: Folder, backend: Backend, ledger: StoredLedger, upkeep: StoredUpkeep
) -> FolderPlaces:
    return FolderPlaces(
        folder.settings.prefix,
        folder.settings.zone,
        backend,
        ledger.trees,
        lambda: upkeep.policy().encode(),
    )


def _turns() -> BoundedSemaphore:
    return BoundedSemaphore(at_once(os.cpu_count() or 1))


def _close(*parts: object) -> None:
    # Of a database that is not a file each part has sessions of its own.
    for part in parts:
        if hasattr(part, "close"):
            part.close()


class _Forms:
    """Casework's port Forms."""

    def delivery(self, data: bytes, name: str) -> tuple[Handed, ...]:
        return delivery(data, name)

    def acts(self, data: bytes, name: str) -> Checked[tuple[WrittenAct, ...]]:
        from answerable.forms.acts_file import read_acts  # noqa: PLC0415 - loaded where it is used

        return read_acts(data, name)

    def request(self, data: bytes, name: str) -> Checked[HandedRequest]:
        from answerable.forms.request_file import read_request  # noqa: PLC0415 - loaded where it is used

        return read_request(data, name)

    def request_text(self, request: Request) -> str:
        from answerable.forms.request_file import request_text  # noqa: PLC0415 - loaded where it is used

        return request_text(request)

    def exhibit(self, folder: str, name: str) -> BinaryIO:
        from answerable.forms.exhibit_files import open_exhibit  # noqa: PLC0415 - loaded where it is used

        return open_exhibit(Path(folder), name)


class _ResponsesInWord:
    """Casework's port ResponsesInWord."""

    def response_docx(self, response: CollectedResponse, language: str) -> bytes:
        from answerable.documents.response_docx import response_docx  # noqa: PLC0415 - loaded where it is used

        return response_docx(response, language)

    def compared(self, response: CollectedResponse, docx: bytes) -> Comparison:
        from answerable.documents.returned_docx import WordResponses  # noqa: PLC0415 - loaded where it is used

        return WordResponses().compared(response, docx)


class _PartyKeys:
    """Casework's port PartyKeys."""

    def make(self, path: str) -> bytes:
        return new_party_key(path)

    def read(self, path: str) -> PartyKey:
        seed = read_party_key(Path(path))
        return PartyKey(ed25519.public_of(seed), lambda message: ed25519.sign(seed, message))
