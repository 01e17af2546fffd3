"""Sundsvall's five steps, between what comes in and what is introduced."""

from idesluss.logic.lifecycle import Stage
from idesluss.programmes.sets.sluices.said import Asked, Chamber, Model, say
from idesluss.programmes.vocab import Handler

SUNDSVALL = Model(
    name=say("Sundsvalls fem steg", "Sundsvalls fem trin", "Sundsvall's five steps"),
    about=say(
        "Utforska, utveckla, testa, utvärdera och införa, med en coach på plats. Ett problem utan "
        "lösning är lika välkommet som en idé.",
        "Udforsk, udvikl, test, evaluér og indfør, med en coach på stedet. Et problem uden løsning "
        "er lige så velkomment som en idé.",
        "Explore, develop, test, evaluate and introduce, with a coach on the spot. A problem "
        "without a solution is as welcome as an idea.",
    ),
    called=say("Idéslussen", "Idéslusen", "The idea sluice"),
    steps=(
        Chamber(
            "in",
            Stage.RECEIVED,
            say("In i slussen", "Ind i slusen", "Into the sluice"),
            say(
                "Hör av dig till den som skrev, och öppna ett ärende.",
                "Kontakt den, der skrev, og åbn en sag.",
                "Get in touch with whoever wrote, and open a case.",
            ),
            5,
            Handler.COACH,
        ),
        Chamber(
            "utforska",
            Stage.EXPLORING,
            say("Utforska", "Udforsk", "Explore"),
            say(
                "Att hitta lösningar är lätt, att hitta rätt problem är svårt. Ta med dem som "
                "berörs, också partner och brukare.",
                "At finde løsninger er let, at finde det rigtige problem er svært. Tag dem med, "
                "der berøres, også partnere og brugere.",
                "Finding solutions is easy, finding the right problem is hard. Bring in those "
                "affected, partners and users, too.",
            ),
            20,
            Handler.COACH,
            gate=say(
                "Problemet är rätt: de som har det känner igen sig i hur vi beskriver det.",
                "Problemet er det rigtige: de, der har det, kan genkende vores beskrivelse.",
                "The problem is the right one: those who have it recognise how we describe it.",
            ),
            questions=(
                Asked(
                    "problem",
                    say(
                        "Vilket är problemet, och för vem?",
                        "Hvad er problemet, og for hvem?",
                        "What is the problem, and for whom?",
                    ),
                    required=True,
                ),
                Asked(
                    "andra",
                    say(
                        "Vilka andra har samma problem?",
                        "Hvem andre har samme problem?",
                        "Who else has the same problem?",
                    ),
                    say(
                        "Fråga de andra kommunerna i nätverket.",
                        "Spørg de andre kommuner i netværket.",
                        "Ask the other municipalities of the network.",
                    ),
                ),
            ),
        ),
        Chamber(
            "utveckla",
            Stage.ASSESSING,
            say("Utveckla", "Udvikl", "Develop"),
            say(
                "Arbeta fram en lösning som går att pröva. Är något tidigt eller affärskänsligt, "
                "visa det bara för dem som behöver se det.",
                "Arbejd en løsning frem, der kan afprøves. Er noget tidligt eller "
                "forretningsfølsomt, så vis det kun til dem, der har brug for at se det.",
                "Work out a solution that can be tried. What is early or commercially sensitive "
                "is shown only to those who need to see it.",
            ),
            30,
            Handler.COACH,
            tools=say(
                "Verktygslådan, verkstad, hjälp av experter.",
                "Værktøjskassen, workshop, hjælp fra eksperter.",
                "The toolbox, a workshop, help of experts.",
            ),
        ),
        Chamber(
            "testa",
            Stage.TESTING,
            say("Testa", "Test", "Test"),
            say(
                "Pröva i en testmiljö eller på en arbetsplats. Bestäm först vad ni mäter.",
                "Afprøv i et testmiljø eller på en arbejdsplads. Beslut først, hvad I måler.",
                "Try it in a test environment or at a workplace. Decide first what you measure.",
            ),
            40,
            Handler.COACH,
            questions=(
                Asked(
                    "matt",
                    say(
                        "Vad mäter ni, och hur var det före?",
                        "Hvad måler I, og hvordan var det før?",
                        "What do you measure, and how was it before?",
                    ),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "utvardera",
            Stage.TESTING,
            say("Utvärdera", "Evaluér", "Evaluate"),
            say(
                "Jämför med hur det var. Säg rakt ut om det inte fungerade.",
                "Sammenlign med, hvordan det var. Sig det lige ud, hvis det ikke virkede.",
                "Compare with how it was. Say plainly if it did not work.",
            ),
            15,
            Handler.COACH,
            gate=say(
                "Nyttan är visad, och linjen vill införa det.",
                "Nytten er vist, og linjen vil indføre det.",
                "The benefit is shown, and the line wants to introduce it.",
            ),
            questions=(
                Asked(
                    "nytta",
                    say(
                        "Vilken nytta visade testet?",
                        "Hvilken nytte viste testen?",
                        "Which benefit did the test show?",
                    ),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "infora",
            Stage.ADOPTING,
            say("Införa", "Indfør", "Introduce"),
            say(
                "Linjen inför det, med coachen som stöd. Erbjud det också till andra.",
                "Linjen indfører det med coachen som støtte. Tilbyd det også til andre.",
                "The line introduces it, with the coach's help. Offer it to others, too.",
            ),
            60,
            Handler.MANAGER,
        ),
        Chamber(
            "infort",
            Stage.PERMANENT,
            say("Infört", "Indført", "Introduced"),
            say(
                "Räkna det. Få kommer så här långt.",
                "Tæl det med. Få kommer så langt.",
                "Count it. Few come this far.",
            ),
        ),
    ),
)
