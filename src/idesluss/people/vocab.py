"""Words about people: roles, countries, currencies; what an address may not be called."""

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


# How sheets write the roles, besides our own names for them; lower case.
ROLE_WORDS = {
    Role.EMPLOYEE: {"employee", "staff", "anställd", "medarbetare", "ansat", "medarbejder"},
    Role.MANAGER: {"manager", "chef", "leder", "enhetschef"},
    Role.COACH: {"innovation coach", "coach", "innovationscoach"},
    Role.ASSESSOR: {"assessor", "bedömare", "bedømmer", "granskare"},
    Role.ADMINISTRATOR: {
        "fund administrator",
        "administrator",
        "administratör",
        "fondadministratör",
        "fondsadministrator",
        "puljeadministrator",
    },
    Role.REGISTRAR: {"registrar", "registrator", "journalfører", "arkivarie", "arkivar"},
}


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


class MailWish(models.TextChoices):
    """How a person wants to be told news of one kind."""

    DAILY = "daily", _("in one letter a day")
    AT_ONCE = "at_once", _("at once")
    NEVER = "never", _("not by mail")


LANGUAGES = [("sv", "Svenska"), ("da", "Dansk"), ("en", "English")]

# What a new organisation starts with: language, currency, time zone.
USUAL = {
    Country.SWEDEN: ("sv", Currency.SEK, "Europe/Stockholm"),
    Country.DENMARK: ("da", Currency.DKK, "Europe/Copenhagen"),
    Country.NORWAY: ("en", Currency.NOK, "Europe/Oslo"),
    Country.FINLAND: ("sv", Currency.EUR, "Europe/Helsinki"),
}
ZONES = [
    "Europe/Stockholm",
    "Europe/Copenhagen",
    "Europe/Oslo",
    "Europe/Helsinki",
    "Europe/Mariehamn",
    "Atlantic/Faroe",
    "America/Nuuk",
    "Arctic/Longyearbyen",
]

# First parts of addresses that the service uses or may come to use itself.
RESERVED_SLUGS = frozenset({
    "about", "accessibility", "account", "admin", "api", "api-docs", "assets", "calendar",
    "cookies", "demo", "exchange", "favicon", "feed", "files", "follow", "health", "help", "i18n",
    "idesluss", "install", "jsi18n", "language", "login", "logout", "mail", "media",
    "metrics", "mine", "needs", "new", "open", "page", "privacy", "public", "robots", "scim",
    "search", "setup", "sitemap", "start", "static", "statistics", "status", "theme",
    "well-known",
})  # fmt: skip
