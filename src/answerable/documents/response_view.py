"""A collected response as its template shows it, from cover to receipt."""

from answerable.casework.documents import ClearanceReceipt, SendingReceipt
from answerable.core.proceeding.response import CollectedResponse
from answerable.documents.annex_view import bases_view, clocks_view, positions_view
from answerable.documents.point_view import point_view, signed_or_not
from answerable.documents.saying import Saying, printable, shortened
from answerable.documents.typesetting import View
from answerable.qr import lines_of_groups, qr_svg

DATA, RECEIPT = "response.json", "clearance-receipt.txt"
SENDING = "sending-receipt.txt"

WORDS = (
    *("document.draft", "document.training", "document.gaps", "document.contents"),
    *("document.points", "document.asked", "document.answered", "document.on-register"),
    *("document.late", "document.nothing", "document.given", "document.edit-why"),
    *("document.rests-on", "document.rests-on-nothing", "document.warned-said"),
    *("document.positions", "document.point-short", "document.position-of"),
    *("document.clocks", "document.clock-step", "document.clock-owes", "document.clock-due"),
    *("document.clock-met", "document.clock-notes", "document.clocks-zones", "document.no-date"),
    *("document.not-done", "document.no-clocks", "document.bases", "document.bases-what"),
    *("document.bases-by", "document.bases-register", "document.bases-none"),
    *("document.told-none", "document.proof", "document.fingerprint"),
    *("document.fingerprint-means", "document.receipt-of", "document.receipt-typed"),
    *("document.no-receipt", "document.signature", "document.whose-words"),
)
"""What templates say by itself, without a fact."""

_GAPS = {
    "unassigned": "document.gap-unassigned",
    "unanswered": "document.gap-unanswered",
    "silent": "document.gap-silent",
    "not-confirmed": "document.gap-not-confirmed",
    "without-basis": "document.gap-without-basis",
}


def response_view(
    response: CollectedResponse,
    saying: Saying,
    *,
    cleared: ClearanceReceipt | None,
    signed_by: str | None,
) -> View:
    kind = saying.say("document.kind")
    digest = response.digest()
    return {
        **frame(response, saying, digest=digest, draft=cleared is None),
        "title": saying.say(
            "document.title",
            kind=kind,
            number=response.number,
            subject=" ".join(printable(response.subject).split()),
        ),
        "cover": _cover(response, saying, cleared),
        "points": [point_view(point, response, saying) for point in response.points],
        "positions": positions_view(response, saying),
        "clocks": clocks_view(response, saying),
        "bases": bases_view(response, saying),
        "fingerprint": _groups_of_eight(digest),
        "receipt": cleared
        and receipt_view(
            saying,
            cleared.receipt,
            file=RECEIPT,
            means=saying.say("document.receipt-means", number=cleared.number),
            description=saying.say("document.attached-receipt", number=cleared.number),
        ),
        "signature": saying.say("document.signed-by", signer=printable(signed_by))
        if signed_by
        else saying.say("document.not-signed"),
        "data": {
            "file": DATA,
            "text": response.encoded().decode(),
            "description": saying.say("document.attached-data"),
        },
    }


def frame(
    response: CollectedResponse, saying: Saying, *, digest: str, draft: bool
) -> dict[str, object]:
    """Return what each page of each document has: language, strips, footer, and the words."""
    return {
        "lang": saying.language,
        "date": response.as_of,
        "number": response.number,
        "short": shortened(response.subject),
        "training": response.training,
        "draft": draft,
        "footer": saying.say("document.fingerprint-short", fingerprint=digest[:16]),
        "words": {key.removeprefix("document."): saying.say(key) for key in WORDS},
    }


def slip_view(response: CollectedResponse, saying: Saying, sent: SendingReceipt) -> View:
    kind = saying.say("document.slip")
    digest = response.digest()
    rows = [
        ("document.slip-sent", saying.at(sent.at)),
        ("document.slip-to", [printable(sent.to)]),
        ("document.slip-channel", [saying.word(sent.channel, "choice")] if sent.channel else []),
        ("document.from", [_sender(response, saying)]),
        ("document.subject", [printable(response.subject)]),
        ("document.number", [response.number]),
        ("document.slip-document", [_groups_of_eight(sent.document)]),
        ("document.slip-data", [_groups_of_eight(digest)]),
    ]
    return {
        **frame(response, saying, digest=digest, draft=False),
        "kind": kind,
        "title": saying.say("document.slip-title", kind=kind, number=sent.number),
        "rows": _rows(rows, saying),
        "receipt": receipt_view(
            saying,
            sent.receipt,
            file=SENDING,
            means=saying.say("document.slip-means", number=sent.number),
            description=saying.say("document.attached-receipt", number=sent.number),
        ),
    }


def receipt_view(
    saying: Saying, receipt: bytes, *, file: str, means: str, description: str
) -> View:
    return {
        "file": file,
        "text": receipt.decode(),
        "description": description,
        "means": means,
        "how": saying.say("document.receipt-how", file=file),
        "qr": qr_svg(receipt),
        "alt": saying.say("document.receipt-code", count=len(receipt)),
        "too_long": saying.say("document.receipt-too-long", count=len(receipt)),
        "typed": lines_of_groups(receipt),
    }


def _cover(response: CollectedResponse, saying: Saying, cleared: ClearanceReceipt | None) -> object:
    gaps = response.gaps()
    title = saying.of_languages(dict(response.titles))
    rows = [
        ("document.from", [_sender(response, saying)]),
        ("document.to", [printable(response.monitor)]),
        ("document.reference", [printable(response.reference)] if response.reference else []),
        ("document.number", [response.number]),
        ("document.procedure", [f"{title} ({response.procedure})"]),
        ("document.round", [response.round_of] if response.round_of else []),
        ("document.received", saying.due(response.received)),
        ("document.as-of", saying.at(response.as_of)),
        ("document.cleared", _cleared(cleared, saying) if cleared else []),
        ("document.erased-since", _erased_since(saying, cleared)),
    ]
    points, unanswered = len(response.points), gaps["unanswered"]
    whole = not any(gaps[name] for name in ("unassigned", "unanswered", "silent"))
    return {
        "kind": saying.say("document.kind"),
        "mechanism": printable(response.mechanism),
        "subject": printable(response.subject),
        "rows": _rows(rows, saying),
        "sentence": saying.say(
            "document.no-gaps-sentence" if whole else "document.gaps-sentence",
            points=points,
            answered=points - unanswered,
            unanswered=unanswered,
            silent=gaps["silent"],
            unassigned=gaps["unassigned"],
        ),
        "gaps": [{"count": gaps[name], "what": saying.say(key)} for name, key in _GAPS.items()],
        "decides": saying.say(
            "document.decides-nothing",
            collector=printable(response.collector),
            procedure=response.procedure,
        ),
    }


def _erased_since(saying: Saying, cleared: ClearanceReceipt | None) -> list[str]:
    if cleared is None or not cleared.whole:
        return []
    whole, bare = _groups_of_eight(cleared.whole), _groups_of_eight(cleared.bare)
    told = [saying.say("document.erased-since-means", fingerprint=whole)]
    if bare:
        told.append(saying.say("document.erased-since-some", fingerprint=bare))
    return told


def _cleared(cleared: ClearanceReceipt, saying: Saying) -> list[str]:
    """Return when it was cleared, and whether the collector signed that."""
    return [*saying.at(cleared.at), signed_or_not(cleared.signed, saying)]


def _sender(response: CollectedResponse, saying: Saying) -> str:
    return saying.say(
        "document.from-words",
        mechanism=printable(response.mechanism),
        collector=printable(response.collector),
    )


def _rows(rows: "list[tuple[str, list[str]]]", saying: Saying) -> list[object]:
    return [{"label": saying.say(key), "lines": lines} for key, lines in rows if lines]


def _groups_of_eight(digest: str) -> str:
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
