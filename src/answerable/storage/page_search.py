"""How public texts are indexed and asked for: by words, and by Khmer clusters."""

from answerable.core.matching import runs

_GAP, _TOKENIZER = "_", "ascii tokenchars ''_''"
"""What stands between what does not belong together, and what nobody can ask for."""
_LEAST_PREFIX = 3
_MOST_WORDS = 12

TABLE = f"CREATE VIRTUAL TABLE said USING fts5(text, content='', tokenize='{_TOKENIZER}')"
"""The index of an extract: it finds texts, and holds none."""


def indexed(text: str) -> str:
    """Return a text as it is indexed: between runs stands what nobody can ask for."""
    return f" {_GAP} ".join(" ".join(map(_token, run)) for run in runs(text))


def asked(typed: str) -> str:
    """Return what is asked as a query: every word, the last clusters of a run together."""
    phrases = []
    for run in list(runs(typed))[:_MOST_WORDS]:
        last = "*" if len(run) == 1 and run[0].isascii() and len(run[0]) >= _LEAST_PREFIX else ""
        phrases.append(f'"{" ".join(map(_token, run))}"{last}')
    return " AND ".join(phrases)


def _token(one: str) -> str:
    # A letter that is not ASCII is a separator to some tokenizers, and a sign to others.
    return one if one.isascii() else f"u{one.encode().hex()}"
