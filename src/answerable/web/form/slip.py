"""A receipt on paper: a slip of A6 on A4, its letters, and the return key on a slip of its own."""

from answerable.casework.ports import ActOnFile
from answerable.core.return_key import ReturnKey
from answerable.locale.fingerprint_words import fingerprint_in_words
from answerable.qr import lines_of_groups, qr_svg
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.rendering import catalogue_of, foot

MODULE_MM = 0.5
"""What cameras of old telephones read from paper, by the side of a module in millimetres."""


def slip(visit: Visit, act: ActOnFile, octets: bytes, *, key: str, back: str) -> Response:
    """Return the page on which the receipt of an act is printed, or copied as text.

    ``octets`` are those of the receipt, and ``key`` the return key where it is still shown.
    """
    envelope, host, words = act.kept.envelope, visit.host, visit.words
    # Whoever is shown it may read another language than its owner.
    other = catalogue_of("en" if visit.language == "km" else "km")
    facts = envelope.facts if envelope.sequence == 1 else {}
    return visit.page(
        "slip.html",
        words.say("form.slip-title"),
        number=act.number,
        told=[
            {
                "language": one.language,
                "say": one.say,
                "at": one.instant(envelope.at // 1000, host.zone, one.zone(host.zone_name)),
            }
            for one in (words, other)
        ],
        counts=(facts.get("allegations"), facts.get("exhibits")),
        aloud=fingerprint_in_words(words, act.commitment),
        qr=qr_svg(octets, module_mm=MODULE_MM),
        typed=lines_of_groups(octets),
        text=octets.decode(),
        key=ReturnKey(key).groups if key else (),
        back=back,
        foot=foot(words, act.number, act.commitment.hex()),
    )
