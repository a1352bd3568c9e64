"""Writes docs/specs/vectors/response: python -m tests.support.response_vectors."""

import json
from dataclasses import replace
from pathlib import Path

from answerable.core.proceeding.basis import Basis, Beside
from answerable.core.proceeding.response import SECOND, CollectedResponse, PointAnswered, Reply
from tests.support.responses import (
    INTERIOR,
    LABOUR,
    SHORT,
    WITH_CONTESTS,
    WITH_FIGURES,
    long_response,
)
from tests.support.training_records import PARTY

FOLDER = Path(__file__).parents[2] / "docs" / "specs" / "vectors" / "response"

EXAMPLE = replace(
    SHORT,
    subject="Freedom of association",
    titles={"en": "Temporary withdrawal of preferences"},
    clocks=(),
    points=(
        PointAnswered(
            number=1,
            label="12 (a)",
            page="4",
            text="Were offices sealed?",
            cases={"submissions": 61},
            silent=(LABOUR,),
            replies=(
                Reply(
                    body=INTERIOR,
                    role="lead",
                    act=9,
                    at="2026-11-02T03:12:00.000Z",
                    given="Two were sealed.",
                    basis=(Basis(kind="law", text="Law on Associations, article 30"),),
                ),
            ),
        ),
    ),
)
SIGNED = replace(
    EXAMPLE,
    format=SECOND,
    points=(
        replace(
            EXAMPLE.points[0],
            silent=(),
            replies=(
                *EXAMPLE.points[0].replies,
                Reply(
                    body=LABOUR,
                    role="contributes",
                    act=10,
                    at="2026-11-03T03:12:00.000Z",
                    given=None,
                    signed=PARTY.public_key().public_bytes_raw().hex(),
                ),
            ),
        ),
    ),
)
SIGNED = SIGNED.with_bases(lambda one: replace(one, beside=Beside())).saying_signed()
"""Labour has nothing on the point, and signs that; the Interior signed nothing."""

RESPONSES: dict[str, CollectedResponse] = {
    "example": EXAMPLE,
    "every-answer-and-gap": SHORT,
    "no-points": replace(EXAMPLE, points=()),
    "training": replace(EXAMPLE, training=True),
    "positions": long_response(points=18, bodies=3),
    "contests": WITH_CONTESTS,
    "contests-without-words": WITH_CONTESTS.without_words(),
    "signed": SIGNED,
    "figures": WITH_FIGURES,
}


def vectors() -> dict[str, bytes]:
    """Return every file of the vectors by its name."""
    files = {f"{name}.json": response.encoded() for name, response in RESPONSES.items()}
    index = [
        {
            "file": f"{name}.json",
            "fingerprint": response.digest(),
            "gaps": response.gaps(),
        }
        for name, response in RESPONSES.items()
    ]
    text = json.dumps({"cases": index}, indent=1, ensure_ascii=False) + "\n"
    return {**files, "index.json": text.encode()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in vectors().items():
        (FOLDER / name).write_bytes(content)
