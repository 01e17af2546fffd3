"""Who walks through the pages of the service, and where things are in the demonstration."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Page

from idesluss.funding.models import Application, Endorsement
from idesluss.people.models import Body, Organisation, Person
from idesluss.people.usecases import (
    address_link,
    give_calendar_key,
)
from idesluss.pilots.models import Project
from idesluss.programmes.models import Criterion, Level, Mandate, Programme, Question, Round

NOBODY = ""
INSTALLER = "maria.lind@burlov.example"
OFFICE = "maja.strand@slusstad.example"
APPLICANT = "anna.ek@slusstad.example"
ASKED = "mehmet.demir@slusstad.example"  # to complete his application
ASSESSOR = "viktor.alm@slusstad.example"
MANAGER = "lena.falk@slusstad.example"  # of a unit that applications need something of
PASSED_ON = "omar.said@slusstad.example"  # a question of his, to somebody else
CHAIR = "rolf.stark@slusstad.example"

TOWN = "slusstad"
COMING, OPEN, CHECKED = "grona-arbetsplatser", "digital-vardag", "nara-vard"
ASKING = "tid-for-nytt"
ONLY_MANAGERS = "chefernas-forsok"
ASSESSED, MEETING, DECIDED = "skolan-ute", "motet-med-invanaren", "trygg-hemma"


def case(slug: str, title: str) -> Callable[[], int]:
    """The number of an application, when it is needed."""
    return lambda: Application.objects.get(round__slug=slug, idea__title=title).pk


def first(rows: Any, **which: Any) -> Callable[[], int]:
    """The number of the first such thing in Slusstad."""
    return lambda: rows.objects.filter(**which).order_by("pk")[0].pk


def asked_of(email: str, title: str) -> Callable[[], int]:
    """The number of what somebody was asked about an application."""
    asked = {"manager__email": email, "application__idea__title": title}
    return lambda: Endorsement.objects.filter(**asked).order_by("pk")[0].pk


def forgets(page: Page) -> None:
    """As on the first visit."""
    page.context.clear_cookies()


def waits_for_code(page: Page) -> None:
    """The second page of signing in."""
    page.context.clear_cookies()
    page.goto("/account/sign-in/")
    page.locator("[name=email]").fill(APPLICANT)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/sign-in/code/")


def signed_in_just_now(page: Page) -> None:
    """The session remembers that its owner has proved who they are a moment ago."""
    [cookie] = [it for it in page.context.cookies() if it["name"] == settings.SESSION_COOKIE_NAME]
    session = SessionStore(cookie["value"])
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person(APPLICANT).pk)
    session.save()


def has_calendar(page: Page) -> None:
    """The applicant subscribes to her calendar."""
    give_calendar_key(by=person(APPLICANT), at=timezone.now())


@dataclass(frozen=True, slots=True)
class Stop:
    """One page: who goes there, and the arguments of its address (called when they can be).

    ``wrong`` is typed into the form that has those fields and sent with the first such ``button``,
    which must answer 422. ``before`` is what must be done first.
    """

    who: str
    arguments: tuple[Any, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[Page], None] | None = None
    status: int = 200
    button: str = "button:not([tabindex])"

    def where(self) -> list[Any]:
        """The arguments of the address."""
        return [it() if callable(it) else it for it in self.arguments]


def office(*arguments: Any, **wrong: str) -> Stop:
    """A page of the fund administrator's."""
    return Stop(OFFICE, (TOWN, *arguments), wrong)


def anna(*arguments: Any, **wrong: str) -> Stop:
    """A page of an applicant's."""
    return Stop(APPLICANT, (TOWN, *arguments), wrong)


def installer(*arguments: Any, **wrong: str) -> Stop:
    """A page of whoever looks after the installation."""
    return Stop(INSTALLER, arguments, wrong)


def person(email: str) -> Person:
    return Person.objects.get(email=email)


def passkey() -> int:
    """The number of a passkey of the applicant's (which no browser holds)."""
    found, _ = Authenticator.objects.get_or_create(
        user=person(APPLICANT),
        type=Authenticator.Type.WEBAUTHN,
        defaults={"data": {"name": "Min telefon", "credential": {}}},
    )
    return found.pk


def new_address() -> str:
    """The link in a letter to a new address."""
    return address_link(person(APPLICANT).pk, "ny@slusstad.example", asked_at=timezone.now())


def town() -> Organisation:
    return Organisation.objects.get(slug=TOWN)


HALF_JUDGED = case(ASSESSED, "Matsedel med bilder")
HERE = {"organisation__slug": TOWN}
IN_TOWN = {"idea__programme__organisation__slug": TOWN}
FUND = first(Programme, **HERE)
BODY = first(Body, **HERE)
ROUND_SET_UP = first(Round, slug=COMING)
CRITERION = first(Criterion, round__slug=COMING)
LEVEL = first(Level, round__slug=COMING)
MANDATE = first(Mandate, programme__organisation__slug=TOWN)
QUESTION = first(Question, round__slug=COMING)
GO_ON = ".actions [value=next]"
DRAFT = case(OPEN, "Cykelpool för hemtjänsten")
WARNED = case("starkare-tillsammans", "Cykelpool för hemtjänsten")  # breaks rules of its round
LAMPS_TITLE = "Nattlampor som tänds av steg"
LAMPS = first(Project, idea__title=LAMPS_TITLE, published_at__isnull=False)
WITHOUT_ACCOUNT = first(
    Project, idea__stage="testing", idea__programme__organisation__slug="burlov", coordinator=None
)
PAPERS = first(Project, idea__stage="stopped")  # in Burlöv, by somebody without an account
BIKES = first(Project, idea__stage="permanent", **IN_TOWN)
