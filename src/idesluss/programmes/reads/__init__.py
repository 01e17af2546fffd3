"""What pages show of programmes and rounds, already joined and sorted."""

from idesluss.programmes.reads.overview import (
    Progress,
    Rounds,
    programmes_of,
    progress_of,
    rounds_of,
)
from idesluss.programmes.reads.said import Rule, rules_said
from idesluss.programmes.reads.sluices import has_sluice
from idesluss.programmes.reads.taken_away import TakenAway, taken_away
from idesluss.programmes.reads.waiting import unannounced

__all__ = [
    "Progress",
    "Rounds",
    "Rule",
    "TakenAway",
    "has_sluice",
    "programmes_of",
    "progress_of",
    "rounds_of",
    "rules_said",
    "taken_away",
    "unannounced",
]
