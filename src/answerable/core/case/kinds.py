"""The kinds of alleged act: code, what it is called, the right concerned, where the term is from.

The Khmer and French labels are drafts, for native readers to mend. A code is never changed and
never given a second meaning: records in ledgers use it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of alleged act. ``right`` may name several, or all."""

    code: str
    en: str
    km: str
    fr: str
    right: str
    source: str

    def label(self, language: str) -> str:
        """Return what the act is called in en, km or fr."""
        return {"en": self.en, "km": self.km, "fr": self.fr}[language]


CIVIC_SPACE = (
    Kind(
        "registration-denied-or-delayed",
        "denial or delay of registration",
        "ការបដិសេធ ឬពន្យារពេលចុះបញ្ជី",
        "refus ou retard d'enregistrement",
        "association",
        "CIVICUS 2015; FFMP",
    ),
    Kind(
        "office-closed",
        "deregistration, suspension or closure of an office",
        "ការលុបឈ្មោះ ការព្យួរ ឬការបិទការិយាល័យ",
        "radiation, suspension ou fermeture d'un bureau",
        "association",
        "article of December 2019; CIVICUS 2015",
    ),
    Kind(
        "raid-search-or-confiscation",
        "raid, search or confiscation",
        "ការចុះឆែកឆេរ ការស្វែងរក ឬការរឹបអូស",
        "descente, perquisition ou saisie",
        "association",
        "CIVICUS 2015",
    ),
    Kind(
        "prior-notice-or-permission-demanded",
        "demand for prior notice or permission",
        "ការទាមទារឲ្យជូនដំណឹង ឬសុំការអនុញ្ញាតជាមុន",
        "exigence de préavis ou d'autorisation",
        "association, assembly",
        "CamboJA; FFMP",
    ),
    Kind(
        "participants-watched-or-listed",
        "officials attend, photograph or list participants",
        "មន្ត្រីចូលរួមតាមដាន ថតរូប ឬកត់ឈ្មោះអ្នកចូលរួម",
        "présence d'agents qui photographient ou recensent les participants",
        "association",
        "CamboJA; FFMP year 1",
    ),
    Kind(
        "event-stopped-moved-or-refused",
        "event stopped, moved or refused",
        "ការបញ្ឈប់ ប្តូរទីកន្លែង ឬបដិសេធព្រឹត្តិការណ៍",
        "activité interrompue, déplacée ou refusée",
        "assembly",
        "article of December 2019; CIVICUS 2015",
    ),
    Kind(
        "questioned-about-published-work",
        "summons or questioning about published work",
        "ការកោះហៅ ឬសាកសួរអំពីស្នាដៃដែលបានផ្សព្វផ្សាយ",
        "convocation ou interrogatoire au sujet d'un travail publié",
        "association, expression",
        "Comfrel, September 2019",
    ),
    Kind(
        "public-vilification",
        'public vilification ("colour revolution", white book)',
        "ការមួលបង្កាច់ជាសាធារណៈ («បដិវត្តន៍ពណ៌» សៀវភៅស)",
        "dénigrement public (« révolution de couleur », livre blanc)",
        "association, expression",
        "article of December 2019; CIVICUS 2015; Khmer Times",
    ),
    Kind(
        "threat-or-intimidation",
        "threat or intimidation",
        "ការគំរាមកំហែង ឬបំភិតបំភ័យ",
        "menace ou intimidation",
        "association",
        "article of December 2019",
    ),
    Kind(
        "criminal-charge-or-conviction",
        "criminal charge or conviction",
        "ការចោទប្រកាន់ ឬផ្តន្ទាទោសព្រហ្មទណ្ឌ",
        "inculpation ou condamnation pénale",
        "all",
        "HRW on the Adhoc five; UN SG reports",
    ),
    Kind(
        "travel-or-visa-restricted",
        "travel or visa restriction",
        "ការរឹតត្បិតការធ្វើដំណើរ ឬទិដ្ឋាការ",
        "restriction de déplacement ou de visa",
        "movement",
        "UN SG reprisals reports",
    ),
    Kind(
        "force-against-gathering",
        "force against a gathering",
        "ការប្រើកម្លាំងលើការជួបជុំ",
        "recours à la force contre un rassemblement",
        "assembly",
        "CIVICUS 2015",
    ),
    Kind(
        "blocking-or-censorship",
        "blocking or censorship",
        "ការបិទ ឬត្រួតពិនិត្យខ្លឹមសារ",
        "blocage ou censure",
        "expression",
        "CIVICUS 2015; FFMP year 3",
    ),
    Kind(
        "reprisal-for-cooperation",
        "reprisal for cooperating with an outside monitor",
        "ការសងសឹកចំពោះការសហការជាមួយអ្នកតាមដានខាងក្រៅ",
        "représailles pour coopération avec un observateur extérieur",
        "all",
        "A/HRC/42/30; HRC resolution 12/2",
    ),
)

LABOUR = (
    Kind(
        "dismissal-for-union-activity",
        "dismissal for union activity",
        "ការបណ្តេញចេញដោយសារសកម្មភាពសហជីព",
        "licenciement pour activité syndicale",
        "organise",
        "ILO C98 art. 1",
    ),
    Kind(
        "discrimination-against-union-members",
        "discrimination against union members",
        "ការរើសអើងលើសមាជិកសហជីព",
        "discrimination contre des membres d'un syndicat",
        "organise",
        "ILO C98 art. 1",
    ),
    Kind(
        "union-registration-refused",
        "refusal or delay of a union's registration",
        "ការបដិសេធ ឬពន្យារពេលចុះបញ្ជីសហជីព",
        "refus ou retard d'enregistrement d'un syndicat",
        "organise",
        "ILO C87 art. 2 and 7",
    ),
    Kind(
        "interference-in-union",
        "interference in a union or its elections",
        "ការជ្រៀតជ្រែកក្នុងសហជីព ឬការបោះឆ្នោតរបស់សហជីព",
        "ingérence dans un syndicat ou dans ses élections",
        "organise",
        "ILO C87 art. 3; C98 art. 2",
    ),
    Kind(
        "refusal-to-bargain",
        "refusal to bargain collectively",
        "ការបដិសេធមិនចរចាជាសមូហភាព",
        "refus de négociation collective",
        "bargain",
        "ILO C98 art. 4; C154",
    ),
    Kind(
        "strike-prohibited-or-broken-up",
        "strike prohibited or broken up",
        "ការហាមឃាត់ ឬបំបែកកូដកម្ម",
        "grève interdite ou dispersée",
        "organise, strike",
        "ILO C87 art. 3 and 10, as the supervisory bodies read them",
    ),
    Kind(
        "wages-or-benefits-unpaid",
        "unpaid wages or benefits",
        "ការមិនបើកប្រាក់ឈ្នួល ឬអត្ថប្រយោជន៍",
        "salaires ou prestations impayés",
        "wages",
        "ILO C95 art. 12",
    ),
    Kind(
        "wage-below-minimum",
        "wage below the minimum",
        "ប្រាក់ឈ្នួលក្រោមកម្រិតអប្បបរមា",
        "salaire inférieur au minimum",
        "wages",
        "ILO C131 art. 2",
    ),
    Kind(
        "forced-overtime",
        "forced overtime",
        "ការបង្ខំឲ្យធ្វើការថែមម៉ោង",
        "heures supplémentaires forcées",
        "free choice of work",
        "ILO C1; C29 art. 2",
    ),
    Kind(
        "forced-labour",
        "forced labour",
        "ពលកម្មដោយបង្ខំ",
        "travail forcé",
        "free choice of work",
        "ILO C29; C105",
    ),
    Kind(
        "child-labour",
        "child labour",
        "ពលកម្មកុមារ",
        "travail des enfants",
        "protection of children",
        "ILO C138; C182",
    ),
    Kind(
        "unsafe-working-conditions",
        "unsafe working conditions",
        "លក្ខខណ្ឌការងារគ្មានសុវត្ថិភាព",
        "conditions de travail dangereuses",
        "safety and health",
        "ILO C155; C187",
    ),
)

KINDS = (*CIVIC_SPACE, *LABOUR)
