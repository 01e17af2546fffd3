"""Kungsbacka's way: the real need first, found with service design; only then a solution.

Known are the order and that steps may be left out; the names of the later steps are ours.
"""

from idesluss.logic.lifecycle import Stage
from idesluss.programmes.sets.sluices.said import Asked, Chamber, Model, say
from idesluss.programmes.vocab import Handler

KUNGSBACKA = Model(
    name=say("Kungsbackas modell", "Kungsbackas model", "Kungsbacka's model"),
    about=say(
        "Behovet först: ni ringar in vad som egentligen är problemet, tillsammans med dem som har "
        "det, innan någon talar om lösningar. Arbetsplatsen gör det själv, med en coach vid sidan.",
        "Behovet først: I ringer ind, hvad der egentlig er problemet, sammen med dem, der har det, "
        "før nogen taler om løsninger. Arbejdspladsen gør det selv, med en coach ved siden af.",
        "The need first: you find out what the problem really is, with those who have it, before "
        "anybody speaks of solutions. The workplace does it itself, with a coach beside it.",
    ),
    called=say("Innovationskraft", "Innovationskraft", "Innovation power"),
    steps=(
        Chamber(
            "behov-in",
            Stage.RECEIVED,
            say("Behovet in", "Behovet ind", "The need comes in"),
            say(
                "Ta emot och tacka. Står det en lösning, så fråga vilket behov den svarar på.",
                "Tag imod, og sig tak. Står der en løsning, så spørg, hvilket behov den svarer på.",
                "Receive it and say thank you. If it is a solution, ask which need it answers.",
            ),
            5,
            Handler.COACH,
        ),
        Chamber(
            "ringa-in",
            Stage.EXPLORING,
            say("Ringa in behovet", "Ring behovet ind", "Find the need"),
            say(
                "Skriv ner vad ni tror, och vem som vet. Avgränsa så att ni kan påverka det.",
                "Skriv ned, hvad I tror, og hvem der ved det. Afgræns, så I kan påvirke det.",
                "Write down what you believe, and who knows. Limit it to what you can change.",
            ),
            10,
            Handler.COACH,
            tools=say(
                "Behovskarta, fem varför, intressentkarta.",
                "Behovskort, fem gange hvorfor, interessentkort.",
                "Need canvas, five whys, map of stakeholders.",
            ),
            questions=(
                Asked(
                    "vems",
                    say("Vems behov är det?", "Hvis behov er det?", "Whose need is it?"),
                    say(
                        "Nämn en grupp så liten att ni kan träffa några av dem.",
                        "Nævn en gruppe, der er så lille, at I kan møde nogle af dem.",
                        "Name a group so small that you can meet some of them.",
                    ),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "forsta",
            Stage.EXPLORING,
            say("Förstå på riktigt", "Forstå det rigtigt", "Understand it"),
            say(
                "Följ med, lyssna och fråga. Tre samtal räcker längre än hundra enkätsvar.",
                "Følg med, lyt og spørg. Tre samtaler rækker længere end hundrede skemasvar.",
                "Go along, listen and ask. Three talks lead further than a hundred forms.",
            ),
            20,
            Handler.COACH,
            gate=say(
                "Vi har talat med minst tre som har behovet, och kan säga det med deras ord.",
                "Vi har talt med mindst tre, der har behovet, og kan sige det med deres ord.",
                "We have talked with at least three who have the need, and can say it in their "
                "words.",
            ),
            tools=say(
                "Intervjuguide, skuggning, användarresa.",
                "Interviewguide, skygning, brugerrejse.",
                "Interview guide, shadowing, user journey.",
            ),
            questions=(
                Asked(
                    "forvanade",
                    say("Vad förvånade er?", "Hvad overraskede jer?", "What surprised you?"),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "losningar",
            Stage.ASSESSING,
            say("Hitta lösningar", "Find løsninger", "Find solutions"),
            say(
                "Ta fram många innan ni väljer. Se först efter om någon annan redan har löst det.",
                "Find mange, før I vælger. Se først efter, om andre allerede har løst det.",
                "Find many before you choose. See first whether somebody else has solved it.",
            ),
            15,
            Handler.COACH,
            questions=(
                Asked(
                    "valde",
                    say(
                        "Vad valde ni, och varför just det?",
                        "Hvad valgte I, og hvorfor netop det?",
                        "What did you choose, and why that?",
                    ),
                ),
            ),
        ),
        Chamber(
            "prova",
            Stage.TESTING,
            say("Pröva", "Afprøv", "Try"),
            say(
                "Bygg det enklaste som går att pröva, med dem som har behovet. Gör om.",
                "Byg det enkleste, der kan afprøves, med dem, der har behovet. Gør det igen.",
                "Build the simplest thing that can be tried, with those who have the need. Repeat.",
            ),
            30,
            Handler.MANAGER,
            gate=say(
                "De som har behovet säger att det blev bättre.",
                "De, der har behovet, siger, at det blev bedre.",
                "Those who have the need say that it got better.",
            ),
            questions=(
                Asked(
                    "battre",
                    say(
                        "Vad blev bättre, och för vem?",
                        "Hvad blev bedre, og for hvem?",
                        "What got better, and for whom?",
                    ),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "ta-i-bruk",
            Stage.ADOPTING,
            say("Ta i bruk", "Tag i brug", "Take into use"),
            say(
                "Skriv in det i rutinen, lär upp alla, och bestäm vem som äger det.",
                "Skriv det ind i rutinen, lær alle op, og beslut, hvem der ejer det.",
                "Write it into the routine, train everybody, and decide who owns it.",
            ),
            40,
            Handler.MANAGER,
        ),
        Chamber(
            "vardag",
            Stage.PERMANENT,
            say("Vardag", "Hverdag", "Everyday"),
            say(
                "Visa det för andra arbetsplatser.",
                "Vis det til andre arbejdspladser.",
                "Show it to other workplaces.",
            ),
        ),
    ),
)
