"""What can go wrong with a page. Each is told as a page, in three parts, with a way on."""

from answerable.core.errors import Refusal


class NoSuchPage(Refusal):
    """There is nothing at this address."""

    code = "no-such-page"


class NotInRegister(Refusal):
    """The number is well formed, and the register shows no such case."""

    code = "not-in-register"


class MethodNotTaken(Refusal):
    """What is at this address is read, and takes nothing that is sent to it."""

    code = "method-not-taken"


class PageFailed(Refusal):
    """The page could not be made, through a fault of ours."""

    code = "page-failed"


class ServerBusy(Refusal):
    """As many posts are being read as may be at once: nothing was taken of this one."""

    code = "server-busy"


class FormNotHere(Refusal):
    """A post that no page of this form made for this visitor: nothing of it was taken."""

    code = "form-not-here"


class TooMuchAtOnce(Refusal):
    """The files of one post are longer together than ``limit_mb``: this one was not read."""

    code = "too-much-at-once"


class NoMoreFiles(Refusal):
    """A report has ``limit`` files already: this one was not taken."""

    code = "no-more-files"


class NoSecurityContact(Refusal):
    """Nobody is named to whom a weakness of this server can be reported."""

    code = "no-security-contact"
