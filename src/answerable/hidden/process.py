"""Looks into a file from standard input, and writes what it found as a line of JSON.

What was cleaned follows the line. A file is a program of sorts: one that loops or swells must take
no more than this process with it. The limits are set before a byte of the file is looked at.
"""

import json
import logging
import resource
import sys

MEMORY = 1024 * 1024 * 1024
SECONDS = 30


def limit_oneself() -> None:
    """Give up memory, time and the writing of files; the kernel holds it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit_oneself()
    # What reads a file says on the log what it thinks of it, and may quote it.
    logging.disable(logging.CRITICAL)
    from answerable.casework.hidden_data import FileHarmful  # noqa: PLC0415 - not before the limits are set
    from answerable.hidden.looking import looked_into  # noqa: PLC0415 - not before the limits are set

    try:
        looked = looked_into(sys.stdin.buffer.read())
    except FileHarmful as harmful:
        json.dump({"harmful": harmful.facts["reason"]}, sys.stdout)
        return
    head = {
        "kind": looked.kind,
        "found": [[one.code, one.value] for one in looked.found],
        "extension": looked.extension,
        "is_cleaned": looked.cleaned is not None,
    }
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + (looked.cleaned or b""))


if __name__ == "__main__":
    main()
