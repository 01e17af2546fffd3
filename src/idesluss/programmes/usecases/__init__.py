"""Every write to programmes and rounds; one file per small family."""

from idesluss.programmes.usecases.bringing_back import bring_back
from idesluss.programmes.usecases.checks import Around, check_criteria, check_round, check_rules
from idesluss.programmes.usecases.criteria import (
    CriterionFacts,
    add_criterion,
    change_criterion,
    move_criterion,
    remove_criterion,
    set_needed,
)
from idesluss.programmes.usecases.levels import (
    LevelFacts,
    add_level,
    change_level,
    remove_level,
)
from idesluss.programmes.usecases.mandates import (
    MandateFacts,
    add_mandate,
    change_mandate,
    remove_mandate,
)
from idesluss.programmes.usecases.programmes import (
    MoneyRules,
    add_programme,
    archive_programme,
    change_programme,
    restore_programme,
    set_goals,
    set_steps,
)
from idesluss.programmes.usecases.questions import (
    QuestionFacts,
    add_question,
    change_question,
    move_question,
    remove_question,
)
from idesluss.programmes.usecases.round_rules import RoundRules, set_rules
from idesluss.programmes.usecases.rounds import (
    RoundFacts,
    add_round,
    announce_round,
    archive_round,
    change_round,
    hide_round,
    restore_round,
)
from idesluss.programmes.usecases.several import add_rounds

__all__ = [
    "Around",
    "CriterionFacts",
    "LevelFacts",
    "MandateFacts",
    "MoneyRules",
    "QuestionFacts",
    "RoundFacts",
    "RoundRules",
    "add_criterion",
    "add_level",
    "add_mandate",
    "add_programme",
    "add_question",
    "add_round",
    "add_rounds",
    "announce_round",
    "archive_programme",
    "archive_round",
    "bring_back",
    "change_criterion",
    "change_level",
    "change_mandate",
    "change_programme",
    "change_question",
    "change_round",
    "check_criteria",
    "check_round",
    "check_rules",
    "hide_round",
    "move_criterion",
    "move_question",
    "remove_criterion",
    "remove_level",
    "remove_mandate",
    "remove_question",
    "restore_programme",
    "restore_round",
    "set_goals",
    "set_needed",
    "set_rules",
    "set_steps",
]
