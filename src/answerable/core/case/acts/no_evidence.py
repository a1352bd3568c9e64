"""Texts that say no more than "no evidence found": not what was examined, nor what was not."""

import re
from unicodedata import normalize

# A text is refused where nothing is left of it once these words are taken out, and where one of
# them denies and another names evidence or finding. One word beyond them (a register, a guard, a
# date) says something that can be looked at, and the text is left alone.

_DENYING = {
    "en": "no not none nothing without neither nor unable cannot cant couldnt didnt wasnt lack "
    "lacks lacking insufficient never",
    "fr": "aucun aucune pas point rien sans ni absence insuffisant insuffisante insuffisants "
    "insuffisantes manque jamais",
    "km": "គ្មាន មិន ពុំ ខ្វះ",
}
_NAMING = {
    "en": "evidence evidences proof proofs find finding finds found established",
    "fr": "preuve preuves élément éléments trouvé trouvée trouvés trouvées trouver trouve",
    "km": "ភស្តុតាង ភស្ដុតាង ភ័ស្តុតាង ភ័ស្ដុតាង រកឃើញ ឃើញ រក",
}
_CASES = {
    "en": "case cases report reports complaint complaints incident incidents allegation "
    "allegations threat threats closure closures restriction restrictions submission submissions",
    "fr": "cas affaire affaires plainte plaintes signalement signalements incident incidents "
    "allégation allégations menace menaces fermeture fermetures restriction restrictions",
    "km": "ករណី រឿង បណ្តឹង បណ្ដឹង ពាក្យបណ្តឹង របាយការណ៍ ឧប្បត្តិហេតុ ហេតុការណ៍ ការចោទប្រកាន់ ការគំរាម ការរឹតត្បិត",
}
_FILLING = {
    "en": "a an the this that these those it its they them there here we i our us be is are was "
    "were been has have had having do does did can could will would of for in into on at to by "
    "from with after about as such so thus therefore however and but or if any all some whatsoever "
    "further enough sufficient support supports supporting prove proves proving show shows suggest "
    "suggests confirm confirms confirming substantiate look looked looking check checked checking "
    "examine examined examination investigate investigated investigation inquiry review reviewed "
    "search searched case cases matter matters complaint complaints allegation allegations claim "
    "claims report reports reported alleged accusation accusations incident incidents panel "
    "committee ministry mechanism secretariat authority authorities government result results "
    "conclusion carefully thoroughly available able t",
    "fr": "un une le la les l de des du d et ou mais à a au aux en y ce cet cette ces ceci cela il "
    "elle ils elles nous on je notre n ne n'a est sont était été être avoir avons ont avait pu "
    "peut pouvons que qui dont dans sur pour par avec après donc ainsi toutefois pourtant "
    "appuyer appuie étayer confirmer confirme prouver prouve établir examen examiné examinée "
    "examinés avons vérifié vérifiée vérification enquête recherche recherché regardé cas affaire "
    "affaires plainte plaintes allégation allégations accusation accusations signalement "
    "signalements faits fait incident panel comité commission ministère mécanisme secrétariat "
    "autorité gouvernement résultat conclusion suffisant suffisante suffisants suffisantes probant "
    "probante probants probantes tangible tangibles disponible disponibles",
    "km": "យើងខ្ញុំ យើង ខ្ញុំ បាន ត្រូវ ទេ ឡើយ នោះ នេះ ណាមួយ ណា អ្វី មួយ នៃ ករណីទាំងនេះ ករណី រឿង "
    "ទាំង អស់ ពិនិត្យ ស្រាវជ្រាវ ស៊ើបអង្កេត ស៊ើប ក្រោយពី ក្រោយ បន្ទាប់ពី ហើយ និង ឬ ប៉ុន្តែ ពី លើ ក្នុង "
    "ដោយ ដើម្បី ដែល ថា ជា នៅ អាច ការចោទប្រកាន់ ការ បណ្តឹង របាយការណ៍ ពាក្យបណ្តឹង បញ្ជាក់ គាំទ្រ មាន "
    "គ្រប់គ្រាន់ ក្រសួង គណៈកម្មការ គណៈកម្មាធិការ យន្តការ លេខាធិការដ្ឋាន អាជ្ញាធរ រដ្ឋាភិបាល លទ្ធផល "
    "សេចក្តីសន្និដ្ឋាន ទៅ មក",
}

_SPACE = re.compile("[\u200b-\u200d\u2060\ufeff]")
"""Signs of no width: Khmer is written with them, and they say nothing."""


def _pattern(*tables: dict[str, str]) -> re.Pattern[str]:
    def words(language: str) -> list[str]:
        found = {word for table in tables for word in normalize("NFC", table[language]).split()}
        return sorted(found, key=len, reverse=True)

    latin = "|".join(map(re.escape, (*words("en"), *words("fr"))))
    # Khmer has no spaces between words, so there the longest word comes first.
    return re.compile(rf"\b(?:{latin})\b|{'|'.join(words('km'))}")


_DENIES, _NAMES, _NAMES_CASES = _pattern(_DENYING), _pattern(_NAMING), _pattern(_CASES)
_SAYS_NOTHING = _pattern(_DENYING, _NAMING, _FILLING)


def denies(text: str) -> bool:
    """Return whether a text denies something."""
    return _DENIES.search(_plain(text)) is not None


def names_evidence(text: str) -> bool:
    """Return whether a text speaks of evidence, or of finding."""
    return _NAMES.search(_plain(text)) is not None


def names_cases(text: str) -> bool:
    """Return whether a text speaks of cases, reports, threats or the like."""
    return _NAMES_CASES.search(_plain(text)) is not None


def says_no_more(text: str) -> bool:
    """Return whether a text says only that no evidence was found."""
    plain = _plain(text)
    if not (_DENIES.search(plain) and _NAMES.search(plain)):
        return False
    return not any(sign.isalnum() for sign in _SAYS_NOTHING.sub(" ", plain))


def _plain(text: str) -> str:
    plain = _SPACE.sub("", normalize("NFC", text).casefold()).replace("\u2019", "'")
    return plain.replace("n't", " not")
