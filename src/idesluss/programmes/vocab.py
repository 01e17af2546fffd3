"""Words of programmes: kinds of programme, criterion and question."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    """Two families: money shared out in rounds, or a door that is open all year."""

    FUND = "fund", _("fund")
    SLUICE = "sluice", _("idea sluice")


class CriterionKind(models.TextChoices):
    """How a criterion counts."""

    QUALIFYING = "qualifying", _("qualifying: at least some must be met")
    SCORED = "scored", _("scored: on a scale, with a weight")
    ADDITIONAL = "additional", _("additional: may add weight")


class QuestionPart(models.TextChoices):
    """The step of the application in which a question is asked."""

    NEED = "need", _("The need")
    IDEA = "idea", _("The idea")
    PLAN = "plan", _("The plan")
