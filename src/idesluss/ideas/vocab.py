"""Words of ideas: stages as shown, parts people play, grounds of conflict."""

from django.db import models
from django.utils.translation import gettext_lazy as _

TITLE_LENGTH = 160  # characters
NEED_LENGTH = 4000
ANSWER_LENGTH = 3000  # of an applicant's answer to a request for completion
MOST_FILES = 10  # of one case
MOST_CO_APPLICANTS = 20


class StageName(models.TextChoices):
    """The canonical stages (logic.lifecycle) with their default shown names."""

    DRAFT = "draft", _("draft")
    RECEIVED = "received", _("received")
    EXPLORING = "exploring", _("being explored")
    ASSESSING = "assessing", _("being assessed")
    DECIDING = "deciding", _("awaiting decision")
    TESTING = "testing", _("being carried out")
    ADOPTING = "adopting", _("being introduced")
    PERMANENT = "permanent", _("permanent")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")
    REDIRECTED = "redirected", _("sent on")
    PARKED = "parked", _("parked")
    STOPPED = "stopped", _("stopped")


class Part(models.TextChoices):
    """The part a person plays in one case."""

    OWNER = "owner", _("applicant")
    CO_APPLICANT = "co_applicant", _("co-applicant")
    ASSESSOR = "assessor", _("assessor")
    COACH = "coach", _("coach")
    ENDORSER = "endorser", _("manager who is asked")


class ConflictState(models.TextChoices):
    """What is known of a person's conflict of interest in one case; separate facts."""

    CLEAR = "clear", _("no conflict of interest")
    DECLARED = "declared", _("declared a conflict of interest")
    SUSPECTED = "suspected", _("a conflict of interest is suspected")
    DECIDED = "decided", _("decided: conflict of interest")
    DISMISSED = "dismissed", _("decided: no conflict of interest")


class Ground(models.TextChoices):
    """Grounds of conflict of interest (SE: FL 2017:900 § 16; DK: forvaltningsloven § 3)."""

    PARTY = "party", _("I am a party, or somebody close to me is, or we are affected")
    REPRESENTATIVE = "representative", _("I represent or have represented a party")
    EARLIER = "earlier", _("I took part in an earlier decision on the case elsewhere")
    MANAGER = "manager", _("I manage the unit that applies, or work in it")
    OTHER = "other", _("something else that could make my impartiality doubted")
