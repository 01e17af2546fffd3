"""Words of projects: how it goes, and what comes after a report."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Progress(models.TextChoices):
    """How a project goes, in its owner's words."""

    ON_TRACK = "on_track", _("as planned")
    LATE = "late", _("later than planned")
    IN_TROUBLE = "in_trouble", _("in trouble, and needs help")


class ReportKind(models.TextChoices):
    """What a report is."""

    INTERIM = "interim", _("report on the way")
    FINAL = "final", _("final report")


class Onward(models.TextChoices):
    """What comes after; each is as good a result as the others."""

    CONTINUE = "continue", _("go on")
    CHANGE = "change", _("change course")
    STOP = "stop", _("stop")
