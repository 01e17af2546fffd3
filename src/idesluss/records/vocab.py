"""Words of the records: states of a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """Where a letter is on its way out."""

    HELD = "held", _("waiting for the daily letter")
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    UNCERTAIN = "uncertain", _("perhaps sent")
    GATHERED = "gathered", _("told in the daily letter")
    UNWANTED = "unwanted", _("turned off by the person")
