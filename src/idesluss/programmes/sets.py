"""Ready starting sets: questions that begin in the need, and two municipalities' criteria.

The texts become the round's own, in the organisation's language, and are changed there; so they
are data in the languages we ship, not messages. Burlöv's rules and Tårnby's criteria are public
facts; the words are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from idesluss.programmes.vocab import CriterionKind, QuestionPart

Said: TypeAlias = Mapping[str, str]
"""One text, by language."""


def in_language(text: Said, language: str) -> str:
    """``text`` in ``language``, in English where that is not written."""
    return text.get(language) or text.get("en", "")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of a set."""

    key: str
    part: QuestionPart
    text: Said
    help: Said = field(default_factory=dict)
    required: bool = True


@dataclass(frozen=True, slots=True)
class Judge:
    """A criterion of a set."""

    key: str
    kind: CriterionKind
    name: Said
    description: Said = field(default_factory=dict)
    low: int = 0
    high: int = 1


@dataclass(frozen=True, slots=True)
class Set:
    """Criteria to start with, and the goals and introduction that go with them."""

    name: Said
    about: Said
    criteria: tuple[Judge, ...] = ()
    needed: int = 0  # so many of the qualifying criteria must be met
    introduction: Said = field(default_factory=dict)
    goals: tuple[str, ...] = ()


NEED_FIRST = (
    Ask(
        "for-whom",
        QuestionPart.NEED,
        {
            "sv": "Vem har behovet, och ungefär hur många är de?",
            "da": "Hvem har behovet, og hvor mange er de cirka?",
            "en": "Who has the need, and about how many are they?",
        },
        {
            "sv": "Till exempel boende, elever, anhöriga eller medarbetare i en viss verksamhet.",
            "da": "For eksempel beboere, elever, pårørende eller medarbejdere et bestemt sted.",
            "en": "For example residents, pupils, relatives or staff in a certain service.",
        },
    ),
    Ask(
        "evidence",
        QuestionPart.NEED,
        {
            "sv": "Hur vet du att behovet finns?",
            "da": "Hvordan ved du, at behovet findes?",
            "en": "How do you know that the need is there?",
        },
        {
            "sv": "Vad har du sett, hört eller mätt? En enda iakttagelse räcker som början.",
            "da": "Hvad har du set, hørt eller målt? En enkelt iagttagelse er nok til at begynde.",
            "en": "What have you seen, heard or measured? A single observation is a good start.",
        },
    ),
    Ask(
        "what",
        QuestionPart.IDEA,
        {
            "sv": "Vad vill du göra?",
            "da": "Hvad vil du gøre?",
            "en": "What do you want to do?",
        },
        {
            "sv": "Beskriv så att någon utanför din verksamhet förstår.",
            "da": "Beskriv det, så en uden for dit område forstår det.",
            "en": "Describe it so that somebody outside your service understands.",
        },
    ),
    Ask(
        "change",
        QuestionPart.IDEA,
        {
            "sv": "Vad blir annorlunda, och hur kommer du att se det?",
            "da": "Hvad bliver anderledes, og hvordan vil du kunne se det?",
            "en": "What will change, and how will you see it?",
        },
        {
            "sv": "Skriv hur det är i dag, så finns något att jämföra med.",
            "da": "Skriv, hvordan det er i dag, så der er noget at sammenligne med.",
            "en": "Write how it is today, so that there is something to compare with.",
        },
    ),
    Ask(
        "time-plan",
        QuestionPart.PLAN,
        {
            "sv": "Vad ska hända när?",
            "da": "Hvad skal ske hvornår?",
            "en": "What will happen when?",
        },
    ),
    Ask(
        "risks",
        QuestionPart.PLAN,
        {
            "sv": "Vad kan gå fel, och vad gör du då?",
            "da": "Hvad kan gå galt, og hvad gør du så?",
            "en": "What can go wrong, and what will you do then?",
        },
        required=False,
    ),
    Ask(
        "afterwards",
        QuestionPart.PLAN,
        {
            "sv": "Vad händer efter projektet om det fungerar, och vem tar över?",
            "da": "Hvad sker der efter projektet, hvis det virker, og hvem tager over?",
            "en": "What happens after the project if it works, and who takes over?",
        },
    ),
)

_QUALIFYING, _SCORED = CriterionKind.QUALIFYING, CriterionKind.SCORED
_ADDITIONAL = CriterionKind.ADDITIONAL

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

SETS: Mapping[str, Set] = {"needs": NEEDS, "burlov": BURLOV, "tarnby": TARNBY}
