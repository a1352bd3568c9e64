"""What a finding says, part by part (case.md 5), as a draft and as it is issued."""

from answerable.core.act_form import Part, Shape

HAPPENED = "happened"
IN_PART = "happened-in-part"
NOT_ESTABLISHED = "not-established"
DID_NOT_HAPPEN = "did-not-happen"
FACTS = (HAPPENED, IN_PART, NOT_ESTABLISHED, DID_NOT_HAPPEN)

ACTORS = ("as-alleged", "another", "not-identified")

NOT_ASSESSED = "not-assessed"
LAW = ("held-unlawful", "held-lawful", NOT_ASSESSED)

OF_LAW = ("held-by", "article", "ordered-by", "aim", "necessity", "proportionality")
"""What a word on the law rests on, in both directions alike."""

OF_FACT = {
    HAPPENED: ("actor", "law"),
    IN_PART: ("elements", "actor", "law"),
    NOT_ESTABLISHED: ("not-done", "missing", "could-supply", "would-change"),
    DID_NOT_HAPPEN: ("contrary", "heard", "would-change"),
}
"""What each word on the fact requires beside what every finding says."""

FOLLOWS = ("action", "party", "action-by")

FINDING_PARTS = (
    Part("fact", Shape.CODE, fact="fact", choices=FACTS),
    Part("reasons"),
    Part("examined"),
    # Required by a rule, whose sentence names the outcome for what nobody examined.
    Part("basis", Shape.ACTS, required=False, fact="acts"),
    Part("basis-exhibits", Shape.EXHIBITS, required=False),
    Part("elements", required=False),
    Part("not-done", required=False),
    Part("missing", required=False),
    Part("could-supply", required=False),
    Part("contrary", required=False),
    Part("heard", Shape.ACTS, required=False, fact="heard"),
    Part("would-change", required=False),
    Part("actor", Shape.CODE, required=False, fact="actor", choices=ACTORS),
    Part("law", Shape.CODE, required=False, fact="law", choices=LAW),
    *(Part(name, required=False) for name in OF_LAW),
    Part("action", required=False),
    Part("party", Shape.PARTY, required=False, fact="party"),
    Part("action-by", Shape.DAY, required=False, fact="until"),
    Part("nothing-because", required=False),
)

DRAFT_READERS = ("complainant", "member")
"""Never the public, and no figure: nothing of a draft stands in its envelope."""

DRAFT_PARTS = tuple(part._replace(fact="", readers=DRAFT_READERS) for part in FINDING_PARTS)
