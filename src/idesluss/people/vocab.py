"""Words about people: roles and kinds of unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does for an organisation; one person may hold several."""

    EMPLOYEE = "employee", _("employee")
    MANAGER = "manager", _("manager")
    COACH = "coach", _("innovation coach")
    ASSESSOR = "assessor", _("assessor")
    ADMINISTRATOR = "administrator", _("fund administrator")
    REGISTRAR = "registrar", _("registrar")


class Country(models.TextChoices):
    """Countries whose law, holidays and number forms we know."""

    SWEDEN = "SE", _("Sweden")
    DENMARK = "DK", _("Denmark")
    NORWAY = "NO", _("Norway")
    FINLAND = "FI", _("Finland")


class Currency(models.TextChoices):
    """Currencies a fund can have."""

    SEK = "SEK", _("Swedish kronor")
    DKK = "DKK", _("Danish kroner")
    NOK = "NOK", _("Norwegian kroner")
    EUR = "EUR", _("euro")


LANGUAGES = [("sv", "Svenska"), ("da", "Dansk"), ("en", "English")]
