"""The main navigation: one explicit list, in the order shown. Rooms add their line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from idesluss.people.models import NOBODY, Standing
from idesluss.people.vocab import Role
from idesluss.web.frame.request import Request


@dataclass(frozen=True, slots=True)
class Item:
    """One link: shown words, name of its address (which takes ``org``), and who sees it."""

    label: object
    url_name: str
    shown_to: Callable[[Standing, int], bool]


@dataclass(frozen=True, slots=True)
class Link:
    """An item as this person sees it now."""

    label: object
    url: str
    current: bool


def everybody(standing: Standing, organisation: int) -> bool:
    """Signed in or not."""
    return True


def members(standing: Standing, organisation: int) -> bool:
    """Those with any role or seat in the organisation."""
    return organisation in standing.organisations()


def having(*roles: Role) -> Callable[[Standing, int], bool]:
    """Those who hold one of ``roles`` in the organisation."""

    def shown(standing: Standing, organisation: int) -> bool:
        return organisation in standing.organisations_as(*roles)

    return shown


ITEMS: Sequence[Item] = (
    Item(_("My applications"), "funding:mine", members),
    Item(_("My assessments"), "assessment:mine", having(Role.ASSESSOR)),
    Item(_("Letters"), "records:mail", having(Role.ADMINISTRATOR)),
    Item(_("Set-up"), "programmes:setup", having(Role.ADMINISTRATOR)),
)


def links(request: Request) -> list[Link]:
    """The navigation of this request: empty outside an organisation."""
    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return []
    signed_in = request.user.is_authenticated
    standing = request.user.standing(request.at) if signed_in else NOBODY
    shown = [item for item in ITEMS if item.shown_to(standing, organisation.pk)]
    urls = [reverse(item.url_name, kwargs={"org": organisation.slug}) for item in shown]
    inside = [url for url in urls if request.path.startswith(url)]
    here = max(inside, key=len, default=None)
    return [Link(item.label, url, url == here) for item, url in zip(shown, urls, strict=True)]
