"""Asked for again under its key, a delivery is compared with what was lodged, report by report."""

import re
from collections.abc import Iterator, Mapping

from answerable.casework.delivery import Delivery
from answerable.casework.ports import ActOnFile, Appended
from answerable.casework.reading import Reading
from answerable.casework.sealing import is_added, is_file_of
from answerable.core.acts import By, Field
from answerable.core.canonical import encode
from answerable.core.case.act_codes import SUBMITTED
from answerable.core.case.delivery import spans
from answerable.core.case.reading import shown
from answerable.core.case.submission import Submission
from answerable.core.commitment import in_order
from answerable.core.docket import UnitKey
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT

_FILE = re.compile("exhibits/[0-9]+/file")


class DeliveryDiffers(Refusal):
    """The key is of another delivery: facts say which reports differ, and in which field.

    The reason is ``content``, or ``exhibit`` where only files of exhibits differ. It is ``fewer``
    where more reports were lodged with the key than are asked for now.
    """

    code = "delivery-differs"


def require_same(reading: Reading, delivery: Delivery, known: Mapping[UnitKey, Appended]) -> None:
    """Return if every report that was lodged with this key is the one that is asked for now.

    No digest of content is kept for this: what is asked is compared with stored content, opened.

    Raises:
        DeliveryDiffers: with the reports, counted from 1, and the first field that differs.
    """
    differing: dict[int, str] = {}
    for key, appended in known.items():
        if key.item < len(delivery.submissions):
            path = difference(reading, delivery, delivery.submissions[key.item], appended)
            if path is not None:
                differing[key.item + 1] = path
    if differing:
        raise differs(differing)
    if further := [key.item + 1 for key in known if key.item >= len(delivery.submissions)]:
        raise DeliveryDiffers("more were lodged", reason="fewer", reports=spans(further))


def differs(differing: Mapping[int, str]) -> DeliveryDiffers:
    """Return the refusal of the reports that differ, each with the path of a field."""
    first = differing[min(differing)]
    # Who changed a photo gave no other key, and looks for what is wrong in the wrong place.
    reason = "exhibit" if all(map(_FILE.fullmatch, differing.values())) else "content"
    facts = {"reason": reason, "reports": spans(differing), "field": shown(first)}
    return DeliveryDiffers("not what was lodged", **facts)


def difference(
    reading: Reading, delivery: Delivery, submission: Submission, appended: Appended
) -> str | None:
    """Return the path of the first field that differs from what was lodged, None where none does.

    Of content that was erased, what the envelope says is compared. An exhibit whose file is not
    there any more is not: who lost the photo may have the receipt.
    """
    issued = appended.acts[0]
    act = reading.dockets.acts(issued.docket)[issued.sequence - 1]
    paths = (
        *_in_envelope(delivery, submission, act),
        *(() if reading.is_erased(act) else _in_content(reading, delivery, submission, act)),
    )
    return next(iter(paths), None)


def _in_envelope(delivery: Delivery, submission: Submission, act: ActOnFile) -> Iterator[str]:
    envelope = act.kept.envelope
    if envelope.act != SUBMITTED:
        yield "act"
    if envelope.by != By(delivery.party, COMPLAINANT):
        yield "by"
    if envelope.entered_by != delivery.entered_by:
        yield "entered_by"
    signer = None if envelope.signature is None else envelope.signature.key
    # Who asks for receipts without the key at hand takes no signature back.
    if delivery.key is not None and delivery.key.public != signer:
        yield "signature"
    if not submission.facts().items() <= envelope.facts.items():
        yield "facts"


def _in_content(
    reading: Reading, delivery: Delivery, submission: Submission, act: ActOnFile
) -> Iterator[str]:
    fields = reading.content(act)
    stored = {item.path: _comparable(item) for item in fields}
    asked = {item.path: _comparable(item) for item in (*submission.fields(), *delivery.entered())}
    yield from (path for path in asked if stored.get(path) != asked[path])
    yield from (path for path in stored if path not in asked and not is_added(path))
    digests = {item.path: item.value for item in fields if item.path.endswith("/digest")}
    for exhibit in submission.exhibits:
        path = f"exhibits/{exhibit.ordinal}"
        if not is_file_of(digests.get(f"{path}/digest"), delivery.opens(exhibit)):
            yield f"{path}/file"


def _comparable(item: Field) -> tuple[bytes, tuple[str, ...]]:
    return encode(item.value), in_order(item.readers)
