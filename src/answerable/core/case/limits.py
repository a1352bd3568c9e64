"""How much a submission may hold: every limit, in one place, as docs/specs/submission.md has it."""

KIB = 1024
MIB = 1024 * KIB

SUBMISSION_BYTES = 1 * MIB
"""A file with one submission."""
DELIVERY_BYTES = 8 * MIB
"""A file with a delivery."""
SUBMISSIONS = 1_000
"""Submissions in one delivery."""
VALUES = 300_000
"""Keys, texts, lists and objects in one file."""
DEPTH = 12
"""Lists and objects inside one another in one file."""
KEY = 40
"""Characters of a key; the longest that means anything has 16."""

ITEMS = 100
"""Allegations, concerns and requests of one submission, together."""
FIELDS = 5_000
"""Fields of one submission: each becomes one disclosure."""
TARGETS = 50
INSTANCES = 200
TRANSLATIONS = 10
SENDINGS = 20
MUST_NOT = 20
READERS = 40

EXHIBITS = 20
EXHIBIT_BYTES = 100 * MIB
EXHIBIT_NAME = 255
"""Characters of one part of an exhibit's path; what most file systems can name."""

# Characters (code points) after NFC.
TITLE = 600
"""Eighty letters as people see them: one of Khmer has up to six characters, and blanks unseen."""
NAME = 200
LINE = 500
PARAGRAPH = 5_000
ACCOUNT = 20_000
"""What happened, in the sender's own words."""

PROBLEMS = 20
"""Problems told at once; the rest is found when these are mended."""
