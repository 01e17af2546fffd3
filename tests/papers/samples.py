"""Minutes as a release freezes them: Burlöv's round of 2023, its unpublished parts invented."""

import copy

from tests.logic.sheet_files import ROUNDS

PEOPLE = ["Kommundirektören", "Skolchefen", "Socialchefen", "Samhällschefen", "Ekonomichefen"]
UNITS = ["Samhällsbyggnad", "Utbildning och kultur", "Social omsorg"]
GOALS = ["Attraktiva Burlöv", "Hållbara Burlöv", "Trygga Burlöv"]


def present(name, *, deputy_for="", chairs=False):
    return {"name": name, "deputy_for": deputy_for, "chairs": chairs}


def item(number, title, **more):
    return {
        "number": number,
        "application": 100 + number,
        "register_number": f"INN 2022/{number:04}",
        "title": title,
        "unit": UNITS[number % 3],
        "goals": [GOALS[number % 3]],
        "invented": False,
        "asked_minor": None,
        "judged": None,
        "outcome": "granted",
        "granted_minor": 0,
        "later_year": None,
        "reason": "",
        "conditions": "",
        "over_cap_reason": "",
        "recused": [],
        "chair": "",
        "voting": len(PEOPLE),
        **more,
    }


def burlov():
    """Seven granted for 504 400 kronor out of a pot of 500 000, and an invented one refused."""
    items = [
        item(number, row["title"], granted_minor=row["granted"] * 100)
        for number, row in enumerate(ROUNDS["burlov"]["rows"], 1)
    ]
    items[1]["judged"] = {
        "assessors": 3,
        "mean": 72.5,
        "low": 60.0,
        "high": 85.0,
        "qualifies": True,
        "advice": {"fits": 2, "turned": 1},
    }
    items[4] |= {
        "outcome": "partly_granted",
        "asked_minor": 7_500_000,
        "reason": "Trycket kan göras i mindre upplaga.",
        "recused": [{"name": PEOPLE[2], "ground": "manager", "note": ""}],
        "voting": 4,
    }
    items.append(
        item(
            8,
            "Väderstation på varje skolgård",
            outcome="refused",
            asked_minor=4_000_000,
            reason="Skolorna har redan tillgång till mätvärden.\n\nTala gärna med en coach.",
            invented=True,
        )
    )
    return whole(items)


def whole(items, **more):
    """Minutes of ``items``, with the totals that the release computes."""
    granted = sum(
        it["granted_minor"]
        for it in items
        if it["outcome"] in ("granted", "partly_granted", "granted_with_conditions")
    )
    pot = ROUNDS["burlov"]["pot_minor"]
    later = {
        str(it["later_year"]): it["granted_minor"]
        for it in items
        if it["outcome"] == "granted_later_pot"
    }
    minutes = {
        "shape": 1,
        "language": "sv",
        "country": "SE",
        "zone": "Europe/Stockholm",
        "organisation": "Burlövs kommun",
        "colour": "#005b70",
        "invented": True,
        "programme": "Innovationsanslag",
        "round": "Innovationsanslag 2023",
        "project_year": 2023,
        "body": "Kommunens centrala ledningsgrupp",
        "delegation": "Kommunstyrelsens delegationsordning, punkt 4.2",
        "quorum": 3,
        "register_number": "INN 2022/M3",
        "held_at": "2022-12-14T13:00+01:00",
        "place": "Medborgarhuset, Arlöv",
        "chair": PEOPLE[0],
        "secretary": "Fondens handläggare",
        "adjuster": PEOPLE[1],
        "present": [present(name, chairs=name == PEOPLE[0]) for name in PEOPLE],
        "absent": [present("Kulturchefen")],
        "currency": "SEK",
        "pot": {"year": 2023, "amount_minor": pot, "cap_minor": 10_000_000},
        "items": items,
        "totals": {
            "handled": len(items),
            "granted": sum(it["granted_minor"] > 0 for it in items),
            "asked_minor": sum(it["asked_minor"] or 0 for it in items),
            "granted_minor": granted,
            "later": later,
            "bound_minor": 0,
            "left_minor": max(pot - granted, 0),
            "overshoot_minor": max(granted - pot, 0),
        },
        "overshoot_reason": "Ledningsgruppen ville inte skära ner ett av sju projekt för 4 400 kr."
        if granted > pot
        else "",
        "released_at": "2022-12-15T09:30+01:00",
        "released_by": "Fondens handläggare",
        **more,
    }
    return copy.deepcopy(minutes)
