"""The sentences of the shared data set, in Khmer and English. Nothing in them is real."""

from bench.draws import Draws

ENGLISH = (
    "Officers came to our office in the morning and told us to stop the workshop.",
    "We were photographed at the entrance, and asked for the list of participants.",
    "The letter gave no reason and named no law.",
    "Two days later the owner of the hall called and said that the rental was off.",
    "We had given notice in writing three weeks before, and kept the stamped copy.",
    "Nobody showed a warrant; one of them wore no uniform and gave no name.",
    "They wrote down the plates of the motorbikes in the yard.",
    "The commune chief said that he had been told by telephone and could not say by whom.",
    "Since then fewer members come to the meetings, and some have asked not to be named.",
    "We went to the provincial hall four times and were told to come back next week.",
    "The sewing line was told that whoever joins the union will not have the contract renewed.",
    "Overtime was written down for two hours and was in fact four.",
    "The wages of the last month were paid three weeks late, without the attendance bonus.",
    "The community forest was marked with new posts during the night.",
    "We asked for a copy of the map, and were told that it is not public.",
    "A message to our treasurer said that it would be better to stay at home.",
    "The registration was returned for the third time because of a word in the statute.",
    "There were about thirty people, half of them farmers from the next commune.",
    "We do not say that this officer gave the order; we say that he carried it out.",
    "What we ask for is a written answer, and that the office may open again.",
    "The recording is kept, and can be heard by the panel but not be copied.",
    "The first visit was short and polite; the second was not.",
)

KHMER = (
    "ក្រុមការងារបានមកដល់ការិយាល័យនៅពេលព្រឹក ហើយបានប្រាប់ឲ្យផ្អាកសិក្ខាសាលា។",
    "មន្ត្រីបានថតរូបអ្នកចូលរួមនៅមាត់ទ្វារ ហើយសួររកបញ្ជីឈ្មោះ។",
    "លិខិតនោះមិនបានប្រាប់ហេតុផល ហើយមិនបានយោងច្បាប់ណាមួយទេ។",
    "ពីរថ្ងៃក្រោយមក ម្ចាស់សាលបានទូរស័ព្ទមកប្រាប់ថា ការជួលត្រូវលុបចោល។",
    "យើងបានជូនដំណឹងជាលាយលក្ខណ៍អក្សរបីសប្ដាហ៍មុន ហើយនៅរក្សាទុកច្បាប់ចម្លងដែលមានត្រា។",
    "គ្មាននរណាម្នាក់បង្ហាញដីកាទេ ម្នាក់ក្នុងចំណោមពួកគេមិនស្លៀកពាក់ឯកសណ្ឋាន។",
    "ពួកគេបានកត់ផ្លាកលេខម៉ូតូដែលនៅក្នុងទីធ្លា។",
    "មេឃុំប្រាប់ថា លោកទទួលបានការប្រាប់តាមទូរស័ព្ទ ហើយមិនអាចប្រាប់ថាពីនរណាទេ។",
    "ចាប់ពីពេលនោះមក សមាជិកមកប្រជុំតិចជាងមុន ហើយខ្លះសុំកុំឲ្យបញ្ចេញឈ្មោះ។",
    "យើងបានទៅសាលាខេត្តបួនដង ហើយគេប្រាប់ឲ្យត្រឡប់មកវិញសប្ដាហ៍ក្រោយ។",
    "កម្មករត្រូវបានប្រាប់ថា អ្នកណាចូលសហជីព នឹងមិនបន្តកិច្ចសន្យាទេ។",
    "ម៉ោងបន្ថែមត្រូវបានកត់ត្រាពីរម៉ោង តែការពិតគឺបួនម៉ោង។",
    "ប្រាក់ឈ្នួលខែមុនត្រូវបានបើកយឺតបីសប្ដាហ៍ ដោយគ្មានប្រាក់រង្វាន់វត្តមាន។",
    "ព្រៃសហគមន៍ត្រូវបានបោះបង្គោលថ្មីនៅពេលយប់។",
    "យើងបានសុំច្បាប់ចម្លងផែនទី តែគេប្រាប់ថាវាមិនមែនជាឯកសារសាធារណៈទេ។",
    "សារមួយផ្ញើទៅហេរញ្ញិករបស់យើងថា គួរតែនៅផ្ទះល្អជាង។",
    "ពាក្យសុំចុះបញ្ជីត្រូវបានប្រគល់មកវិញជាលើកទីបី ដោយសារពាក្យមួយក្នុងលក្ខន្តិកៈ។",
    "មានមនុស្សប្រហែលសាមសិបនាក់ ពាក់កណ្ដាលជាកសិករមកពីឃុំជិតខាង។",
    "យើងមិននិយាយថាមន្ត្រីនេះជាអ្នកចេញបញ្ជាទេ យើងនិយាយថាគាត់បានអនុវត្ត។",
    "អ្វីដែលយើងសុំគឺចម្លើយជាលាយលក្ខណ៍អក្សរ និងឲ្យការិយាល័យបើកឡើងវិញ។",
)

TITLES = {
    "en": (
        "Workshop stopped",
        "Office closed without a reason",
        "Names taken at a meeting",
        "Registration returned again",
        "Overtime not paid",
        "Forest posts moved at night",
    ),
    "km": (
        "សិក្ខាសាលាត្រូវបានបញ្ឈប់",
        "ការិយាល័យត្រូវបានបិទដោយគ្មានហេតុផល",
        "ឈ្មោះត្រូវបានកត់នៅក្នុងការប្រជុំ",
        "ការចុះបញ្ជីត្រូវបានប្រគល់មកវិញម្តងទៀត",
        "ម៉ោងបន្ថែមមិនបានបើក",
        "បង្គោលព្រៃត្រូវបានប្តូរនៅពេលយប់",
    ),
}
SENTENCES = {"en": ENGLISH, "km": KHMER}


def told(draws: Draws, language: str, sentences: int) -> str:
    """Return so many sentences, in paragraphs of six."""
    said = [draws.pick(SENTENCES[language]) for _ in range(sentences)]
    parts = [said[at : at + 6] for at in range(0, len(said), 6)]
    return "\n\n".join(" ".join(part) for part in parts)
