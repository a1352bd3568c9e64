"""What is kept outside the case key must not lead back to what the key protects."""

from answerable.core.commitment import CONTENT_KEY, content_of, expand, extract
from tests.support.training_records import FIELDS, SIGNED, UNSIGNED, kept, secret


def test_what_survives_erasure_gives_no_key_of_content() -> None:
    for record in (UNSIGNED, SIGNED):
        after = kept(record)
        key = extract(after.envelope_secret)
        assert expand(key, CONTENT_KEY) != record.sealed.content_key
        # Under the salts of the envelope nobody can try whether a field said this or that.
        tried = content_of(FIELDS, key).digests
        assert not set(tried) & set(after.content_digests)


def test_no_decoy_is_in_two_records() -> None:
    one, other = (content_of((), extract(secret(label))).digests for label in "12")
    assert len({*one, *other}) == 16
