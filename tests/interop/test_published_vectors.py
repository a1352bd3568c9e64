"""Known answers of others; vectors/SOURCES.md names each source and its licence."""

from base64 import b64encode

import pytest

from answerable.core.ledger.note import VerifierKey, open_note, parse_note
from answerable.core.ledger.tiles import tile_path, widths
from answerable.core.ledger.tree import (
    Frontier,
    check_consistency,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root_from_inclusion,
    root_of,
)
from tests.interop.published_probes import is_refused
from tests.support.training_ledger import subtree_of, verify

CT_ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [leaf_hash(entry) for entry in CT_ENTRIES]

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_NOTE = """\
If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp\
RZb6KE6RyyBwJnAM=
"""


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference_tree(size: int) -> None:
    assert root_of(HASHES[:size]).hex() == CT_ROOTS[size]
    assert Frontier().extended(HASHES[:size]).root().hex() == CT_ROOTS[size]


@pytest.mark.parametrize("size", range(1, 9))
def test_every_entry_and_prefix_of_the_reference_tree_is_proven(size: int) -> None:
    subtree = subtree_of(HASHES)
    root = bytes.fromhex(CT_ROOTS[size])
    for index in range(size):
        path = inclusion_path(index, size, subtree)
        assert root_from_inclusion(HASHES[index], index, size, path) == root
    for old in range(size + 1):
        path = consistency_path(old, size, subtree)
        check_consistency(old, bytes.fromhex(CT_ROOTS[old]), size, root, path=path)


def test_probes_in_the_form_of_transparency_dev_merkle_are_judged() -> None:
    subtree = subtree_of(HASHES)
    path = [b64encode(found).decode() for found in inclusion_path(5, 8, subtree)]
    probe = {
        "leafIdx": 5,
        "treeSize": 8,
        "leafHash": b64encode(HASHES[5]).decode(),
        "root": b64encode(bytes.fromhex(CT_ROOTS[8])).decode(),
        "proof": path,
    }
    assert not is_refused(probe)
    for change in ({"leafIdx": 4}, {"leafIdx": 8}, {"proof": path[1:]}, {"root": ""}):
        assert is_refused({**probe, **change})


def test_the_example_of_go_s_note_package_is_opened_and_written_again() -> None:
    note = parse_note(PETERS_NOTE.encode())
    (opened,) = open_note(note, [VerifierKey.parse(PETER)], verify)
    assert str(opened.key) == PETER
    assert note.encode() == PETERS_NOTE.encode()


def test_the_examples_of_tlog_tiles_are_those_given_there() -> None:
    assert tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert widths(70_000) == [(273, 112), (1, 17), (0, 1)]
    assert widths(256) == [(1, 0), (0, 1)]
