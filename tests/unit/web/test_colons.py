"""Words and what is told under them: the sign between them is that of their language."""

import re
from pathlib import Path

from answerable.web import site


def test_no_page_sets_the_colon_of_one_language_after_words_of_all() -> None:
    web = Path(site.__file__).parent
    glued = re.compile(r"\}\}(?:</\w+>)?\s*:")
    found = [one.name for one in web.rglob("*.html") if glued.search(one.read_text())]
    assert not found
