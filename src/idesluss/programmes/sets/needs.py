"""The need first, with marks: four criteria that suit any fund."""

from idesluss.programmes.sets.said import Judge, Set
from idesluss.programmes.vocab import CriterionKind

_SCORED = CriterionKind.SCORED

NEEDS = Set(
    name={
        "sv": "Behovet först, med poäng",
        "da": "Behovet først, med point",
        "en": "The need first, with marks",
    },
    about={
        "sv": "Fyra kriterier på en skala från 1 till 5.",
        "da": "Fire kriterier på en skala fra 1 til 5.",
        "en": "Four criteria on a scale from 1 to 5.",
    },
    called={"sv": "Innovationsfonden", "da": "Innovationspuljen", "en": "The innovation fund"},
    criteria=(
        Judge(
            "need",
            _SCORED,
            {"sv": "Behovet", "da": "Behovet", "en": "The need"},
            {
                "sv": "Behovet är verkligt, viktigt och väl beskrivet.",
                "da": "Behovet er virkeligt, vigtigt og godt beskrevet.",
                "en": "The need is real, important and well described.",
            },
            1,
            5,
        ),
        Judge(
            "benefit",
            _SCORED,
            {"sv": "Nyttan", "da": "Nytten", "en": "The benefit"},
            {
                "sv": "Det som blir bättre går att se och är värt insatsen.",
                "da": "Det, der bliver bedre, kan ses og er indsatsen værd.",
                "en": "What gets better can be seen and is worth the effort.",
            },
            1,
            5,
        ),
        Judge(
            "new",
            _SCORED,
            {"sv": "Nyheten", "da": "Det nye", "en": "What is new"},
            {
                "sv": "Tekniken eller arbetssättet är nytt här och kan användas av fler.",
                "da": "Teknikken eller arbejdsmåden er ny her og kan bruges af flere.",
                "en": "The technology or way of working is new here and can be used by others.",
            },
            1,
            5,
        ),
        Judge(
            "doable",
            _SCORED,
            {"sv": "Genomförandet", "da": "Gennemførelsen", "en": "Carrying it out"},
            {
                "sv": "Planen håller, och någon tar över om det fungerar.",
                "da": "Planen holder, og nogen tager over, hvis det virker.",
                "en": "The plan holds, and somebody takes over if it works.",
            },
            1,
            5,
        ),
    ),
)
