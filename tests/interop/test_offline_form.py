"""The form without a network agrees with the server's: in copies, keys, dates and refusals."""

import json
import random
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from answerable.casework.form_copies import MAGIC, FormCopies
from answerable.core.case import limits
from answerable.core.case.dates import MONTHS, read_when
from answerable.core.case.notes import what_the_receiver_will_ask
from answerable.core.case.problems import Problem
from answerable.core.case.splitting import beginnings, parted, parted_at_mark
from answerable.core.case.text import clusters, seen_length
from answerable.core.copy_key import CopyKey, copy_key, typed_copy_key
from answerable.core.errors import AnswerableError
from answerable.core.return_key import return_key
from answerable.keys.cipher import Aes256Gcm
from answerable.locale.visible import shortened
from answerable.web.form.asked import field_path
from answerable.web.form.copies import FORMAT, restored
from answerable.web.form.draft import Draft
from answerable.web.form.handed import handed
from answerable.web.form.questions import PLACE, QUESTION_PAGES, Shape
from tests.support.go_programs import Program
from tests.support.published import TORTURE

pytestmark = pytest.mark.interop

VECTOR = Path(__file__).parents[2] / "docs/specs/vectors/form-copy/two-parts.json"
KEY = copy_key(bytes(31) + b"\x2a")
OTHER_KEY = copy_key(bytes(32))
QUESTIONS = [one for page in (*QUESTION_PAGES.values(), PLACE) for one in page.questions]
TYPED = [one.at(1) for one in QUESTIONS if not one.choices and one.shape is not Shape.YES]


def copies() -> FormCopies:
    drawn = iter(range(1, 200))
    return FormCopies(Aes256Gcm(), lambda size: bytes([next(drawn)]) * size)


def outcome(answer: dict[str, Any]) -> Any:
    return answer["code"] if answer["outcome"] == "refused" else "done"


# --- Copies, both ways. ---


def test_the_vector_of_the_format_opens_in_the_form(offline_form: Program) -> None:
    vector = json.loads(VECTOR.read_text())
    found = offline_form.answer("open", vector["key"], vector["file"])
    assert found["answers"] == vector["plaintext"]["answers"]


def test_what_the_form_locks_the_server_opens_and_no_two_are_alike(offline_form: Program) -> None:
    said = {"allegations/1/what": ["គេបានចាក់សោទ្វារ។\n"], "readers": ["secretariat", "monitor"]}
    long = {"allegations/1/what": ["x" * 5000]}
    asked = [["seal", KEY.digits, json.dumps(one)] for one in (said, said, long)]
    files = [b64decode(one["file"]) for one in offline_form.answers(asked)]
    for file, wanted in zip(files, (said, said, long), strict=True):
        plain = json.loads(copies().opened(KEY, file))
        assert plain == {"answers": wanted, "format": FORMAT}
    assert files[0][len(MAGIC) : len(MAGIC) + 28] != files[1][len(MAGIC) : len(MAGIC) + 28]
    overhead = len(MAGIC) + 16 + 12 + 16
    assert [len(file) - overhead for file in files] == [4096, 4096, 8192]


def code_of(key: CopyKey, file: bytes) -> str:
    try:
        plain = copies().opened(key, file)
    except AnswerableError as problem:
        return problem.code
    try:
        return "done" if isinstance(json.loads(plain)["answers"], dict) else "no-form-copy"
    except (ValueError, TypeError, KeyError):
        return "no-form-copy"


def test_what_was_tampered_with_is_refused_in_the_same_words(offline_form: Program) -> None:
    whole = copies().sealed(KEY, json.dumps({"answers": {}, "format": FORMAT}).encode())
    changed = [
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        for at in (0, len(MAGIC) - 1, len(MAGIC), len(MAGIC) + 20, len(whole) - 1)
    ]
    cut = [whole[:length] for length in (0, 5, len(MAGIC), len(MAGIC) + 28, len(MAGIC) + 29)]
    made = [
        copies().sealed(KEY, plain)
        for plain in (b"{", b"[]", b'{"answers": []}', b'{"format": "x", "answers": {}}', b"\xff")
    ]
    files = [whole, *changed, *cut, *made, whole + b"0", MAGIC + b"0" * (2 * 2**20 + 1)]
    asked = [["open", KEY.digits, b64encode(file).decode()] for file in files]
    found = [outcome(one) for one in offline_form.answers(asked)]
    # What is no answer in a plaintext is told by the surface of the server (web/form/copies.py).
    ours = [code_of(KEY, file) for file in files]
    ours[files.index(made[3])] = "no-form-copy"
    assert found == ours
    assert set(found) == {"done", "no-form-copy", "copy-stays-shut"}
    stranger = offline_form.answer("open", OTHER_KEY.digits, b64encode(whole).decode())
    assert outcome(stranger) == "copy-stays-shut"


HOSTILE: list[dict[str, Any]] = [
    {"allegations/2/what": ["a"], "allegations/7/what": ["b"], "allegations/07/title": ["c"]},
    {"allegations/0/what": ["a"], "allegations/1000/what": ["b"], "allegations/-1/what": ["c"]},
    {f"requests/{number}/what": [str(number)] for number in range(1, 130)},
    {"__proto__": ["a"], "allegations/1/__proto__": ["b"], "constructor": ["c"], "level": ["4"]},
    {"level": ["3", "1"], "readers": ["public", "nobody", "secretariat"], "title": ["a"]},
    {"allegations/1/kind": ["other", "no-such"], "allegations/1/how-known": ["document", "saw"]},
    {"allegations/1/place/province-code": ["KH-2", "x"], "concerns/1/place/province-code": ["a"]},
    {
        "allegations/1/exhibits": ["a"],
        "exhibits/1/file": ["/etc/passwd"],
        "speaker/name": ["", "b"],
    },
    {"return-shows": ["no", "yes"], "level": ["1"]},
    {"return-shows": ["perhaps", "no"]},
    {"allegations/1/targets/name": ["a"], "allegations/1/targets/consent/included": ["no"]},
    {"allegations/7/targets/4/name": ["a", "b"], "allegations/7/targets/09/kind": ["person", "x"]},
    {f"allegations/1/targets/{n}/initials": [str(n)] for n in range(70)},
    {"allegations/{n}/targets/{m}/name": ["a"], "allegations/{n}/what": ["b"]},
    {"speaker/speaks-as": ["person"], "risk/harm": ["yes", "no"], "danger-now/what": ["a", "b"]},
]


def test_the_form_takes_of_a_copy_what_the_server_takes(offline_form: Program) -> None:
    asked = [["restored", json.dumps(one)] for one in HOSTILE]
    found = [one["answers"] for one in offline_form.answers(asked)]
    assert found == [dict(restored(one)) for one in HOSTILE]


def test_whatever_the_form_can_say_the_server_puts_back(offline_form: Program) -> None:
    said = {one.at(1): list(one.choices[:1]) or ["12/5/2026"] for one in QUESTIONS}
    said |= {f"speaker/{name}": ["a"] for name in ("organisation", "name", "contact")}
    found = offline_form.answer("seal", KEY.digits, json.dumps(said))
    plain = json.loads(copies().opened(KEY, b64decode(found["file"])))
    assert dict(restored(plain["answers"])) == said


# --- Keys. ---


def test_keys_are_made_as_the_server_makes_them(offline_form: Program) -> None:
    draw = random.Random(5)  # noqa: S311 - no key of anything
    drawn = [bytes(32), b"\xff" * 32, *(draw.randbytes(32) for _ in range(30))]
    found = offline_form.answers([["key", one.hex()] for one in drawn])
    assert [one["key"] for one in found] == [copy_key(one).digits for one in drawn]


def keys_typed() -> list[str]:
    key = KEY.digits
    khmer = key.translate({ord("0") + at: 0x17E0 + at for at in range(10)})
    slips = [key[:at] + str((int(key[at]) + 3) % 10) + key[at + 1 :] for at in range(20)]
    swaps = [key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in range(19)]
    return [
        *("", "1", key[:19], key + "0", "a" + key, key + "!", " ".join(KEY.groups), "x" * 20),
        *("\u2013".join(KEY.groups), "\u200b".join(KEY.groups), khmer, khmer[:10] + key[10:]),
        *("\ufeff" + key, key + "\n", "\U0001d7ec" + key[1:], "\u0660" + key[1:]),
        key[4:] + key[:4],
        *slips, *swaps, return_key(bytes(32)).digits, "0" * 20,
    ]  # fmt: skip


def test_a_typed_key_is_read_or_refused_alike(offline_form: Program) -> None:
    def ours(text: str) -> Any:
        try:
            return typed_copy_key(text).digits
        except AnswerableError as problem:
            return problem.code, dict(problem.facts)

    typed = keys_typed()
    found = offline_form.answers([["typed", one] for one in typed])
    told = [one.get("key") or (one["code"], one["facts"]) for one in found]
    assert told == [ours(one) for one in typed]


# --- Dates. ---

ARABIC = str.maketrans("0123456789", "".join(chr(0x0660 + at) for at in range(10)))
BOLD = str.maketrans("0123456789", "".join(chr(0x1D7CE + at) for at in range(10)))
DATES = [
    *("2026-05-12", "2026/5/12", "12.05.2026", "12 5 2026", "12-5-2026", "12/5-2026", "12/5/26"),
    *("១២/៥/២០២៦", "ថ្ងៃទី១២ ខែឧសភា ឆ្នាំ២០២៦", "១២ ឧសភា ២០២៦", "ខែកញ្ញា ឆ្នាំ២០១៩"),
    *("ថ្ងៃទី១២ ខែសីហា ព.ស. ២៥៧០", "12/5/2570", "12/2/2570", "12/8/70 BE", "12/8/2026 C.E."),
    *("12 May 2026 AD", "May 12, 2026", "12th may 2026", "1er août 2026", "12 MAI 2026"),
    *("2026", "2/2023", "2024-02", "29/2/2023", "29/2/2024", "0/5/2026", "12/25/2026", "31/4/2026"),
    *("soon", "", " 12/5/2026 ", "12/5/2026\n", "12\n5", "1899", "2199", "2200", "2443", "2742"),
    *("12/5/2026".translate(ARABIC), "12/5/2026".translate(BOLD), "12\u200b/5/2026", "2743"),
    *("12/5/2026\ufeff", "12\u00a05\u00a02026", "9" * 150, "1" * 300, "12 augu\u017ft 2026"),
    *("\u202e12/5/2026", "12/5/126", "BE 2570", "2570 B.E.", "12/5/2026 BE.", "x BE 2570"),
    *("MaBE 2026", "១២/៥/ព.ស ២៥៧០", "គ.ស ២០២៦", "12 september, 2026", "septembre 2026"),
]


def day(value: object) -> Any:
    try:
        when = read_when(value)
    except Problem:
        return None
    first, last = (one.isoformat() if one else None for one in (when.first, when.last))
    return {"first": first, "last": last, "marks": list(when.read_as)}


def test_every_date_is_read_as_the_server_reads_it(offline_form: Program) -> None:
    grid = [f"{d}{s}{m}{s}{y}" for d in (1, 28, 29, 30, 31, 32) for m in (1, 2, 5, 12, 13)
            for y in (1900, 2000, 2026, 2567, 24) for s in ("/", " ")]  # fmt: skip
    typed = [*DATES, *grid]
    found = [one["read"] for one in offline_form.answers([["day", one] for one in typed])]
    assert dict(zip(typed, found, strict=True)) == {one: day(one) for one in typed}


def test_no_letter_of_any_script_is_half_read_as_one_of_a_month(offline_form: Program) -> None:
    # Whatever folds onto a letter of a month, alone or with others, here or in a browser.
    folding = [
        chr(at)
        for at in range(0x80, 0x11000)
        if {*chr(at).lower(), *chr(at).upper(), *chr(at).casefold()} & {*"".join(MONTHS), *"ABCIKS"}
    ]
    typed = [f"12 {name} 2026" for name in MONTHS]
    typed += [one.upper() for one in typed]
    for name in ("august", "avril", "décembre", "mars"):
        typed += [f"12 {name[:at]}{one}{name[at + 1 :]} 2026" for one in folding for at in (0, 3)]
    found = [one["read"] for one in offline_form.answers([["day", one] for one in typed])]
    assert dict(zip(typed, found, strict=True)) == {one: day(one) for one in typed}
    assert all(one is None or one["first"] == one["last"] for one in found)
    assert sum(one is not None for one in found) >= 2 * len(MONTHS)


def test_every_span_is_read_as_the_server_reads_it(offline_form: Program) -> None:
    ends = ("", "2017", "12/5/2019", "5/12/2019", "12/5/2570", "soon")
    spans = [(a, b) for a in ends for b in ends if b]
    found = [one["read"] for one in offline_form.answers([["span", *one] for one in spans])]
    assert found == [day({"from": a or None, "to": b}) for a, b in spans]


# --- What is wrong with an answer. ---

TEXTS = (
    *(
        "a",
        "a\nb",
        "x" * 200,
        "x" * 201,
        "x" * 501,
        "x" * 601,
        "x" * 5001,
        "e\u0301" * 400,
        "🐘" * 200,
    ),
    *("x" * 20_001, "a\x00b", "a\u202eb", "a\ufeffb", "\ufeff", "\n".join("a" * 21), "\x1ca\x85"),
    *("\u2028" * 3 + "y", "\n".join(["x" * 501, "y"]), "\t", "a\r\nb", "\u200b"),
)


def wrong(path: str, text: str) -> dict[str, Any]:
    draft = Draft(UUID(int=0), "")
    draft.put(path, (text,))
    if not path.endswith("/what"):
        draft.put("allegations/1/what", ("a",))
        draft.put("concerns/1/what", ("a",))
        draft.put("requests/1/what", ("a",))
    _, problems = handed(draft, "en")
    name = path.replace("sent-before/", "sent-before/1/")
    for one in problems:
        at = field_path(one, draft)
        if at == name or at.startswith(f"{name}/"):
            return {"code": one.code, "limit": one.facts.get("limit")}
    return {"code": None, "limit": None}


def test_what_is_refused_when_it_is_put_back_is_told_before(offline_form: Program) -> None:
    paths = [*TYPED, *(f"speaker/{name}" for name in ("organisation", "name", "contact"))]
    # The end of a span is told with its beginning, and a blank answer is none.
    asked = [(path, text) for path in paths for text in TEXTS if not path.endswith("/date-to")]
    commands = [["wrong", path, json.dumps({path: [text]})] for path, text in asked]
    found = offline_form.answers(commands)
    blank = [one["blank"] for one in offline_form.answers([["blank", text] for _, text in asked])]
    for (path, text), theirs, is_blank in zip(asked, found, blank, strict=True):
        told = {} if is_blank else {name: theirs[name] for name in ("code", "limit")}
        assert told == ({} if is_blank else wrong(path, text)), (path, text[:20])
    assert {one["code"] for one in found} >= {"too-long", "too-many", "more-than-one-line"}
    assert limits.ACCOUNT in {one["limit"] for one in found}


# --- What will be asked. ---

ONE = "allegations/1"
ASKED: list[dict[str, list[str]]] = [
    {f"{ONE}/what": ["They came and took it."]},
    {f"{ONE}/what": ["They came. And left."], "consent/included": ["no"], "risk/harm": ["no"]},
    {f"{ONE}/title": ["A land, andes"], f"{ONE}/what": ["x and y"], f"{ONE}/kind": ["other"]},
    {f"{ONE}/title": ["only a title"], "concerns/1/title": ["a"], "requests/1/title": ["b"]},
    {f"{ONE}/what": ["គេចូល ហើយយក។"], f"{ONE}/date": ["12/5/2570"], f"{ONE}/remedy": ["x"]},
    {f"{ONE}/what": ["a"], f"{ONE}/date": ["1/2/2570"], f"{ONE}/date-to": ["12/5/2570"]},
    {f"{ONE}/what": ["a"], f"{ONE}/date": ["soon"], f"{ONE}/date-to": ["12/5/2570"]},
    {f"{ONE}/what": ["a"], f"{ONE}/date-to": ["12/5/2570"]},
    {f"{ONE}/what": ["a"], f"{ONE}/place/village": ["b"], f"{ONE}/targets/1/kind": ["person"]},
    {f"{ONE}/what": ["a"], f"{ONE}/place/province-code": ["KH-2"], f"{ONE}/actor/rank": ["b"]},
    {f"{ONE}/what": ["a"], f"{ONE}/place/do-not-publish": ["yes"], f"{ONE}/actor/body": ["b"]},
    {f"{ONE}/what": ["a"], f"{ONE}/targets/1/initials": ["b"], f"{ONE}/how-known": ["saw"]},
    {f"{ONE}/what": ["a"], "allegations/2/what": ["b, et c"], "allegations/2/would-show-it": ["d"]},
    {f"{ONE}/what": ["a"], f"{ONE}/targets/1/consent/included": ["no"]},
    {
        f"{ONE}/what": ["a"],
        f"{ONE}/targets/1/name": ["b"],
        f"{ONE}/targets/1/consent/included": ["no"],
    },
    {
        f"{ONE}/what": ["a"],
        f"{ONE}/targets/1/name": ["b"],
        f"{ONE}/targets/1/consent/contacted": ["no"],
    },
    {f"{ONE}/what": ["a"], f"{ONE}/targets/1/name": ["b"], "consent/included": ["yes"]},
    {
        f"{ONE}/what": ["a"],
        "allegations/2/what": ["b"],
        "allegations/2/targets/1/name": ["c"],
        f"{ONE}/targets/1/consent/included": ["yes"],
    },
    {
        f"{ONE}/what": ["a"],
        f"{ONE}/targets/2/name": ["b"],
        f"{ONE}/targets/2/consent/included": ["yes"],
        f"{ONE}/targets/5/kind": ["community"],
    },
    {
        f"{ONE}/what": ["a"],
        f"{ONE}/targets/1/name": ["b"],
        f"{ONE}/targets/1/consent/included": ["yes"],
        f"{ONE}/targets/2/initials": ["c"],
        f"{ONE}/targets/2/consent/included": ["no"],
    },
    {"concerns/1/what": ["a"], "concerns/1/remedy": ["b"]},
    {"requests/1/what": ["a"]},
]
ELSEWHERE = {
    *("date-read-as", "no-language", "no-level", "no-readers", "no-kind", "no-nature"),
    *("no-speaker", "named-where-no-names", "published-without-consent"),
}
"""What is told only where level, readers and language are known, or not on the pages either."""


def test_what_will_be_asked_is_told_as_the_server_tells_it(offline_form: Program) -> None:
    found = offline_form.answers([["notes", json.dumps(one)] for one in ASKED])
    for said, answer in zip(ASKED, found, strict=True):
        submission, _ = handed(Draft(UUID(int=0), "", answers=said), "en")
        assert submission is not None
        ours = [
            ("note." + one.code, one.path, dict(one.facts))
            for one in what_the_receiver_will_ask(submission)
            if one.code not in ELSEWHERE
        ]
        told = [(one["code"], one["path"], one["facts"]) for one in answer["notes"]]
        assert told == ours, said


SPLIT_TEXTS = [
    *("", "One.", "One. Two. Three.", "12.5.2026 at 3.30. Then more", 'He said "no." And left.'),
    *("គេបានចូល។ គេបានយក។គេបានទៅ៕", "a\n\nb\n c\n", "a ## b ## c", "##", " ## b", "a##"),
    *("🐘. 🐘🐘! x", "x. " * 60, "x. y\n" * 45, "a.\u200bb", "a...\u00a0b", "a?!) b", "\n\n. a"),
    "a.\x85b",
]


def test_a_text_is_split_where_the_server_splits_it(offline_form: Program) -> None:
    found = offline_form.answers([["split", text] for text in SPLIT_TEXTS])
    for text, answer in zip(SPLIT_TEXTS, found, strict=True):
        ours = [list(parted(text, at)) for at in beginnings(text)]
        marked = parted_at_mark(text)
        assert answer["parts"] == ours, text
        assert answer["marked"] == (None if marked is None else list(marked)), text


def test_what_is_seen_of_a_title_is_counted_as_the_server_counts_it(offline_form: Program) -> None:
    joined = ("👩\u200d🌾👩\u200d🌾", "\u200bក\u200b\u200d", "\u17d2ក", "e\u0301\u0301", "ខ្\u200cញុំ")
    texts = [*TEXTS, *SPLIT_TEXTS, *joined, f"{TORTURE} " * 5]
    found = offline_form.answers([["clusters", text] for text in texts])
    ours = [{"clusters": [*clusters(text)], "seen": seen_length(text)} for text in texts]
    assert [{name: one[name] for name in ("clusters", "seen")} for one in found] == ours


def test_a_title_is_cut_where_the_server_cuts_it(offline_form: Program) -> None:
    texts = [*TEXTS, *SPLIT_TEXTS, f"{TORTURE} " * 5, TORTURE.replace(" ", "") * 9, "a " * 90]
    asked = [(text, most) for text in texts for most in (7, 60)]
    found = offline_form.answers([["short", text, str(most)] for text, most in asked])
    assert [one["text"] for one in found] == [shortened(text, most) for text, most in asked]
