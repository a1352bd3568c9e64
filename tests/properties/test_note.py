"""The laws of signed notes: what order and unknown lines cannot change, and what nothing may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.core.errors import AnswerableError
from answerable.core.ledger.keys import is_key_name
from answerable.core.ledger.note import (
    ED25519,
    Note,
    Signature,
    VerifierKey,
    open_note,
    parse_note,
    sign_note,
)
from tests.support.training_ledger import GREASE, LOG, MAY, NORTH, TIME, verify

texts = st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32))
bodies = st.lists(texts, max_size=4).map(
    lambda lines: "".join(f"{line}\n" for line in lines) + "\n"
)
names = st.text(min_size=1, max_size=30).filter(is_key_name).filter(lambda name: name.isprintable())
unknown = st.builds(
    Signature,
    names,
    st.binary(min_size=4, max_size=4),
    st.binary(min_size=1, max_size=90),
)
KEYS = (LOG.verifier, TIME.verifier, NORTH.verifier)


def _signed(text: str) -> Note:
    return sign_note(text, (LOG.signer(), TIME.at(MAY), NORTH.at(MAY + 5)))


@given(bodies, st.lists(unknown, max_size=5), st.randoms())
def test_reordering_and_unknown_lines_change_nothing(
    text: str, grease: list[Signature], random: object
) -> None:
    note = _signed(text)
    lines = [*note.signatures, *grease]
    random.shuffle(lines)  # type: ignore[attr-defined]  # Hypothesis's Random
    shuffled = parse_note(Note(text, tuple(lines)).encode())
    assert open_note(shuffled, KEYS, verify) == open_note(note, KEYS, verify)


@given(bodies, st.lists(unknown, min_size=1, max_size=5))
def test_a_note_gives_back_its_bytes(text: str, lines: list[Signature]) -> None:
    note = Note(text, tuple(lines))
    assert parse_note(note.encode()) == note
    assert parse_note(note.encode()).encode() == note.encode()


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_are_the_form_of_their_note(tail: bytes) -> None:
    content = b"a text\n\n" + tail
    try:
        note = parse_note(content)
    except AnswerableError:
        return
    assert note.encode() == content


@given(bodies, bodies)
def test_no_other_text_passes_with_these_signatures(text: str, other: str) -> None:
    note = Note(other, _signed(text).signatures)
    if other == text:
        assert len(open_note(note, KEYS, verify)) == len(KEYS)
    else:
        with pytest.raises(AnswerableError) as refused:
            open_note(note, KEYS, verify)
        assert refused.value.code == "signature-does-not-fit"


@given(names, st.binary(min_size=32, max_size=32), st.sampled_from([ED25519, 4]))
def test_a_key_is_written_and_read(name: str, public: bytes, kind: int) -> None:
    key = VerifierKey.of(name, kind, public)
    assert VerifierKey.parse(str(key)) == key


@given(st.data())
def test_no_altered_key_is_read(data: st.DataObject) -> None:
    text = str(GREASE.verifier)
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(
        st.characters(min_codepoint=32, max_codepoint=126).filter(lambda c: c != text[at])
    )
    with pytest.raises(AnswerableError):
        VerifierKey.parse(text[:at] + sign + text[at + 1 :])
