"""Every write to programmes and rounds; one file per small family."""

from idesluss.programmes.usecases.criteria import (
    CriterionFacts,
    add_criterion,
    change_criterion,
    move_criterion,
    remove_criterion,
    set_needed,
)
from idesluss.programmes.usecases.programmes import (
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
from idesluss.programmes.usecases.rounds import (
    RoundFacts,
    add_round,
    announce_round,
    archive_round,
    change_round,
    check_criteria,
    check_round,
    hide_round,
    restore_round,
)

__all__ = [
    "CriterionFacts",
    "QuestionFacts",
    "RoundFacts",
    "add_criterion",
    "add_programme",
    "add_question",
    "add_round",
    "announce_round",
    "archive_programme",
    "archive_round",
    "change_criterion",
    "change_programme",
    "change_question",
    "change_round",
    "check_criteria",
    "check_round",
    "hide_round",
    "move_criterion",
    "move_question",
    "remove_criterion",
    "remove_question",
    "restore_programme",
    "restore_round",
    "set_goals",
    "set_needed",
    "set_steps",
]
