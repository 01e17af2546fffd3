"""Ready starting sets: questions that begin in the need, and four municipalities' rules.

The texts become the round's own, in the organisation's language, and are changed there; so they
are data in the languages we ship, not messages. The municipalities' rules and criteria are public
facts; the words are ours.
"""

from collections.abc import Mapping

from idesluss.programmes.sets.berum import BERUM
from idesluss.programmes.sets.burlov import BURLOV
from idesluss.programmes.sets.helsinki import HELSINKI
from idesluss.programmes.sets.needs import NEEDS
from idesluss.programmes.sets.questions import NEED_FIRST
from idesluss.programmes.sets.said import Ask, Judge, Said, Set, in_language
from idesluss.programmes.sets.tarnby import TARNBY

SETS: Mapping[str, Set] = {
    "needs": NEEDS,
    "burlov": BURLOV,
    "tarnby": TARNBY,
    "berum": BERUM,
    "helsinki": HELSINKI,
}

__all__ = ["NEED_FIRST", "SETS", "Ask", "Judge", "Said", "Set", "in_language"]
