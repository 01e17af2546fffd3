"""A solution hidden in the text of a challenge: found by its words, told, never forbidden.

A challenge that names the thing to be bought or built gets that thing, and nothing else. The
patterns know how Swedish, Danish and English speak of what is wished for; what exists already
("appen", "i ett system", "we have a portal") is part of the problem and is left alone. They ask,
they do not know: whoever writes may always go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of solution the words name."""

    THING = "thing"  # an app, a platform, a system
    BUY = "buy"  # to buy, to procure, to hire
    INTRODUCE = "introduce"  # to introduce, to install, to digitalise
    TECHNIQUE = "technique"  # AI, sensors, drones
    PRODUCT = "product"  # something that is sold under a name
    ANSWER = "answer"  # "the solution is …"


@dataclass(frozen=True, slots=True)
class Hint:
    """Words of the text that name a solution."""

    kind: Kind
    words: str


def _any(words: str) -> str:
    """One of ``words``, separated by space; "_" stands for a space."""
    return "(?:" + "|".join(word.replace("_", r"\s+") for word in words.split()) + ")"


WE = _any(
    "vi man kommunen förvaltningen regionen skolan förskolan staden enheten alla verksamheten "
    "kommunerne forvaltningen skolen byen afdelingen we the_municipality the_city the_school "
    "everybody"
)
WISH = _any(
    "vill ska skall bör borde behöver måste skulle_vilja skulle_behöva skulle_kunna önskar "
    "vil skal bør burde må ville_gerne har_brug_for_at ønsker_at "
    "want_to need_to should must ought_to would_like_to wish_to are_going_to"
)
BUYING = _any(
    "köpa köpa_in upphandla införskaffa anskaffa skaffa beställa hyra hyra_in leasa investera_i "
    "anställa købe indkøbe anskaffe udbyde bestille leje investere_i ansætte "
    "buy purchase procure order rent lease invest_in hire"
)
BRINGING = _any(
    "införa implementera installera digitalisera automatisera rulla_ut lansera byta_till "
    "gå_över_till sätta_upp montera_upp "
    "indføre implementere installere digitalisere automatisere udrulle lancere skifte_til "
    "gå_over_til opsætte "
    "introduce implement install digitalise digitalize automate roll_out launch switch_to "
    "move_to deploy"
)
ORDERS = {
    Kind.BUY: _any("köp köpa upphandla skaffa hyr hyra køb indkøb anskaf lej buy purchase procure"),
    Kind.INTRODUCE: _any(
        "inför införa införande_av installera digitalisera digitalisering_av automatisera "
        "implementera implementering_av bygg bygga utveckla indfør indførelse_af digitaliser "
        "digitalisering_af automatiser implementer byg udvikl introduce introducing "
        "introduction_of install digitise automate implement build develop launch"
    ),
}
ARTICLE = _any("en ett ny nytt nya någon något et nyt nye nogle a an new some")
THINGS = (
    r"(?:(?:webb|mobil|mobile|web)?app(?:ar|er|s)?|applikation(?:er)?|application|"
    r"(?:\w+)?plattform(?:ar)?|platforme?r?|platforms?|(?:\w+)?portal(?:er|s)?|webbplats(?:er)?|"
    r"hemsid(?:a|or)|hjemmesider?|websites?|e-tjänst(?:er)?|databas(?:er)?|databaser?|databases?|"
    r"chatt?bott?(?:ar|er|s)?|robot(?:ar|ter|s)?|drönare|droner?|drones?|"
    r"dashboards?|(?:\w+-?)?system(?:er|s)?|surfplatt(?:a|or)|skärm(?:ar)?|skærme?|screens?|"
    r"digitalt?_verktyg|digitala_verktyg|digitalt_værktøj|digitale_værktøjer|digital_tools?|"
    r"digital_lösning(?:ar)?|digital_løsning(?:er)?|digital_solutions?)"
).replace("_", r"\s+")
TECHNIQUES = (
    r"(?:AI|artificiell intelligens|kunstig intelligens|artificial intelligence|maskininlärning|"
    r"machine learning|chatt?bott?(?:ar|er|s)?|drönare|droner|drones|blockkedjor|blockchain|"
    r"VR-glasögon|VR-briller|VR headsets?|RFID|QR-kod(?:er)?|QR-koder|QR codes?|sensor(?:er|s)|"
    r"IoT|robotar|robotter|robots|GPS-sändare|GPS-sendere|kameror|kameraer)"
)
PRODUCTS = (
    r"(?:Teams|SharePoint|Power BI|Copilot|ChatGPT|iPads?|Excel|WhatsApp|Zoom|Microsoft 365|"
    r"Google \w+|Trello|Miro|Slack|Facebook|Instagram|Canva)"
)
THERE = (
    *("i", "har", "hade", "finns", "använder", "använde", "via", "från", "bland", "ur", "utan"),
    *("mot", "findes", "havde", "bruger", "brugte", "fra", "blandt", "uden", "have", "has", "had"),
    *("use", "uses", "used", "in", "from", "without", "our", "mellan", "mellem", "between", "med"),
    *("with", "på", "dagens", "nuvarande", "vårt", "vår", "gamla", "gamle", "old", "till", "til"),
    *("to", "varje", "hver", "every", "tre", "two", "två", "fem", "many", "många", "mange"),
    *("flera", "flere", "several"),
)
"""Words before a thing that is there already: it belongs to the problem."""
DREAM = re.compile(
    rf"\b(?:{WISH}|kunna|kunne|could|tänk\s+om|tænk\s+hvis|imagine|med\s+hjälp\s+av|"
    r"ved\s+hjælp\s+af|with\s+the\s+help\s+of|genom\s+att|ved\s+at|by\s+means\s+of)\b",
    re.IGNORECASE,
)
"""A sentence that wishes: what it names is not there yet."""
PATTERNS = (
    (Kind.ANSWER, rf"\b{_any('lösningen_är løsningen_er the_solution_is the_answer_is')}\b"),
    (Kind.BUY, rf"\b{WE}\s+{WISH}\s+(?:(?!inte|ikke|not)\w+\s+){{0,2}}?{BUYING}\b"),
    (Kind.BUY, rf"\b{WISH}\s+{WE}\s+(?:(?!inte|ikke|not)\w+\s+){{0,2}}?{BUYING}\b"),
    (Kind.INTRODUCE, rf"\b{WE}\s+{WISH}\s+(?:(?!inte|ikke|not)\w+\s+){{0,2}}?{BRINGING}\b"),
    (Kind.INTRODUCE, rf"\b{_any('genom_att ved_at')}\s+(?:{BRINGING}|{BUYING})\b"),
    (Kind.INTRODUCE, r"\bby\s+(?:introducing|installing|digiti[sz]ing|automating|buying)\b"),
    *((kind, rf"^\W*{words}\s+\w+") for kind, words in ORDERS.items()),
)
MAYBE = (
    (Kind.THING, rf"\b{ARTICLE}\s+(?:(?!inte|ikke|not)[\w-]+\s+){{0,2}}?{THINGS}\b"),
    (Kind.THING, rf"\b(?:digital|digitala|digitale|smarta|smarte|smart)\s+{THINGS}\b"),
    (Kind.PRODUCT, rf"\b{PRODUCTS}\b"),
    (Kind.TECHNIQUE, rf"\b{TECHNIQUES}\b"),
)
"""What may as well be there already: then it is no hint."""
CERTAIN = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in PATTERNS)
UNSURE = tuple(
    # A product is written with a capital letter; teams, slack and zoom are words as well.
    (kind, re.compile(words, 0 if kind is Kind.PRODUCT else re.IGNORECASE))
    for kind, words in MAYBE
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def hints(text: str) -> tuple[Hint, ...]:
    """Return what in ``text`` names a solution, in the order in which it stands there.

    Each kind at most once in a sentence, the same words once. Empty when nothing does.
    """
    found: dict[tuple[Kind, str], Hint] = {}
    for sentence in SENTENCE.finditer(text):
        for hint in _in(sentence.group()):
            found.setdefault((hint.kind, hint.words.casefold()), hint)
    return tuple(found.values())


def _in(sentence: str) -> Iterator[Hint]:
    """The hints of one sentence."""
    told: dict[Kind, tuple[int, str]] = {}
    dreams = DREAM.search(sentence) is not None
    for patterns, sure in ((CERTAIN, True), (UNSURE, dreams)):
        for kind, pattern in patterns:
            for match in pattern.finditer(sentence):
                if kind not in told and (sure or not _is_there(sentence, match.start())):
                    told[kind] = (match.start(), " ".join(match.group().split()))
    for kind, (_, words) in sorted(told.items(), key=lambda it: it[1]):
        yield Hint(kind, words)


def _is_there(sentence: str, start: int) -> bool:
    """Whether one of the two words before ``start`` says that the thing exists."""
    before = re.findall(r"\w+", sentence[:start].casefold())[-2:]
    return any(word in THERE for word in before)
