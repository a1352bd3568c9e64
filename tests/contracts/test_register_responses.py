"""Proceedings in a register, on every database: what is shown of which, and when it is sent."""

from pathlib import Path
from typing import Any, cast

import pytest

from answerable.casework.ports import ActOnFile
from answerable.core.acts import Json
from answerable.core.canonical import decode, encode
from answerable.core.commitment import base64url, disclosure_of
from answerable.core.disclosure import field_of
from answerable.core.proceeding.publication import BOARD, PUBLISHED, RESPONSE
from answerable.core.register.response_said import response_said
from tests.support.adapters import Store
from tests.support.cases import BODY, OTHER_BODY
from tests.support.proceedings_at_work import ProceedingsAtWork
from tests.support.published_proceedings import EDITED, NEVER, SECRET, Play
from tests.support.registers import Register, publish


@pytest.fixture
def work(store: Store, tmp_path: Path) -> ProceedingsAtWork:
    return ProceedingsAtWork(store, tmp_path / "exhibits")


def published(work: ProceedingsAtWork, folder: Path) -> Register:
    publish(work.store, folder)
    return Register.at(folder)


def name_of(play: Play) -> str:
    return f"responses/{play.number}.json"


def said_in(register: Register, name: str) -> str:
    """Return everything that the acts of a file disclose, as plain text."""
    acts = cast("list[dict[str, list[str]]]", register.value(name)["acts"])
    fields = [field_of(one.encode()) for act in acts for one in act["disclosures"]]
    return "\n".join(f"{field.path}: {field.value}" for field in fields)


def too_much(register: Register) -> set[str]:
    """Return the acts of which more is shown than may be."""
    found = register.checked().differences
    return {str(one.facts["number"]) for one in found if one.code == "register-shows-too-much"}


def opened(act: ActOnFile) -> Json:
    """Return an act with every field of its envelope that names neither place nor key."""
    hidden = {"previous", "signature"}
    shown = [one for one in act.kept.disclosures() if field_of(one).path not in hidden]
    return {
        "blinding": base64url(act.kept.blinding),
        "body": decode(act.kept.body()),
        "disclosures": [one.decode() for one in shown],
        "format": "answerable/opening/v1",
    }


def bodies(register: Register, play: Play, point: int) -> dict[str, dict[str, Any]]:
    board = cast("list[dict[str, Any]]", register.value(name_of(play))["board"])
    return {one["body"]: one for one in board[point - 1]["bodies"]}


@pytest.mark.parametrize("publishes", PUBLISHED)
def test_nothing_that_a_body_says_is_shown_before_it_is_sent(
    work: ProceedingsAtWork, tmp_path: Path, publishes: str
) -> None:
    play = Play(work, publishes)
    for done in play.steps():
        register = published(work, tmp_path / "register")
        assert register.codes() == set(), done
        told = said_in(register, name_of(play))
        shown = NEVER if publishes == RESPONSE and play.is_sent else SECRET
        assert not [words for words in shown if words in told], done
        if not play.is_sent:
            for sign in ("'words'", "laws", "contribution-edited", "signatures", "sha256"):
                assert sign not in told, (done, sign)


def test_what_was_sent_is_shown_as_it_was_sent(work: ProceedingsAtWork, tmp_path: Path) -> None:
    play = Play(work, RESPONSE).whole()
    register = published(work, tmp_path / "register")
    assert register.codes() == set()
    acts = cast("list[dict[str, list[str]]]", register.value(name_of(play))["acts"])
    fields = [field_of(one.encode()) for act in acts for one in act["disclosures"]]
    said = response_said({field.path: field.value for field in fields})
    assert said is not None
    assert (said.subject, [*said.points]) == ("What is asked", [1, 2, 3])
    (reply,) = said.points[1].replies
    assert (reply.text, reply.laws) == (EDITED, ("LANGO, article 9",))
    # What came after it was cleared is no part of it.
    assert said.points[2].replies == ()


def test_the_board_has_every_stage_the_edit_and_the_point_of_nobody(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    play = Play(work, BOARD)
    seen: list[tuple[str, str]] = []
    for _ in play.steps():
        told = bodies(published(work, tmp_path / "register"), play, 1)
        if BODY.party in told:
            seen.append((told[BODY.party]["stage"], told[BODY.party]["edit"] or ""))
    stages = ["not-opened", "opened", "drafted", "contribution-cleared", "handed-over"]
    assert [*dict.fromkeys(stage for stage, _ in seen)] == stages
    assert [*dict.fromkeys(edit for _, edit in seen)] == ["", "not-confirmed"]
    register = published(work, tmp_path / "register")
    assert bodies(register, play, 2)[OTHER_BODY.party]["until"] == "2027-01-15"
    assert bodies(register, play, 3) == {}
    value = register.value(name_of(play))
    assert (value["standing"], value["turn"]) == ("sent-acknowledged", "monitor")


def test_of_a_proceeding_that_is_not_published_nothing_is_there_but_a_count(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    before = published(work, tmp_path / "before").checked()
    play = Play(work, "").whole()
    register = published(work, tmp_path / "register")
    checked = register.checked()
    assert checked.differences == []
    assert not [name for name in register.files if name.startswith("responses/")]
    whole = b"".join(data for name, data in register.files.items() if "tile" not in name)
    assert play.number.encode() not in whole
    acts = play.last("contribution-given")
    # The installation of the rules is shown, and each act of the proceeding is counted.
    assert checked.unexplained - before.unexplained == acts
    (week,) = cast("list[dict[str, Any]]", register.value("accounts.json")["weeks"])
    assert week["entries"] - week["explained"] == checked.unexplained


def test_its_acts_are_protected_and_its_number_is_not_listed(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    hidden, shown = Play(work, "").whole(), Play(work, BOARD).whole()
    work.store.clock.set("2027-02-01T09:00:00+07:00")
    register = published(work, tmp_path / "register")
    assert register.codes() == set()
    (week, *_) = cast("list[dict[str, Any]]", register.value("accounts.json")["weeks"])
    checked = register.checked()
    assert (week["protected"], week["padding"]) == (checked.unexplained, 0)
    numbers = cast("list[dict[str, Any]]", register.value("accounts.json")["numbers"])
    assert sum(one["listed"] for one in numbers) == 1
    assert sum(one["not_listed"] for one in numbers) == 1
    assert hidden.number != shown.number


def test_a_round_is_shown_only_behind_a_round_that_is_shown(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    hidden, shown = Play(work, "").whole(), Play(work, BOARD).whole()
    after_hidden = work.ask(1, "monitor-board", follows=hidden.number)
    after_shown = work.ask(1, "monitor-board", follows=shown.number)
    register = published(work, tmp_path / "register")
    assert register.codes() == set()
    names = {name for name in register.files if name.startswith("responses/")}
    assert names == {name_of(shown), f"responses/{after_shown}.json"}
    assert after_hidden != after_shown
    assert "register-link-leads-out" in register.without(name_of(shown)).reindexed().codes()


def test_its_rules_and_their_calendar_are_files_of_the_register(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    Play(work, BOARD).whole()
    register = published(work, tmp_path / "register")
    assert "rules/procedures/monitor-board@2012.yaml" in register.files
    assert any(name.startswith("rules/calendars/eu-weekdays@") for name in register.files)


@pytest.mark.parametrize("what", ["board", "standing", "owed", "turn"])
def test_a_board_that_its_acts_do_not_make_is_named(
    work: ProceedingsAtWork, tmp_path: Path, what: str
) -> None:
    play = Play(work, BOARD).whole()
    register = published(work, tmp_path / "register")
    value = {**register.value(name_of(play)), what: []}
    differences = register.written(name_of(play), value).checked().differences
    assert [(d.code, d.facts["what"]) for d in differences] == [("register-case-differs", what)]


def test_facts_that_are_not_public_yet_are_named(work: ProceedingsAtWork, tmp_path: Path) -> None:
    play = Play(work, RESPONSE).until("contribution-given")
    register = published(work, tmp_path / "register")
    value = register.value(name_of(play))
    docket = work.reading.proceeding(play.number)
    act = work.store.dockets.acts(docket.id)[play.last("contribution-given") - 1]
    facts = next(one for one in act.kept.disclosures() if field_of(one).path == "facts")
    cast("list[dict[str, Any]]", value["acts"])[-1]["disclosures"].append(facts.decode())
    changed = register.written(name_of(play), value)
    assert act.kept.envelope.receipt_number in too_much(changed)


def test_content_of_an_act_that_is_not_sent_is_named(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    play = Play(work, RESPONSE).until("contribution-given")
    register = published(work, tmp_path / "register")
    value = register.value(name_of(play))
    docket = work.reading.proceeding(play.number)
    act = work.store.dockets.acts(docket.id)[play.last("contribution-given") - 1]
    listed = cast("list[Any]", decode(work.store.dockets.content(act)))
    text = next(item for item in listed if item[1] == "text")
    last = cast("list[dict[str, Any]]", value["acts"])[-1]
    last["disclosures"].append(disclosure_of(encode(text)).decode())
    assert "register-shows-too-much" in register.written(name_of(play), value).codes()


def test_an_act_that_is_never_shown_is_named(work: ProceedingsAtWork, tmp_path: Path) -> None:
    """A register that shows a proceeding which no rule publishes is not one of this format."""
    play = Play(work, "").until("point-assigned")
    shown = Play(work, BOARD).until("request-recorded")
    register = published(work, tmp_path / "register")
    docket = work.reading.proceeding(play.number)
    value: dict[str, Json] = {**register.value(name_of(shown)), "number": play.number}
    there = work.store.dockets.acts(docket.id)
    value["acts"] = [opened(act) for act in there]
    numbers = too_much(register.written(name_of(play), value))
    assert numbers == {act.kept.envelope.receipt_number for act in there}


def test_erasing_takes_what_was_sent_out_of_the_next_register(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    play = Play(work, RESPONSE).whole()
    docket = work.reading.proceeding(play.number)
    work.store.case_keys.overwrite(docket.id)
    register = published(work, tmp_path / "register")
    assert register.codes() == set()
    assert EDITED not in said_in(register, name_of(play))
    assert len(cast("list[Json]", register.value(name_of(play))["board"])) == 3


def test_names_of_bodies_are_public_and_of_nobody_else(
    work: ProceedingsAtWork, tmp_path: Path
) -> None:
    register = published(work, tmp_path / "register")
    told = said_in(register, "mechanism.json")
    assert f"member of {BODY.party}" in told
    for hidden in ("complainant", "chair of", "legal-expert", "duty-officer", "reviewer of"):
        assert hidden not in told
