"""Words of assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

WHY_LENGTH = 2000
"""Characters of the reason for one mark, and of an assessor's summary."""


class Advice(models.TextChoices):
    """An assessor's advice to those who decide, beside the scores."""

    FITS = "fits", _("grant")
    FITS_IF_TURNED = "turned", _("grant if changed")
    DOES_NOT_FIT = "not", _("do not grant")


class Obstacle(models.TextChoices):
    """Why somebody cannot be given a case to assess."""

    GONE_ON = "gone_on", _("the case has gone on and is no longer given to assessors")
    NO_ROLE = "no_role", _("is not appointed as assessor")
    APPLIES = "applies", _("applies in the case")
    CONFLICT = "conflict", _("has a conflict of interest in the case")
    SUSPECTED = "suspected", _("a conflict of interest is suspected and not yet decided")


class Hint(models.TextChoices):
    """What speaks of a conflict of interest; for people to judge, it forbids nothing."""

    MANAGES = "manages", _("manages the unit that applies")
    SAME_UNIT = "same_unit", _("is appointed in the unit that applies")
    COLLEAGUE = "colleague", _("is appointed in the same unit as an applicant")
    TOGETHER = "together", _("has applied together with an applicant")
    COACH = "coach", _("is the coach of the case")
