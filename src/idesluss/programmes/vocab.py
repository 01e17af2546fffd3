"""Words of programmes: kinds of programme, application, criterion and question; its rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    """Two families: money shared out in rounds, or a door that is open all year."""

    FUND = "fund", _("fund")
    SLUICE = "sluice", _("idea sluice")


class Audience(models.TextChoices):
    """Whom a door of a sluice is for."""

    STAFF = "staff", _("employees")
    RESIDENTS = "residents", _("residents")
    ASSOCIATIONS = "associations", _("associations")
    COMPANIES = "companies", _("companies")


class Visibility(models.TextChoices):
    """Who may read a case, beside those who hand it in and those who handle it."""

    CLOSED = "closed", _("only those who handle it")
    INSIDE = "inside", _("everybody in the organisation")
    PUBLIC = "public", _("everybody")


class Handler(models.TextChoices):
    """Who takes a case through a step."""

    COACH = "coach", _("innovation coach")
    MANAGER = "manager", _("manager")
    ADMINISTRATOR = "administrator", _("administrator")


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


class ApplicationKind(models.TextChoices):
    """What an application asks money for."""

    NEW = "new", _("something new")
    CONTINUATION = "continuation", _("continuation of an earlier project")
    IMPLEMENTATION = "implementation", _("introduction of what has been tested")


class Applicants(models.TextChoices):
    """Who may apply in a round."""

    EVERYBODY = "everybody", _("everybody who belongs to the organisation")
    MANAGERS = "managers", _("managers only")


class Silence(models.TextChoices):
    """What it means that a manager has not answered by the day set for it."""

    ESCALATE = "escalate", _("the manager above is asked")
    YES = "yes", _("it counts as a yes")
    NO = "no", _("it counts as a no")
    WAIT = "wait", _("the case waits, and the fund administrator is told")


class Unused(models.TextChoices):
    """What becomes of money that nobody has used when the year is closed."""

    CARRY = "carry", _("it is carried over to the next year")
    RETURN = "return", _("it goes back to the municipality")
    ROUND = "round", _("it opens a second round")


class ReleaseRule(models.TextChoices):
    """When granted money is released to the project."""

    AT_ONCE = "at_once", _("all of it when the decision is released")
    STAGED = "staged", _("in parts: the next one when an interim report is accepted")


TAKEN_AWAY = {
    "programmes.criterion_removed": _("criterion"),
    "programmes.question_removed": _("question"),
    "programmes.level_removed": _("level"),
    "programmes.mandate_removed": _("right to decide"),
}
"""What the records call a thing that was taken away, and what people call it."""
BROUGHT_BACK = "programmes.brought_back"
