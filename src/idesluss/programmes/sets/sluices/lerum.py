"""Lerum's way: the idea comes in, a talk gives the whole picture, then small before large."""

from idesluss.logic.lifecycle import Stage
from idesluss.programmes.sets.sluices.said import Asked, Chamber, Model, say
from idesluss.programmes.vocab import Handler

LERUM = Model(
    name=say("Lerums modell", "Lerums model", "Lerum's model"),
    about=say(
        "Den som har en idé får först ett samtal, så att ni tillsammans ser hela bilden. Sedan "
        "utvecklas idén, prövas i liten skala och införs steg för steg.",
        "Den, der har en idé, får først en samtale, så I sammen ser hele billedet. Derefter "
        "udvikles idéen, afprøves i lille skala og indføres trin for trin.",
        "Whoever has an idea gets a talk first, so that together you see the whole picture. Then "
        "the idea is developed, tested in small scale and introduced step by step.",
    ),
    called=say("Idérummet", "Idérummet", "The idea room"),
    steps=(
        Chamber(
            "ide-in",
            Stage.RECEIVED,
            say("Idé in", "Idé ind", "Idea in"),
            say(
                "Läs, tacka och boka ett samtal. Bedöm inte idén än.",
                "Læs, sig tak og aftal en samtale. Bedøm ikke idéen endnu.",
                "Read it, say thank you and agree on a talk. Do not judge the idea yet.",
            ),
            5,
            Handler.COACH,
        ),
        Chamber(
            "helhetsbild",
            Stage.EXPLORING,
            say("Helhetsbild", "Helhedsbillede", "The whole picture"),
            say(
                "Träffa den som gav idén. Ta reda på vem som har behovet, hur det märks i dag och "
                "vilka som berörs på olika sätt.",
                "Mød den, der gav idéen. Find ud af, hvem der har behovet, hvordan det mærkes i "
                "dag, og hvem der berøres på forskellige måder.",
                "Meet whoever gave the idea. Find out who has the need, how it shows today and "
                "who is affected in different ways.",
            ),
            15,
            Handler.COACH,
            gate=say(
                "Vi har talat med den som gav idén och är överens om vilket behovet är.",
                "Vi har talt med den, der gav idéen, og er enige om, hvad behovet er.",
                "We have talked with whoever gave the idea and agree on what the need is.",
            ),
            tools=say(
                "Behovskarta, intressentkarta och frågorna om jämställdhet.",
                "Behovskort, interessentkort og spørgsmålene om ligestilling.",
                "Need canvas, map of stakeholders and the questions on equality.",
            ),
            questions=(
                Asked(
                    "behov",
                    say(
                        "Vad är behovet, med egna ord?",
                        "Hvad er behovet, med egne ord?",
                        "What is the need, in your own words?",
                    ),
                    required=True,
                ),
                Asked(
                    "jamstalldhet",
                    say(
                        "Berörs kvinnor och män, flickor och pojkar olika?",
                        "Berøres kvinder og mænd, piger og drenge forskelligt?",
                        "Are women and men, girls and boys affected differently?",
                    ),
                    say(
                        "Tänk också på ålder, språk och funktionsnedsättning.",
                        "Tænk også på alder, sprog og funktionsnedsættelse.",
                        "Think of age, language and disability, too.",
                    ),
                ),
            ),
        ),
        Chamber(
            "utveckla",
            Stage.ASSESSING,
            say("Utveckla", "Udvikle", "Develop"),
            say(
                "Se efter vad som redan finns, i kommunen och hos andra. Forma idén så att den "
                "går att pröva, och bestäm vad ni vill få veta.",
                "Se efter, hvad der allerede findes, i kommunen og hos andre. Form idéen, så den "
                "kan afprøves, og beslut, hvad I vil have svar på.",
                "Look for what exists already, in the municipality and elsewhere. Shape the idea "
                "so that it can be tested, and decide what you want to learn.",
            ),
            20,
            Handler.COACH,
            questions=(
                Asked(
                    "finns-redan",
                    say(
                        "Vad finns redan, här eller hos andra?",
                        "Hvad findes allerede, her eller hos andre?",
                        "What exists already, here or elsewhere?",
                    ),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "testa",
            Stage.TESTING,
            say("Testa litet", "Afprøve i det små", "Test in small scale"),
            say(
                "Pröva hos få, en kort tid, billigt. Bestäm före testet vad som räknas som att "
                "det fungerade.",
                "Afprøv hos få, i kort tid, billigt. Beslut før afprøvningen, hvad der tæller som "
                "at det virkede.",
                "Test with few, for a short time, cheaply. Decide before the test what counts as "
                "having worked.",
            ),
            40,
            Handler.MANAGER,
            gate=say(
                "Vi vet vad testet visade, och en chef vill ta det vidare.",
                "Vi ved, hvad afprøvningen viste, og en leder vil tage det videre.",
                "We know what the test showed, and a manager wants to take it on.",
            ),
            questions=(
                Asked(
                    "larde",
                    say("Vad lärde ni er?", "Hvad lærte I?", "What did you learn?"),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "sprida",
            Stage.ADOPTING,
            say("Utrullning", "Udrulning", "Rollout"),
            say(
                "Låt en arbetsplats i taget börja. Den som har provat visar den som ska börja.",
                "Lad én arbejdsplads ad gangen begynde. Den, der har prøvet, viser den, der skal "
                "begynde.",
                "Let one workplace at a time begin. Those who have tried show those who begin.",
            ),
            60,
            Handler.MANAGER,
        ),
        Chamber(
            "infora",
            Stage.ADOPTING,
            say("Införande", "Indførelse", "Implement"),
            say(
                "Gör det till ett vanligt arbetssätt: ägare, pengar, rutin och utbildning.",
                "Gør det til en almindelig arbejdsgang: ejer, penge, rutine og oplæring.",
                "Make it an ordinary way of working: owner, money, routine and training.",
            ),
            60,
            Handler.MANAGER,
            gate=say(
                "Det har en ägare och ryms i den vanliga budgeten.",
                "Det har en ejer og kan rummes i det almindelige budget.",
                "It has an owner and fits the ordinary budget.",
            ),
        ),
        Chamber(
            "i-vardagen",
            Stage.PERMANENT,
            say("I vardagen", "I hverdagen", "In everyday use"),
            say(
                "Berätta för den som gav idén, och för andra som kan ha nytta av den.",
                "Fortæl det til den, der gav idéen, og til andre, der kan have gavn af den.",
                "Tell whoever gave the idea, and others who may make use of it.",
            ),
        ),
    ),
)
