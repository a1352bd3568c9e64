"""check_ledger: everything that must hold of a stored ledger, as one function."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from answerable.core.invariants.acts import check_acts
from answerable.core.invariants.tree import check_tree
from answerable.core.invariants.view import (
    Counts,
    Finding,
    LedgerView,
    Progress,
    Signers,
    finding,
)

__all__ = ["INVARIANTS", "Counts", "Finding", "LedgerView", "Progress", "Signers", "check_ledger"]

INVARIANTS: Mapping[str, str] = {
    # Entries, tiles, checkpoints, second copy.
    "ledgers-not-contiguous": "Ledgers begin where the one before ends, under numbers that "
    "grow, new origins and later dockets.",
    "entry-missing": "Positions of entries have no gap.",
    "entry-malformed": "An entry holds a commitment of 32 bytes.",
    "entries-differ": "The entries of a complete tile have the root that was signed.",
    "tile-missing": "Every 256 completed entries have a stored tile.",
    "tile-extra": "No tile is stored for entries that are not complete.",
    "tile-differs": "A stored tile is the root of its 256 entries.",
    "root-differs": "The entries have, at the size of each checkpoint, the root that it signs.",
    "checkpoint-ahead": "No checkpoint is larger than the entries.",
    "entries-uncovered": "The last checkpoint covers all entries.",
    "checkpoint-unreadable": "A checkpoint is a signed note of three lines.",
    "checkpoint-altered": "A checkpoint says of origin, size and root what its row says.",
    "checkpoint-unsigned": "A checkpoint is signed by a key of the ledger and by its time key, "
    "each in its window, at the time that its row says.",
    "sizes-do-not-grow": "Checkpoints of a ledger grow.",
    "time-runs-back": "The time of checkpoints never runs back.",
    "head-missing": "A ledger with entries has a second copy of its head.",
    "head-unreadable": "The head's second copy can be read.",
    "head-ahead": "The head's second copy promises nothing that is not stored.",
    "head-differs": "The head's second copy names a tree that the stored one continues.",
    "numbers-behind-head": "The years' serials are not behind the head's second copy.",
    # Acts and entries.
    "act-without-entry": "Every act has an entry.",
    "act-unreadable": "Every act can be read.",
    "act-differs": "An act, with what survives erasure, has the commitment that its entry holds; "
    "with it the act before it on its docket.",
    "act-missing": "The acts of a docket count from 1 without a gap.",
    "act-time-runs-back": "The time of a docket's acts never runs back.",
    "act-of-another-number": "All acts of a docket bear its number.",
    "party-signature-differs": "The signature that an act carries fits its content, for the origin "
    "of its ledger.",
    "party-key-not-in-force": "An act is signed with the key that its party had when it was "
    "recorded, as far as envelopes tell keys.",
    "exhibits-differ": "An act has as many stored names of exhibits as its envelope counts.",
    "exhibit-without-act": "Every stored name of an exhibit has an act.",
    "entry-twice": "No act has two entries.",
    # Units.
    "unit-without-act": "A unit's acts exist and follow one another.",
    "units-overlap": "No act belongs to two units.",
    "act-without-unit": "Every act belongs to a unit.",
    # Dockets and what is folded.
    "docket-skipped": "Dockets count from 1; only a successor ledger skips some.",
    "docket-without-slot": "Every docket has a key slot of its own.",
    "docket-differs": "The projection of a docket equals the fold of its acts.",
    "docket-without-act": "Every projection of a docket has acts.",
    "owed-differ": "The owed acts stored equal the fold of the acts.",
    "owed-without-act": "Every owed act has a docket with acts.",
    "figures-differ": "What is kept of a docket for figures equals the fold of its acts, as far "
    "as it has followed them.",
    "figures-without-act": "What is kept for figures is of a docket with acts.",
    "figures-not-summed": "What is kept of a docket for figures is in a sum, made or to be made.",
    "figures-sum-differs": "A sum kept for figures is that of what is kept of its dockets.",
    "figures-ahead": "What is kept for figures has followed no further than the entries.",
    # Numbers.
    "second-mechanism": "There is one docket of the mechanism, and it is the first.",
    "number-unreadable": "A case has a number with this mechanism's prefix and a fitting digit.",
    "number-twice": "No two dockets have one number.",
    "number-beyond-year": "No number is above the last that its year gave.",
    "number-unexplained": "Every serial of a year is a case's, or lies undrawn in a block, "
    "or was lost with a head.",
    "number-not-drawn": "No case has a number that its block has not drawn, and no two blocks.",
    "block-beyond-year": "A block's serials were given by its year.",
    # The database itself.
    "database-unreadable": "The database can be read to its end.",
}
"""Every invariant by the code of the finding that names a breach of it."""


def check_ledger(
    view: LedgerView,
    *,
    signers: Signers | None = None,
    acts: bool = True,
    counts: Counts | None = None,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """Yield whatever does not hold of a stored ledger; nothing, if all is well.

    Without ``signers`` no signature is verified. Without ``acts`` only the tree is checked:
    entries, tiles, checkpoints and second copy. Memory is bounded by a few bytes for each entry.
    """
    counts = counts if counts is not None else Counts()
    progress = progress or _silent
    yield from _contiguous(view)
    for ledger in view.ledgers():
        counts.ledgers += 1
        yield from check_tree(view, ledger, signers=signers, counts=counts, progress=progress)
    if acts:
        yield from check_acts(view, counts, progress, signers)


def _contiguous(view: LedgerView) -> Iterator[Finding]:
    ledgers = view.ledgers()
    if not ledgers or ledgers[0].first != 0:
        yield finding("ledgers-not-contiguous", ledger=None)
    for before, ledger in pairwise(ledgers):
        if (
            ledger.number <= before.number
            or ledger.first_docket < before.first_docket
            or ledger.origin in {other.origin for other in ledgers if other is not ledger}
            or not before.first <= ledger.first <= view.end()
        ):
            yield finding("ledgers-not-contiguous", ledger=ledger.number)


def _silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""
