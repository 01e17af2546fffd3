"""Words of funding: the eight outcomes of an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LINE_LENGTH = 160  # characters of what one budget line is for
MOST_LINES = 40
DAYS_THROWN_DRAFTS_ARE_KEPT = 30
FARTHEST_YEARS = 10  # from the project year to the last day of a project


class OutcomeName(models.TextChoices):
    """The outcomes (logic.outcomes) with their shown names."""

    GRANTED = "granted", _("granted")
    PARTLY_GRANTED = "partly_granted", _("partly granted")
    GRANTED_WITH_CONDITIONS = "granted_with_conditions", _("granted with conditions")
    GRANTED_LATER_POT = "granted_later_pot", _("granted from a later pot")
    REFUSED = "refused", _("refused")
    POSTPONED = "postponed", _("postponed")
    INCOMPLETE = "incomplete", _("incomplete")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Arrangement(models.TextChoices):
    """In which order the cases of a meeting are looked at."""

    NUMBER = "number", _("in the order of the agenda")
    SCORE = "score", _("by score, best first")
    DEPARTMENT = "department", _("by department")
    GOAL = "goal", _("by goal")


class Waiting(models.TextChoices):
    """What a case that is being handled waits for."""

    CHECK = "check", _("formal check")
    COMPLETION = "completion", _("completion by the applicant")
    ASSESSORS = "assessors", _("more assessors")
    DECLARATION = "declaration", _("declaration by assessors")
    ASSESSMENT = "assessment", _("assessments")
    MEETING = "meeting", _("the meeting")
    DECISION = "decision", _("decision")
