"""Writes a page that is one file, and tells by what others know that it is the same."""

from hashlib import sha256

from answerable.cli.files import STREAM, write_new
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface

_MADE = {"verifier": "verifier.made", "form": "submission.form-made"}


def page_written(surface: Surface, output: str, page: bytes, name: str) -> int:
    """Write a page, which must not exist yet, and tell its fingerprint."""
    write_new(output, page)
    surface.output.to_stderr = output == STREAM
    fingerprint = sha256(page).hexdigest()
    lines = (
        surface.say(_MADE[name], output=output),
        surface.say("verifier.fingerprint", fingerprint=fingerprint),
        surface.say("verifier.publish"),
    )
    facts: dict[str, Json] = {"output": output, "bytes": len(page), "sha256": fingerprint}
    return surface.tell(Result(f"{name}-written", facts, "\n".join(lines)))
