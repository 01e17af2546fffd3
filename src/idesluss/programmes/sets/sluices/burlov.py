"""Burlöv's way with money: applied, sifted, decided, celebrated, carried out the same year."""

from idesluss.logic.lifecycle import Stage
from idesluss.programmes.sets.sluices.said import Asked, Chamber, Model, say
from idesluss.programmes.vocab import Handler

BURLOV = Model(
    name=say("Burlövs väg", "Burlövs vej", "Burlöv's way"),
    about=say(
        "Förslaget söker pengar: det gallras, beslutas av ledningsgruppen, firas och genomförs "
        "samma år. En del blir kvar för gott.",
        "Forslaget søger penge: det sorteres, besluttes af ledelsen, fejres og gennemføres samme "
        "år. Noget af det bliver for altid.",
        "The proposal asks for money: it is sifted, decided by the management, celebrated and "
        "carried out in the same year. Some of it stays for good.",
    ),
    called=say("Innovationsanslaget", "Innovationspuljen", "The innovation grant"),
    steps=(
        Chamber(
            "ansokan",
            Stage.RECEIVED,
            say("Ansökan", "Ansøgning", "Application"),
            say(
                "Se efter att det framgår vad som ska prövas, vad det kostar och vem som gör det.",
                "Se efter, at det fremgår, hvad der skal afprøves, hvad det koster, og hvem der "
                "gør det.",
                "See that it says what is to be tried, what it costs and who does it.",
            ),
            5,
            Handler.ADMINISTRATOR,
            questions=(
                Asked(
                    "annars",
                    say(
                        "Vad händer om ni inte får pengar?",
                        "Hvad sker der, hvis I ikke får penge?",
                        "What happens if you get no money?",
                    ),
                ),
            ),
        ),
        Chamber(
            "gallring",
            Stage.ASSESSING,
            say("Gallring", "Sortering", "Sifting"),
            say(
                "Jämför med målen, och med att det ska vara nytt, utanför den vanliga budgeten och "
                "klart samma år.",
                "Sammenlign med målene, og med at det skal være nyt, uden for det almindelige "
                "budget og færdigt samme år.",
                "Compare it with the goals, and with the conditions: new, outside the ordinary "
                "budget, and done in the same year.",
            ),
            20,
            Handler.ADMINISTRATOR,
            gate=say(
                "Förslaget uppfyller alla villkor.",
                "Forslaget opfylder alle betingelser.",
                "The proposal meets every condition.",
            ),
        ),
        Chamber(
            "beslut",
            Stage.DECIDING,
            say("Beslut", "Beslutning", "Decision"),
            say(
                "Ledningsgruppen beslutar. Den som är chef för sökanden går ut.",
                "Ledelsen beslutter. Den, der er leder for ansøgeren, går udenfor.",
                "The management decides. Whoever manages the applicant leaves the room.",
            ),
            20,
            Handler.MANAGER,
            gate=say(
                "Beslutet är fattat, och pengarna finns.",
                "Beslutningen er truffet, og pengene er der.",
                "The decision is taken, and the money is there.",
            ),
        ),
        Chamber(
            "firande",
            Stage.TESTING,
            say("Firande", "Fejring", "Celebration"),
            say(
                "Samla alla som fick ja, och visa vad de ska göra.",
                "Saml alle, der fik ja, og vis, hvad de skal gøre.",
                "Gather all who got a yes, and show what they are going to do.",
            ),
            15,
            Handler.ADMINISTRATOR,
        ),
        Chamber(
            "genomforande",
            Stage.TESTING,
            say("Genomförande", "Gennemførelse", "Carrying out"),
            say(
                "Gör klart före årets slut, och skriv upp vad pengarna gick till.",
                "Gør det færdigt inden årets udgang, og skriv op, hvad pengene gik til.",
                "Finish before the year ends, and write down what the money went to.",
            ),
            120,
            Handler.MANAGER,
            questions=(
                Asked(
                    "blev",
                    say("Vad blev det?", "Hvad blev det til?", "What came of it?"),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "permanent",
            Stage.PERMANENT,
            say("Permanentat", "Gjort permanent", "Made permanent"),
            say(
                "Verksamheten tar över, med egna pengar.",
                "Driften tager over, med egne penge.",
                "The line takes over, with money of its own.",
            ),
        ),
    ),
)
