"""What a proof can fail by; what only one format can fail by stands beside that format."""

from answerable.core.errors import Malformed, Refusal


class NotProven(Refusal):
    """The evidence is readable, and it does not prove what it should. Never raised itself."""

    code = "not-proven"


class OutsideTree(NotProven):
    """An index or an old size lies beyond the tree it is proven against."""

    code = "outside-tree"


class WrongPathLength(NotProven):
    """A proof has more or fewer hashes than index and size demand."""

    code = "wrong-path-length"


class Inconsistent(NotProven):
    """The new tree does not begin with the old one, or the proof was altered."""

    code = "inconsistent-trees"


class NotAHash(Malformed):
    """A hash is not 32 bytes."""

    code = "not-a-hash"
