"""What can go wrong between a person and a command."""

from answerable.core.errors import Malformed, Refusal, Undecidable


class WrongUsage(Malformed):
    """A command line that cannot be understood; ``reason`` says why."""

    code = "wrong-usage"


class CannotRead(Malformed):
    """A file cannot be read; ``reason`` is missing, folder, pipe, not-allowed or other."""

    code = "cannot-read"


class CannotWrite(Malformed):
    """A file cannot be written; ``reason`` is missing (its folder), not-allowed or other."""

    code = "cannot-write"


class ReceiptsNotKept(Malformed):
    """What was handed in is in the ledger, and its receipts cannot be written here."""

    code = "receipts-not-kept"


class FileExists(Refusal):
    """A file of this name is there, and no command writes over a file."""

    code = "file-exists"


class NoMechanism(Malformed):
    """The folder holds no mechanism, so there is nothing that the command could work on."""

    code = "no-mechanism"


class NoPolicy(Undecidable):
    """No policy was given and none lies beside the receipt: nobody says whose keys count."""

    code = "no-policy"


class UnknownZone(Malformed):
    """A time zone that is not known on this computer."""

    code = "unknown-zone"


class FieldNotShown(Malformed):
    """The opening does not show a field of this path."""

    code = "field-not-shown"


class NoDigestShown(Undecidable):
    """The opening shows no digest of an exhibit that a file could be compared with."""

    code = "no-digest-shown"


class ExhibitDiffers(Refusal):
    """A file is none of the exhibits whose digests the opening shows."""

    code = "exhibit-differs"


class NotConfirmed(Refusal):
    """What cannot be undone was not confirmed by its number."""

    code = "not-confirmed"
