"""What was lodged, and could not be told to who sent it, and was changed since."""

from answerable.casework.same_delivery import DeliveryDiffers
from answerable.core.docket import UnitKey
from answerable.core.errors import AnswerableError
from answerable.core.return_key import ReturnKey
from answerable.web.form.draft import Draft
from answerable.web.form.room import Visit


def sent_before(visit: Visit, draft: Draft, problem: AnswerableError | None) -> str:
    """Return the number and key of what was sent first, "" where that is not what is wrong.

    The machine stopped between the ledger and the form: nobody was shown either.
    """
    application = visit.host.application
    if not isinstance(problem, DeliveryDiffers):
        return ""
    (known,) = application.ledger.known([UnitKey(draft.request)]).values()
    (issued,) = known.acts
    application.return_keys.bind_digest(
        bytes.fromhex(draft.digest), issued.docket, shows=draft.shows
    )
    key = " ".join(ReturnKey(draft.key).groups)
    return visit.words.say("form.sent-before-changed", number=issued.number, key=key)
