"""Strategies: records with any fields, readers and envelopes."""

from hypothesis import strategies as st

from answerable.core.acts import (
    READERS,
    ActCode,
    By,
    Commitment,
    Draft,
    Field,
    Json,
    PartyId,
    PartySignature,
    Seat,
)
from answerable.core.canonical import SAFE_INTEGER
from answerable.core.commitment import ENVELOPE_PATHS, in_order
from answerable.core.record import Record, completed, sealed

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE_INTEGER, SAFE_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
paths = st.from_regex(r"[a-z0-9_-]{1,8}(/[a-z0-9_-]{1,8}){0,2}", fullmatch=True).filter(
    lambda path: path not in ENVELOPE_PATHS
)
named_keys = st.binary(min_size=32, max_size=32).map(lambda key: f"key:{key.hex()}")
readers = st.lists(st.sampled_from(READERS) | named_keys, min_size=1, max_size=4).map(
    lambda chosen: in_order(tuple(chosen))
)
fields = st.lists(
    st.builds(Field, paths, values, readers), max_size=10, unique_by=lambda item: item.path
).map(tuple)
codes = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
parties = st.builds(By, texts.filter(bool).map(PartyId), codes.map(Seat))
drafts = st.builds(
    Draft,
    act=codes.map(ActCode),
    by=parties,
    secret=st.binary(min_size=32, max_size=32),
    fields=fields,
    entered_by=st.none() | parties,
    allegations=st.lists(st.integers(1, 50_000), max_size=3).map(tuple),
    facts=st.dictionaries(codes, st.integers(0, 9) | codes, max_size=3),
    signature=st.none()
    | st.builds(
        PartySignature,
        st.binary(min_size=32, max_size=32),
        st.binary(min_size=64, max_size=64),
    ),
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    return completed(
        sealed(draw(drafts), draw(st.sampled_from(["case", "mechanism", "forum"]))),
        docket=draw(texts.filter(bool)),
        sequence=draw(st.integers(1, 10_000)),
        at=draw(st.integers(0, 4_102_444_799_999)),
        previous=draw(st.none() | st.binary(min_size=32, max_size=32).map(Commitment)),
    )
