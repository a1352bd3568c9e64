"""On a page in Khmer what counts has Khmer digits; what is looked up keeps those of everyone."""

import re
from html import unescape

from tests.support.websites import Visitor
from tests.unit.web.conftest import Answers, Told

APART = re.compile(r"(?s)<(title|script|style|pre|code|blockquote)\b.*?</\1>")
SPOKEN = re.compile(r'(?:data-name|aria-label|placeholder)="([^"]*)"')
IDENTIFIERS = re.compile(
    r"[A-Z]{2}-\d{4}-\d{4}-\d(/\d+)?|\b[A-Z]{2}/\d+|[\w-]+@[\w-]+|\bp\d+\b|\bkey:\w+"
    # What standards and kinds of files are called everywhere.
    r"|WCAG [\d.]+|SHA-256|\bA4\b|[\w/.-]+\.(json|yaml|csv|txt)|training\.example\S*"
)
THEIRS = re.compile(r"They closed office \d+, \d+\.|LANGO, article 9|^ប្រភព៖ .*")
"""What others wrote, and the sources of rules as they were published."""
LATIN = re.compile("[0-9]")


def text_of(page: str) -> str:
    text = re.sub("<[^>]*>", "\n", APART.sub(" ", page))
    return unescape("\n".join((text, *SPOKEN.findall(page))))


def walked(visitor: Visitor) -> dict[str, str]:
    """Return the text of every page in Khmer that links lead to, by its address."""
    found: dict[str, str] = {}
    waiting = ["/km"]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answered = visitor.get(address)
        if not answered.headers["Content-Type"].startswith("text/html"):
            continue
        found[address] = text_of(answered.text)
        links = re.findall(r'href="(/km(?:/[^"#]*)?)', answered.text)
        # Two filters at once say nothing that one does not.
        waiting += [one for one in map(unescape, links) if one.count("=") < 2]
    return found


def of_latin_digits(pages: dict[str, str]) -> dict[str, str]:
    return {
        line.strip(): address
        for address, text in pages.items()
        for line in text.splitlines()
        if LATIN.search(IDENTIFIERS.sub("", THEIRS.sub("", line.strip())))
    }


def test_no_page_of_cases_counts_in_latin_digits(told: Told) -> None:
    pages = walked(told.visitor)
    assert len(pages) > 40
    assert of_latin_digits(pages) == {}


def test_no_page_of_a_proceeding_counts_in_latin_digits(answers: Answers) -> None:
    assert of_latin_digits(walked(answers.visitor)) == {}
