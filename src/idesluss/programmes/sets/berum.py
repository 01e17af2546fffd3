"""Bærum's internal innovation money: five criteria, given by its innovation council."""

from idesluss.programmes.sets.said import Judge, Set
from idesluss.programmes.vocab import CriterionKind

_SCORED = CriterionKind.SCORED

BERUM = Set(
    name={
        "sv": "Bærums fem kriterier",
        "da": "Bærums fem kriterier",
        "en": "Bærum's five criteria",
    },
    about={
        "sv": "Bærum kommuns interna innovationsmedel: nyhet, förankring, spridning, vinst och att "
        "det inte ryms i den vanliga driften, vart och ett på en skala från 1 till 5.",
        "da": "Bærum Kommunes interne innovationsmidler: det nye, forankring, udbredelse, gevinst "
        "og at det ikke kan rummes i den almindelige drift, hver på en skala fra 1 til 5.",
        "en": "Bærum municipality's internal innovation money: novelty, anchoring, spread, gain "
        "and being outside normal running, each on a scale from 1 to 5.",
    },
    called={"sv": "Innovationsmedel", "da": "Innovationsmidler", "en": "Innovation money"},
    introduction={
        "sv": "Verksamheterna får söka två gånger om året. Du kan få råd före, under och efter, "
        "också när det inte blir några pengar.",
        "da": "Områderne kan søge to gange om året. Du kan få råd før, under og efter, også når "
        "der ikke bliver penge.",
        "en": "The services may apply twice a year. You can get advice before, during and after, "
        "also when there is no money.",
    },
    criteria=(
        Judge(
            "novelty",
            _SCORED,
            {"sv": "Nyhet", "da": "Det nye", "en": "Novelty"},
            {
                "sv": "Det är nytt för verksamheten, inte bara mer av det som redan görs.",
                "da": "Det er nyt for området, ikke bare mere af det, der gøres i forvejen.",
                "en": "It is new to the service, not just more of what is done already.",
            },
            1,
            5,
        ),
        Judge(
            "anchored",
            _SCORED,
            {"sv": "Förankring", "da": "Forankring", "en": "Anchoring"},
            {
                "sv": "Ledningen i linjen vill det och avsätter tid.",
                "da": "Ledelsen i linjen vil det og sætter tid af.",
                "en": "The managers in the line want it and set time aside.",
            },
            1,
            5,
        ),
        Judge(
            "scalable",
            _SCORED,
            {"sv": "Spridning", "da": "Udbredelse", "en": "Spread"},
            {
                "sv": "Det kan användas på fler ställen om det fungerar.",
                "da": "Det kan bruges flere steder, hvis det virker.",
                "en": "It can be used in more places if it works.",
            },
            1,
            5,
        ),
        Judge(
            "gain",
            _SCORED,
            {"sv": "Vinst", "da": "Gevinst", "en": "Gain"},
            {
                "sv": "Det som blir bättre för invånare eller medarbetare är värt pengarna.",
                "da": "Det, der bliver bedre for borgere eller medarbejdere, er pengene værd.",
                "en": "What gets better for residents or staff is worth the money.",
            },
            1,
            5,
        ),
        Judge(
            "outside-running",
            _SCORED,
            {
                "sv": "Utanför den vanliga driften",
                "da": "Uden for den almindelige drift",
                "en": "Outside normal running",
            },
            {
                "sv": "Det ryms inte i verksamhetens vanliga uppdrag och budget.",
                "da": "Det kan ikke rummes i områdets almindelige opgaver og budget.",
                "en": "The service's ordinary task and budget have no room for it.",
            },
            1,
            5,
        ),
    ),
)
