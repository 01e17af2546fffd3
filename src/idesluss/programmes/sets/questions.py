"""Questions that begin in the need; every set asks them."""

from idesluss.programmes.sets.said import Ask
from idesluss.programmes.vocab import QuestionPart

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
