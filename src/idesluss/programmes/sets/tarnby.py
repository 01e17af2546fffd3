"""Tårnby's innovation pool: one of three criteria at least, and three that add weight."""

from idesluss.programmes.sets.said import Judge, Set
from idesluss.programmes.vocab import CriterionKind

_ADDITIONAL = CriterionKind.ADDITIONAL
_QUALIFYING = CriterionKind.QUALIFYING

TARNBY = Set(
    name={
        "sv": "Tårnbys kriterier",
        "da": "Tårnbys kriterier",
        "en": "Tårnby's criteria",
    },
    about={
        "sv": "Tårnby kommuns innovationspott: minst ett av tre kriterier ska vara uppfyllt, och "
        "tre till kan ge extra tyngd.",
        "da": "Tårnby Kommunes innovationspulje: mindst ét af tre kriterier skal være opfyldt, og "
        "tre til kan give ekstra vægt.",
        "en": "Tårnby municipality's innovation pool: at least one of three criteria must be met, "
        "and three more may add weight.",
    },
    needed=1,
    introduction={
        "sv": "Pengarna är till för projekt som annars inte hade varit möjliga.",
        "da": "Pengene er til projekter, som ellers ikke havde været mulige.",
        "en": "The money is for projects that would otherwise not have been possible.",
    },
    called={"sv": "Innovationspotten", "da": "Innovationspuljen", "en": "The innovation pool"},
    rules={"asks_otherwise": True},
    criteria=(
        Judge(
            "effektivitet",
            _QUALIFYING,
            {"sv": "Effektivitet", "da": "Effektivitet", "en": "Efficiency"},
            {
                "sv": "Uppgiften löses med mindre insats än i dag.",
                "da": "Opgaven løses mere effektivt end i dag.",
                "en": "The task is solved more efficiently than today.",
            },
        ),
        Judge(
            "kvalitet",
            _QUALIFYING,
            {"sv": "Kvalitet", "da": "Kvalitet", "en": "Quality"},
            {
                "sv": "Kvaliteten blir bättre, mätt mot en standard som professionen erkänner.",
                "da": "Kvaliteten bliver bedre, målt mod en fagligt anerkendt standard.",
                "en": "Quality gets better, measured against a standard the profession recognises.",
            },
        ),
        Judge(
            "resultat",
            _QUALIFYING,
            {"sv": "Resultat", "da": "Resultat", "en": "Result"},
            {
                "sv": "Resultatet för invånaren blir bättre, billigare eller både och.",
                "da": "Resultatet for borgeren bliver bedre, billigere eller begge dele.",
                "en": "The result for the resident gets better, cheaper or both.",
            },
        ),
        Judge(
            "arbejdsmiljo",
            _ADDITIONAL,
            {"sv": "Arbetsmiljö", "da": "Arbejdsmiljø", "en": "Working environment"},
            {
                "sv": "Projektet gör arbetsmiljön bättre.",
                "da": "Projektet gør arbejdsmiljøet bedre.",
                "en": "The project makes the working environment better.",
            },
        ),
        Judge(
            "begejstring",
            _ADDITIONAL,
            {"sv": "Entusiasm", "da": "Begejstring", "en": "Enthusiasm"},
            {
                "sv": "Projektet kan väcka lust och engagemang.",
                "da": "Projektet kan skabe begejstring.",
                "en": "The project can create enthusiasm.",
            },
        ),
        Judge(
            "omtale",
            _ADDITIONAL,
            {"sv": "God uppmärksamhet", "da": "God omtale", "en": "Good publicity"},
            {
                "sv": "Projektet kan ge kommunen god uppmärksamhet.",
                "da": "Projektet kan give kommunen god omtale.",
                "en": "The project may bring the municipality good publicity.",
            },
        ),
    ),
)
