"""Helsinki's innovation fund: handled several times a year, released in stages on reports.

The way of working is theirs; the criteria are the general ones.
"""

from idesluss.programmes.sets.needs import NEEDS
from idesluss.programmes.sets.said import Set

HELSINKI = Set(
    name={
        "sv": "Helsingfors stegvisa utbetalning",
        "da": "Helsinkis trinvise udbetaling",
        "en": "Helsinki's staged release",
    },
    about={
        "sv": "Helsingfors stads innovationsfond: fler parter, pengar i delar, och nästa del när "
        "mellanrapporten är godkänd. Ett projekt kan löpa över flera år.",
        "da": "Helsinki Bys innovationsfond: flere parter, penge i dele, og næste del, når "
        "delrapporten er godkendt. Et projekt kan løbe over flere år.",
        "en": "The City of Helsinki's innovation fund: several partners, money in parts, and the "
        "next part when the interim report is accepted. A project may run over several years.",
    },
    called={"sv": "Innovationsfonden", "da": "Innovationsfonden", "en": "The innovation fund"},
    introduction={
        "sv": "Fonden tar emot ansökningar hela året och prövar dem flera gånger om året. Pengarna "
        "betalas ut i delar: den första vid beslutet, nästa när mellanrapporten är godkänd.",
        "da": "Fonden tager imod ansøgninger hele året og behandler dem flere gange om året. "
        "Pengene udbetales i dele: den første ved beslutningen, den næste, når delrapporten er "
        "godkendt.",
        "en": "The fund takes applications all year and decides several times a year. The money is "
        "released in parts: the first with the decision, the next when the interim report is "
        "accepted.",
    },
    criteria=NEEDS.criteria,
    rules={
        "kinds": ["new", "continuation"],
        "flows_on": True,
    },
    fund={"release_rule": "staged", "first_share": 50, "unused": "carry"},
)
