"""Words of funding: outcomes, costs, endorsements, and the rows of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LINE_LENGTH = 160  # characters of what one budget line is for
MOST_LINES = 40
MOST_HOURS = 100_000  # of own work in one line, or that a manager pledges
OTHERWISE_LENGTH = 2000  # characters of why it would not happen without the money
PAYER_LENGTH = 160  # characters of who pays beside the fund
DAYS_THROWN_DRAFTS_ARE_KEPT = 30
WORDS_LENGTH = 3000  # characters of a manager's limits or reason
WHY_LENGTH = 200  # characters of why a question is passed on
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
    MANAGER = "manager", _("the manager's answer")
    ASSESSORS = "assessors", _("more assessors")
    DECLARATION = "declaration", _("declaration by assessors")
    ASSESSMENT = "assessment", _("assessments")
    MEETING = "meeting", _("the meeting")
    DECISION = "decision", _("decision")


class Cost(models.TextChoices):
    """What kind of cost a budget line is; rules may hold for one kind."""

    MATERIAL = "material", _("material and equipment")
    SERVICE = "service", _("bought services")
    WORK = "work", _("own work")
    OTHER = "other", _("other costs")


class Answer(models.TextChoices):
    """How a manager has answered; empty while nobody has."""

    YES = "yes", _("yes")
    LIMITS = "limits", _("yes, with limits")
    NO = "no", _("no")


class How(models.TextChoices):
    """Why somebody is asked."""

    HANDED_IN = "handed_in", _("an application was handed in")
    PASSED_ON = "passed_on", _("passed on by whoever was asked before")
    SILENCE = "silence", _("nobody had answered in time")
    CANNOT = "cannot", _("whoever was asked before cannot answer")
    NAMED = "named", _("named by the fund administrator")


class Posted(models.TextChoices):
    """What a row of the ledger says; the first four are about a grant, the others about a pot."""

    CHANGED = "changed", _("grant changed")
    RELEASED = "released", _("released")
    USED = "used", _("used")
    RETURNED = "returned", _("returned")
    ADDED = "added", _("added to the pot")
    CARRIED_IN = "carried_in", _("carried over from the year before")
    CARRIED_OUT = "carried_out", _("carried over to the year after")
    HANDED_BACK = "handed_back", _("handed back to the municipality")


ABOUT_A_GRANT = (
    Posted.CHANGED.value,
    Posted.RELEASED.value,
    Posted.USED.value,
    Posted.RETURNED.value,
)


class After(models.TextChoices):
    """What an instalment waits for."""

    DECISION = "decision", _("the decision")
    REPORT = "report", _("an accepted interim report")
    DAY = "day", _("a date")


class Invited(models.TextChoices):
    """Why somebody is invited when granted projects are celebrated."""

    APPLICANT = "applicant", _("is behind a granted project")
    MEMBER = "member", _("sits in a body that decides")
    MANAGER = "manager", _("manages a unit that takes part in a granted project")
    BEFORE = "before", _("was invited before")
