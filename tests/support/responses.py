"""Collected responses to print: one with every kind of answer and gap, one that is long."""

from dataclasses import replace

from answerable.casework.documents import ClearanceReceipt, SendingReceipt
from answerable.core.proceeding.basis import (
    Basis,
    Beside,
    ContestDecided,
    ContestTold,
    FindingTold,
    Said,
)
from answerable.core.proceeding.clock_told import ClockTold
from answerable.core.proceeding.response import (
    SECOND,
    CollectedResponse,
    Confirmation,
    PointAnswered,
    Reply,
    Warned,
)
from tests.support.receipt_vectors import ISSUED

KHMER_UNSPACED = (
    "ក្រុមប្រឹក្សាបានទទួលពាក្យបណ្ដឹងអំពីការគំរាមកំហែងដល់អង្គការសង្គមស៊ីវិលនៅខេត្តរតនគិរី"
    "ហើយបានស៊ើបអង្កេតដោយមិនបានរកឃើញភស្តុតាងណាមួយឡើយ"
) * 3
"""More than 200 clusters, as people type it: without a space between words."""

KHMER_TORTURE = "ស្ត្រី ព្រឹត្តិ សង្គ្រោះ ក្ស័យ ញុំាំង ប៊្លុំ ឃ្ញុំ ង៉្វាំ ខ្ញុំ ស្រ្តី អ្ហែះ ន្ទ្រ្យៃ៎"
"""Stacked subscripts, marks above and below, and orders of signs that fonts trip over."""

HOSTILE = (
    '#read("/etc/passwd") *bold* _it_ $x^2$ #eval("1+1") <label> @ref \\ // /* ` [x] #{1} = title'
)

BODIES = tuple(f"Ministry {name}" for name in ("of the Interior", "of Justice", "of Labour"))
INTERIOR, JUSTICE, LABOUR = BODIES
COUNTS = {
    "submissions": 61,
    "allegations": 74,
    "outcome/happened": 14,
    "outcome/not-established": 9,
    "outcome/not-examined": 20,
}
FOUND = Basis(
    kind="finding",
    text="XA-2026-0061-7/9",
    told={"standing": "answered-contested", "fact": "not-established", "contested": True},
)
CONTESTED = Basis(
    kind="finding",
    text="XA-2026-0058-1/12",
    told={
        "fact": "happened",
        "contested": "The office was closed for five weeks, not for two days.",
    },
)
PROTECTED = Basis(kind="case", text="", told={"standing": "being-examined"})
FIGURE = Basis(kind="figure", text="outcome-happened", told={"value": 14})
LAW = Basis(kind="law", text="Law on Associations, article 30")

OFFICES = PointAnswered(
    number=1,
    label="12 (a)",
    page="4",
    text="Offices of associations were sealed in three provinces between January and June. By whose"
    " order, and on what ground in law?",
    cases=COUNTS,
    conclusion="relied-on",
    replies=(
        Reply(
            body=INTERIOR,
            role="lead",
            act=9,
            at="2026-11-02T03:12:00.000Z",
            given="Two offices were sealed by order of the provincial police under article 30. Both"
            " were opened again after two days.\nThe third seal was not ours.",
            basis=(CONTESTED, LAW),
        ),
        Reply(
            body=JUSTICE,
            role="contributes",
            act=14,
            at="2026-11-06T09:40:00.000Z",
            given="No court ordered any seal. We were not asked.",
            edited="No court ordered any of the seals.",
            why="The second sentence is about two ministries, not about the point.",
            confirmation=Confirmation.CONFIRMED,
            basis=(PROTECTED,),
        ),
    ),
    silent=(LABOUR,),
)
THREATS = PointAnswered(
    number=2,
    label="12 (b)",
    page="4",
    text="About a hundred threats against members of associations were reported. What was found?",
    cases=COUNTS,
    replies=(
        Reply(
            body=INTERIOR,
            role="lead",
            act=10,
            at="2026-11-02T03:20:00.000Z",
            given="We looked into about one hundred cases and found no evidence.",
            is_late=True,
            basis=(FOUND, FIGURE),
            warned=(
                Warned(
                    code="no-evidence",
                    said="We looked into about one hundred cases and found no evidence.",
                    register=COUNTS,
                    writer="The fourteen findings were made by another body.",
                    collector="Kept, and the counts are printed beside it.",
                ),
                Warned(
                    code="number",
                    said="We looked into about one hundred cases and found no evidence.",
                    register=COUNTS,
                    writer="The number is of our own files.",
                ),
            ),
        ),
        Reply(
            body=JUSTICE,
            role="contributes",
            act=15,
            at="2026-11-06T09:44:00.000Z",
            given="Four complaints reached prosecutors.",
            edited="Some complaints reached prosecutors.",
            why="The number is being checked.",
            confirmation=Confirmation.REFUSED,
        ),
        Reply(
            body=LABOUR,
            role="contributes",
            act=16,
            at="2026-11-07T01:00:00.000Z",
            given=None,
        ),
    ),
)
WORKSHOPS = PointAnswered(
    number=3,
    label="13",
    page="5",
    text=f"Trainings were stopped. {KHMER_UNSPACED}",
    replies=(
        Reply(
            body="ក្រសួងមហាផ្ទៃ",
            role="lead",
            act=17,
            at="2026-11-09T02:00:00.000Z",
            given=f"{KHMER_UNSPACED}\n{KHMER_TORTURE}",
            edited=KHMER_UNSPACED[:110],
            why="shortened",
            confirmation=Confirmation.NOT_CONFIRMED,
        ),
    ),
)
LAW_CHANGE = PointAnswered(
    number=4,
    label="14",
    page="5",
    text="When will the draft amendments be open to comment?",
    silent=(JUSTICE,),
)
WATCHING = PointAnswered(
    number=5,
    label="15",
    page="6",
    text="On what ground were people watched over three years?",
    unassigned=True,
)
CLOCKS = (
    ClockTold(
        clock="comments",
        titles={
            "en": "Comments on the conclusions",
            "fr": "Observations sur les conclusions",
            "km": "យោបល់លើសេចក្តីសន្និដ្ឋាន",
        },
        owes={"en": "the country", "fr": "le pays", "km": "ប្រទេស"},
        due="2026-12-12T17:00:00.000Z",
        met=None,
    ),
    ClockTold(
        clock="report",
        titles={"en": "Report of the monitor", "fr": "Rapport", "km": "របាយការណ៍របស់អ្នកតាមដាន"},
        owes={"en": "the monitor", "fr": "l'observateur", "km": "អ្នកតាមដាន"},
        due="2026-11-12",
        met="2026-11-20",
        is_late=True,
        binding=False,
        confirmed=False,
    ),
    ClockTold(
        clock="decision",
        titles={"en": "Decision"},
        owes={"en": "the monitor"},
        due=None,
        met=None,
    ),
)

SHORT = CollectedResponse(
    number="XA-2026-0007-3",
    subject="Questions on the freedom of association in Exampland",
    reference="TRADE/2026/1184",
    language="en",
    mechanism="Joint Mechanism of Exampland",
    monitor="Delegation of the Union of Traders",
    collector="Ministry of Foreign Affairs",
    procedure="eu-gsp-withdrawal@1",
    titles={
        "en": "Temporary withdrawal of preferences",
        "fr": "Retrait temporaire des préférences",
        "km": "ការដកការអនុគ្រោះជាបណ្តោះអាសន្ន",
    },
    zone="Asia/Phnom_Penh",
    procedure_zone="Europe/Brussels",
    as_of="2026-12-10T09:40:00.000Z",
    received="2026-10-12",
    points=(OFFICES, THREATS, WORKSHOPS, LAW_CHANGE, WATCHING),
    clocks=CLOCKS,
)
CLEARED = ClearanceReceipt(
    number="XA-2026-0007-3/31",
    at="2026-12-10T09:41:00.000Z",
    receipt=ISSUED.encode(),
    digest=SHORT.digest(),
)
SENT = SendingReceipt(
    number="XA-2026-0007-3/33",
    at="2026-12-10T09:52:00.000Z",
    receipt=ISSUED.encode(),
    document="0f" * 32,
    to="Delegation of the Union of Traders, trade section",
    channel="e-mail",
)

SENTENCE = (
    "The matter was examined by the department concerned, which heard the parties and kept a record"
    " of each hearing; what was found is set out in the finding that is cited below. "
)


def long_response(points: int = 200, bodies: int = 12) -> CollectedResponse:
    """Return a response whose first point is answered by all bodies, and others by one or two."""
    names = [f"Ministry of Department Number {number}" for number in range(1, bodies + 1)]
    return CollectedResponse(
        **{
            **{name: getattr(SHORT, name) for name in SHORT.__dataclass_fields__},
            "subject": "Position on the recommendations of the fourth review",
            "points": tuple(_long_point(number, names) for number in range(1, points + 1)),
        }
    )


def _long_point(number: int, names: list[str]) -> PointAnswered:
    asked = names if number == 1 else [names[number % len(names)], names[(number + 5) % len(names)]]
    if number % 17 == 0:
        return PointAnswered(
            number=number, label=f"121.{number}", text=SENTENCE, silent=tuple(asked)
        )
    return PointAnswered(
        number=number,
        label=f"121.{number}",
        page=str(number // 9 + 1),
        text=f"Recommendation {number}: amend article {number} so that anyone may report. " * 2,
        cases=COUNTS,
        replies=tuple(
            Reply(
                body=body,
                role="lead" if place == 0 else "contributes",
                act=number * 3 + place,
                at="2026-11-02T03:12:00.000Z",
                given=SENTENCE * (3 if number == 1 else 1 + number % 3),
                position="supported" if number <= 173 else "noted",
                basis=(
                    Basis(
                        kind="finding",
                        text=f"XA-2026-{number:04}-{number % 10}/9",
                        told={"standing": "answered", "fact": "happened-in-part"},
                    ),
                ),
            )
            for place, body in enumerate(asked)
        ),
    )


FIVE_WEEKS = "The office was closed for five weeks, not for two days. Three people saw the seal."
TO_BE_HEARD = "The three people are to be heard."
DECIDED = ContestTold(
    act="XA-2026-0061-7/11",
    at="2026-11-20T03:12:00.000Z",
    by="complainant",
    allegations=(1,),
    grounds=2,
    words=Said(salt="AbCdEfGhIjKlMnOpQrStUv", texts=(FIVE_WEEKS, KHMER_UNSPACED[:140])),
    decided=ContestDecided(
        act="XA-2026-0061-7/14",
        at="2026-12-01T03:12:00.000Z",
        result="upheld-in-part",
        answers=Said(salt="VuTsRqPoNmLkJiHgFeDcBa", texts=(TO_BE_HEARD, KHMER_UNSPACED[:90])),
    ),
)
NOT_TOLD = ContestTold(
    act="XA-2026-0061-7/12",
    at="2026-11-21T03:12:00.000Z",
    by="member",
    allegations=(1, 2),
    grounds=1,
    for_another=True,
)
WITH_CONTESTS = replace(
    SHORT,
    format=SECOND,
    points=(
        replace(
            OFFICES,
            replies=(
                replace(
                    OFFICES.replies[0],
                    basis=(
                        Basis(
                            kind="case",
                            text="XA-2026-0061-7",
                            told={"standing": "reopened", "contested": True},
                            beside=Beside(
                                findings=(
                                    FindingTold(
                                        act="XA-2026-0061-7/9",
                                        allegation=2,
                                        fact="not-established",
                                    ),
                                ),
                                contests=(DECIDED, NOT_TOLD),
                            ),
                        ),
                        replace(LAW, beside=Beside()),
                    ),
                ),
                replace(OFFICES.replies[1], basis=(replace(PROTECTED, beside=Beside()),)),
            ),
        ),
    ),
)
"""A response of the second version: a case with a contest that was decided, and one not told."""


def _figure(code: str, **told: int | str | bool | None) -> Basis:
    return Basis(kind="figure", text=code, told=told, beside=Beside())


WITH_FIGURES = replace(
    SHORT,
    format=SECOND,
    points=(
        replace(
            THREATS,
            replies=(
                replace(
                    THREATS.replies[0],
                    basis=(
                        _figure("outcome/happened", cited=17, unit="allegations", value=19),
                        _figure("place/KH-16", cited=6, unit="allegations", value=None, few=True),
                        _figure("days/finding/median", cited=None, unit="days", value=41),
                        _figure("threats by year"),
                    ),
                    warned=(
                        Warned(
                            code="figure",
                            said="Of these 16 were found to have happened.",
                            register={"outcome/happened": 17},
                            writer="One finding was not yet known here.",
                        ),
                    ),
                ),
                replace(
                    THREATS.replies[1],
                    basis=(_figure("outcome/happened", cited=18, unit="allegations", value=19),),
                ),
            ),
        ),
    ),
)
"""A response of the second version whose bodies cite figures, one of them on two days."""
