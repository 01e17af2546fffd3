"""Forms about funds, pots, mandates, rounds with their rules, criteria and questions."""

from idesluss.web.frame.moments import LocalMomentField
from idesluss.web.programmes.forms.criteria import CriterionForm, NeededForm, QuestionForm
from idesluss.web.programmes.forms.funds import FundForm, GoalsForm, MandateForm, PotForm, StepsForm
from idesluss.web.programmes.forms.rounds import (
    NewRoundForm,
    NextYearForm,
    RoundForm,
    SeveralForm,
)
from idesluss.web.programmes.forms.rules import LevelForm, RulesForm

__all__ = [
    "CriterionForm",
    "FundForm",
    "GoalsForm",
    "LevelForm",
    "LocalMomentField",
    "MandateForm",
    "NeededForm",
    "NewRoundForm",
    "NextYearForm",
    "PotForm",
    "QuestionForm",
    "RoundForm",
    "RulesForm",
    "SeveralForm",
    "StepsForm",
]
