"""The six steps of Innovationsguiden, between what comes in and what is in place."""

from idesluss.logic.lifecycle import Stage
from idesluss.programmes.sets.sluices.said import Asked, Chamber, Model, say
from idesluss.programmes.vocab import Handler

INNOVATIONSGUIDEN = Model(
    name=say(
        "Innovationsguidens sex steg",
        "Innovationsguidens seks trin",
        "Innovationsguiden's six steps",
    ),
    about=say(
        "Ringa in, undersöka, fokusera, ta fram idéer, testa och förverkliga. Mest tid går till "
        "att förstå; stegen tas om när ni lär er något nytt.",
        "Ring ind, undersøg, fokusér, find idéer, test og gør det til virkelighed. Det meste af "
        "tiden går til at forstå; trinnene tages om, når I lærer noget nyt.",
        "Define, explore, focus, find ideas, test and realise. Most of the time goes to "
        "understanding; steps are repeated when you learn something new.",
    ),
    called=say("Idéslussen", "Idéslusen", "The idea sluice"),
    steps=(
        Chamber(
            "kommit-in",
            Stage.RECEIVED,
            say("Kommit in", "Kommet ind", "Come in"),
            say(
                "Tacka, och bestäm vem som tar första samtalet.",
                "Sig tak, og beslut, hvem der tager den første samtale.",
                "Say thank you, and decide who takes the first talk.",
            ),
            5,
            Handler.COACH,
        ),
        Chamber(
            "ringa-in",
            Stage.EXPLORING,
            say("Ringa in", "Ring ind", "Define"),
            say(
                "Vad är utmaningen, vilka berörs, och vilka ska vara med i gruppen?",
                "Hvad er udfordringen, hvem berøres, og hvem skal være med i gruppen?",
                "What is the challenge, who is affected, and who is to be in the group?",
            ),
            10,
            Handler.COACH,
            questions=(
                Asked(
                    "utmaning",
                    say(
                        "Vilken är utmaningen, i en mening?",
                        "Hvad er udfordringen, i én sætning?",
                        "What is the challenge, in one sentence?",
                    ),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "undersoka",
            Stage.EXPLORING,
            say("Undersöka", "Undersøg", "Explore"),
            say(
                "Möt dem som berörs där de är. Samla citat, bilder och det som stack ut.",
                "Mød dem, der berøres, hvor de er. Saml citater, billeder og det, der stak ud.",
                "Meet those affected where they are. Collect quotes, pictures and what stood out.",
            ),
            20,
            Handler.COACH,
            tools=say(
                "Intervjuguide, observation, tjänsteresa.",
                "Interviewguide, observation, servicerejse.",
                "Interview guide, observation, service journey.",
            ),
            questions=(
                Asked(
                    "motte",
                    say(
                        "Vilka mötte ni, och var?",
                        "Hvem mødte I, og hvor?",
                        "Whom did you meet, and where?",
                    ),
                ),
            ),
        ),
        Chamber(
            "fokusera",
            Stage.EXPLORING,
            say("Fokusera", "Fokusér", "Focus"),
            say(
                "Gör insikter av det ni såg, och välj den fråga som är värd att svara på.",
                "Gør det, I så, til indsigter, og vælg det spørgsmål, der er værd at svare på.",
                "Turn what you saw into insights, and choose the question worth answering.",
            ),
            10,
            Handler.COACH,
            gate=say(
                "Vi har en fråga som börjar med ”Hur kan vi …” och som bygger på det vi såg.",
                "Vi har et spørgsmål, der begynder med ”Hvordan kan vi …” og bygger på det, vi så.",
                "We have a question that begins with “How might we …” and builds on what we saw.",
            ),
            questions=(
                Asked(
                    "hur-kan-vi",
                    say("Hur kan vi …?", "Hvordan kan vi …?", "How might we …?"),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "ta-fram-ideer",
            Stage.ASSESSING,
            say("Ta fram idéer", "Find idéer", "Find ideas"),
            say(
                "Många idéer först, omdömen sedan. Välj några få att göra synliga.",
                "Mange idéer først, vurderinger bagefter. Vælg nogle få, der skal gøres synlige.",
                "Many ideas first, judgement later. Choose a few to make visible.",
            ),
            15,
            Handler.COACH,
        ),
        Chamber(
            "testa",
            Stage.TESTING,
            say("Testa", "Test", "Test"),
            say(
                "Gör idén så konkret att någon kan använda den. Testa tidigt och ofta.",
                "Gør idéen så konkret, at nogen kan bruge den. Test tidligt og ofte.",
                "Make the idea so concrete that somebody can use it. Test early and often.",
            ),
            30,
            Handler.COACH,
            gate=say(
                "Testet visade att idén svarar på frågan, och någon vill äga den.",
                "Testen viste, at idéen svarer på spørgsmålet, og nogen vil eje den.",
                "The test showed that the idea answers the question, and somebody wants to own it.",
            ),
            questions=(
                Asked(
                    "lart",
                    say(
                        "Vad har ni lärt er av testerna?",
                        "Hvad har I lært af testene?",
                        "What have you learnt from the tests?",
                    ),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "forverkliga",
            Stage.ADOPTING,
            say("Förverkliga", "Gør det til virkelighed", "Realise"),
            say(
                "Planera vem som gör vad och när, vad det kostar och hur nyttan följs upp.",
                "Planlæg, hvem der gør hvad hvornår, hvad det koster, og hvordan nytten følges op.",
                "Plan who does what and when, what it costs and how the benefit is followed.",
            ),
            60,
            Handler.MANAGER,
        ),
        Chamber(
            "pa-plats",
            Stage.PERMANENT,
            say("På plats", "På plads", "In place"),
            say(
                "Fira, och berätta vad det blev.",
                "Fejr det, og fortæl, hvad det blev til.",
                "Celebrate, and tell what came of it.",
            ),
        ),
    ),
)
