"""Burlöv's innovation grant: four conditions, and how well the goals are served."""

from idesluss.programmes.sets.said import Judge, Set
from idesluss.programmes.vocab import CriterionKind

_QUALIFYING = CriterionKind.QUALIFYING
_SCORED = CriterionKind.SCORED

BURLOV = Set(
    name={
        "sv": "Burlövs regler",
        "da": "Burlövs regler",
        "en": "Burlöv's rules",
    },
    about={
        "sv": "Burlövs kommuns innovationsanslag: fyra villkor som alla ska vara uppfyllda, "
        "och hur väl idén stöder målen. En fond utan mål får Burlövs.",
        "da": "Burlöv Kommunes innovationsbevilling: fire betingelser, som alle skal være "
        "opfyldt, og hvor godt idéen støtter målene. En pulje uden mål får Burlövs.",
        "en": "Burlöv municipality's innovation grant: four conditions that must all be met, "
        "and how well the idea serves the goals. A fund without goals gets Burlöv's.",
    },
    needed=4,
    goals=(
        "Vision 2040",
        "Attraktiva Burlöv",
        "Hållbara Burlöv",
        "Tillgängliga Burlöv",
        "Trygga Burlöv",
    ),
    introduction={
        "sv": "Medarbetare i alla förvaltningar får söka. Pengarna är till för att pröva ny teknik "
        "eller nya arbetssätt som annars inte hade blivit av, vid sidan av den vanliga budgeten. "
        "Projektet ska vara klart samma år som det börjar.",
        "da": "Medarbejdere i alle forvaltninger kan søge. Pengene er til at afprøve ny teknologi "
        "eller nye arbejdsmåder, som ellers ikke var blevet til noget, ved siden af det "
        "almindelige budget. Projektet skal være færdigt samme år, som det begynder.",
        "en": "Staff of every department may apply. The money is for trying new technology or new "
        "ways of working that would otherwise not have happened, beside the ordinary budget. "
        "The project must end in the year it starts.",
    },
    called={"sv": "Innovationsanslaget", "da": "Innovationspuljen", "en": "The innovation grant"},
    rules={"must_end_in_year": True, "asks_otherwise": True},
    fund={"unused": "carry"},
    criteria=(
        Judge(
            "outside-budget",
            _QUALIFYING,
            {
                "sv": "Ryms inte i den vanliga budgeten",
                "da": "Ligger uden for det almindelige budget",
                "en": "Outside the ordinary budget",
            },
        ),
        Judge(
            "otherwise-not",
            _QUALIFYING,
            {
                "sv": "Hade annars inte blivit av",
                "da": "Var ellers ikke blevet til noget",
                "en": "Would otherwise not have happened",
            },
        ),
        Judge(
            "new",
            _QUALIFYING,
            {
                "sv": "Ny teknik eller nytt arbetssätt",
                "da": "Ny teknologi eller ny arbejdsmåde",
                "en": "New technology or new way of working",
            },
        ),
        Judge(
            "same-year",
            _QUALIFYING,
            {
                "sv": "Klart samma år som det börjar",
                "da": "Færdigt samme år, som det begynder",
                "en": "Ends in the year it starts",
            },
        ),
        Judge(
            "goals",
            _SCORED,
            {
                "sv": "Stöder kommunens mål",
                "da": "Støtter kommunens mål",
                "en": "Serves the municipality's goals",
            },
            {
                "sv": "Hur väl idén för ett eller flera av målen närmare.",
                "da": "Hvor godt idéen bringer et eller flere af målene nærmere.",
                "en": "How well the idea brings one or more of the goals closer.",
            },
            1,
            5,
        ),
    ),
)
