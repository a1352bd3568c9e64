"""Makes ``locale/km.words``: the words of our Khmer, as ICU parts it; ``make docs`` runs this file.

ICU has a dictionary of Khmer, and Node has ICU. No page needs either.
"""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import prod
from pathlib import Path

from answerable.locale.khmer_breaks import parted

SRC = Path(__file__).parents[2] / "src" / "answerable"
WORDS = SRC / "locale" / "km.words"
OURS = ("locale/km.toml", "core/case/kinds.py", "procedures/*.yaml")
"""What has sentences of ours in Khmer."""
_RUN = re.compile("[\u1780-\u17d3\u17dc\u17dd]+")
_ASK = """
const words = new Intl.Segmenter("km", {granularity: "word"});
const runs = JSON.parse(require("fs").readFileSync(0, "utf8"));
const parted = runs.map((run) => [run, [...words.segment(run)].map((one) => one.segment)]);
console.log(JSON.stringify(Object.fromEntries(parted)));
"""


def node() -> str | None:
    return shutil.which("node")


def runs_of_ours() -> list[str]:
    """Return each run of Khmer letters of ours once."""
    ours = "\n".join(file.read_text() for name in OURS for file in sorted(SRC.glob(name)))
    return sorted(set(_RUN.findall(ours)))


def by_icu() -> Mapping[str, list[str]]:
    """Return each run of Khmer letters of ours with its words, as ICU parts them."""
    asked = subprocess.run(
        [str(node()), "-e", _ASK],
        input=json.dumps(runs_of_ours()),
        capture_output=True,
        text=True,
        check=True,
    )
    found: Mapping[str, list[str]] = json.loads(asked.stdout)
    return found


def words_of_ours() -> Iterator[str]:
    """Yield what ``km.words`` has: each word once, in the order of their code points.

    Where ICU cuts a word in two, the halves are found beside the word itself, and are left out.
    """
    runs = by_icu()
    # One letter alone is half of a word, but for this one, which means "or".
    met = Counter(
        word for words in runs.values() for word in words if len(word) > 1 or word == "\u17ac"
    )
    found = met.keys() - greedy(runs.values(), met)
    yield from sorted(found & {word for run in runs for word in parted(run, found)})


def greedy(runs: Iterable[Sequence[str]], met: Mapping[str, int]) -> Iterator[str]:
    """Yield each word with letters of the next one, which ICU takes where it knows a word of them.

    Of two ways to part two words that one is taken of which the words are met more often.
    """
    for word, after in chain.from_iterable(map(pairwise, runs)):
        ways = ((word[:at], word[at:] + after) for at in range(1, len(word)))
        if any(_weight(way, met) > _weight((word, after), met) for way in ways):
            yield word


def _weight(words: Iterable[str], met: Mapping[str, int]) -> int:
    return prod(met.get(word, 0) for word in words)


if __name__ == "__main__":
    if node() is None:
        print("km.words is left as it is: node is missing; on Debian: apt install nodejs")  # noqa: T201 - make docs
    else:
        WORDS.write_text("".join(f"{word}\n" for word in words_of_ours()))
