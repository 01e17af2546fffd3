"""Words of assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Advice(models.TextChoices):
    """An assessor's advice to those who decide, beside the scores."""

    FITS = "fits", _("grant")
    FITS_IF_TURNED = "turned", _("grant if changed")
    DOES_NOT_FIT = "not", _("do not grant")
