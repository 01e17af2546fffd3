"""Words of projects: how it goes, and what comes after a report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from idesluss.logic.outcomes import GIVES_MONEY

GRANTED = tuple(sorted(outcome.value for outcome in GIVES_MONEY))
"""Outcomes that make a project."""
TEXT_LENGTH = 4000  # characters of each text of a report and of a project's page
PHOTO_TEXT_LENGTH = 300
REASON_LENGTH = 2000
NAME_LENGTH = 160
MOST_PHOTOS = 60  # files of a case, its reports' photos included


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


class Status(models.TextChoices):
    """Where a project is, as its page says it; computed, never stored."""

    RUNNING = "running", _("being carried out")
    FINISHED = "finished", _("finished")
    ADOPTING = "adopting", _("being taken over")
    PERMANENT = "permanent", _("permanent")
    STOPPED = "stopped", _("stopped, and taught us something")
