"""Aarhus's way: a screening that answers in three, then described, qualified, recommended."""

from idesluss.logic.lifecycle import Stage
from idesluss.programmes.sets.sluices.said import Asked, Chamber, Model, say
from idesluss.programmes.vocab import Handler

AARHUS = Model(
    name=say("Aarhus modell", "Aarhus' model", "Aarhus's model"),
    about=say(
        "Varje idé får ett tidigt svar i tre: den passar, den passar om man vrider på den, eller "
        "den passar inte. Sedan beskrivs den, kvalificeras och lämnas till styrgruppen.",
        "Hver idé får et tidligt svar i tre: den passer, den passer, hvis den drejes, eller den "
        "passer ikke. Derefter beskrives den, kvalificeres og indstilles til styregruppen.",
        "Every idea gets an early answer in three: it fits, it fits if it is turned, or it does "
        "not fit. Then it is described, qualified and recommended to the steering group.",
    ),
    called=say("Innovationsslussen", "Idéslusen", "The innovation sluice"),
    steps=(
        Chamber(
            "screening",
            Stage.RECEIVED,
            say("Screening", "Screening", "Screening"),
            say(
                "Svara i tre: passar, passar om man vrider på den, passar inte. Säg hur den kan "
                "vridas, eller vilken annan väg som finns.",
                "Svar i tre: passer, passer, hvis den drejes, passer ikke. Sig, hvordan den kan "
                "drejes, eller hvilken anden vej der findes.",
                "Answer in three: fits, fits if it is turned, does not fit. Say how it can be "
                "turned, or which other way there is.",
            ),
            10,
            Handler.ADMINISTRATOR,
            gate=say(
                "Den som gav idén har fått svaret i tre.",
                "Den, der gav idéen, har fået svaret i tre.",
                "Whoever gave the idea has got the answer in three.",
            ),
        ),
        Chamber(
            "beskriv",
            Stage.EXPLORING,
            say("Beskriv", "Beskriv", "Describe"),
            say(
                "Beskriv behovet, vilka förvaltningar som har nytta av det och vilket företag som "
                "kan vara med. Sekretariatet hjälper till från början.",
                "Beskriv behovet, hvilke afdelinger der har gavn af det, og hvilken virksomhed der "
                "kan være med. Sekretariatet hjælper fra starten.",
                "Describe the need, which departments have use of it and which firm may take "
                "part. The secretariat helps from the beginning.",
            ),
            20,
            Handler.COACH,
            questions=(
                Asked(
                    "tvaers",
                    say(
                        "Vilka förvaltningar kan använda det?",
                        "Hvilke afdelinger kan bruge det?",
                        "Which departments can use it?",
                    ),
                    say(
                        "Det ska gå att använda i mer än en.",
                        "Det skal kunne bruges i mere end én.",
                        "It is to be of use in more than one.",
                    ),
                    required=True,
                ),
                Asked(
                    "nyt",
                    say(
                        "Vad är inte bevisat än?",
                        "Hvad er endnu ikke bevist?",
                        "What has not been proven yet?",
                    ),
                ),
            ),
        ),
        Chamber(
            "kvalificer",
            Stage.ASSESSING,
            say("Bedöm och kvalificera", "Vurdér og kvalificér", "Assess and qualify"),
            say(
                "Gå igenom projekt, ekonomi, juridik och kommunikation på ett möte där idén "
                "presenteras.",
                "Gennemgå projekt, økonomi, jura og kommunikation på et møde, hvor idéen "
                "præsenteres.",
                "Go through project, economy, law and communication at a meeting where the idea "
                "is presented.",
            ),
            20,
            Handler.ADMINISTRATOR,
            gate=say(
                "Projekt, ekonomi och juridik är genomgångna.",
                "Projekt, økonomi og jura er gennemgået.",
                "Project, economy and law have been gone through.",
            ),
        ),
        Chamber(
            "indstilling",
            Stage.DECIDING,
            say("Till styrgruppen", "Indstilling", "Recommendation"),
            say(
                "Styrgruppen får ett förslag till beslut, med skäl.",
                "Styregruppen får en begrundet indstilling.",
                "The steering group gets a proposal, with its reasons.",
            ),
            20,
            Handler.MANAGER,
            gate=say(
                "Styrgruppen har sagt ja.",
                "Styregruppen har sagt ja.",
                "The steering group agreed.",
            ),
        ),
        Chamber(
            "gennemfor",
            Stage.TESTING,
            say("Genomför", "Gennemfør", "Carry out"),
            say(
                "Genomför försöket tillsammans med dem som ska använda det.",
                "Gennemfør forsøget sammen med dem, der skal bruge det.",
                "Carry out the trial together with those who are to use it.",
            ),
            60,
            Handler.COACH,
            questions=(
                Asked(
                    "viste",
                    say("Vad visade försöket?", "Hvad viste forsøget?", "What did the trial show?"),
                    required=True,
                ),
            ),
        ),
        Chamber(
            "implementer",
            Stage.ADOPTING,
            say("Inför", "Implementér", "Implement"),
            say(
                "Den vanliga budgeten och driften tar över.",
                "Det almindelige budget og driften tager over.",
                "The ordinary budget and the line take over.",
            ),
            60,
            Handler.MANAGER,
        ),
        Chamber(
            "i-drift",
            Stage.PERMANENT,
            say("I drift", "I drift", "In operation"),
            say(
                "Vilka nya idéer gav det?",
                "Hvilke nye idéer gav det?",
                "Which new ideas did it bring?",
            ),
        ),
    ),
)
