"""Words of funding: the eight outcomes of an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
