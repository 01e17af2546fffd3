"""Where every page of the service is found in the demonstration, and who goes there."""

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

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Application, Endorsement
from idesluss.people.models import Appointment, Body, Organisation, Person, Seat, Unit
from idesluss.people.usecases import (
    address_link,
    give_calendar_key,
    installer_link,
    mail_off_link,
)
from idesluss.pilots.models import Project, Report
from idesluss.programmes.models import Criterion, Level, Mandate, Programme, Question, Round
from idesluss.records.models import Letter

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
LAMPS_TITLE = "Nattlampor som tänds av steg"
LAMPS = first(Project, idea__title=LAMPS_TITLE, published_at__isnull=False)
BIKES = first(Project, idea__stage="permanent", **IN_TOWN)

STOPS: Mapping[str, tuple[Stop, ...]] = {
    # Signing in, and one's own page
    "account_login": (Stop(NOBODY, (), {"email": "anna"}, before=forgets),),
    "account_confirm_login_code": (Stop(NOBODY, (), {"code": "0000-0000"}, before=waits_for_code),),
    "demo:people": (Stop(NOBODY),),
    "account_logout": (Stop(APPLICANT),),
    "account_inactive": (Stop(NOBODY),),
    "mfa_list_webauthn": (Stop(APPLICANT),),
    "mfa_add_webauthn": (Stop(CHAIR, status=403), Stop(APPLICANT, before=signed_in_just_now)),
    "mfa_edit_webauthn": (Stop(APPLICANT, (passkey,), {"name": ""}, before=signed_in_just_now),),
    "mfa_remove_webauthn": (Stop(APPLICANT, (passkey,), before=signed_in_just_now),),
    "people:own": (Stop(APPLICANT, (), {"name": ""}),),
    "people:address_ask": (Stop(APPLICANT, (), {"email": "anna"}),),
    "people:address": (
        Stop(APPLICANT, (new_address,)),
        Stop(APPLICANT, ("gammal-lank",), status=410),
    ),
    "people:start": (
        Stop(NOBODY, (lambda: installer_link(at=timezone.now()),), {"installer_name": ""}),
        Stop(NOBODY, ("gammal-lank",), status=410),
    ),
    "people:install": (installer(),),
    "people:organisation_add": (installer(name="", slug="Åby"),),
    "people:administrator_add": (installer(lambda: town().pk, name=""),),
    "people:mail": (Stop(APPLICANT),),
    "people:mail_off": (
        Stop(NOBODY, (lambda: mail_off_link(person(APPLICANT).pk, ["accepted", "assigned"]),)),
        Stop(NOBODY, ("gammal-lank",), status=410),
    ),
    "people:calendar": (Stop(CHAIR), Stop(APPLICANT, before=has_calendar)),
    # One's own work, and what is stuck
    "insight:mine": (
        *(Stop(who) for who in (APPLICANT, ASKED, OFFICE, ASSESSOR, CHAIR, INSTALLER)),
    ),
    "insight:stuck": (office(),),
    # The frame
    "frame:components": (Stop(NOBODY),),
    "frame:home": (Stop(NOBODY),),
    "frame:accessibility": (Stop(NOBODY, (TOWN,)), Stop(NOBODY)),
    # Set-up
    "programmes:organisation": (Stop(NOBODY, (TOWN,)), office(), anna()),
    "programmes:setup": (office(),),
    "people:organisation": (office(name=""),),
    "people:units": (office(lines=""),),
    "people:unit": (office(first(Unit, **HERE), name=""),),
    "people:people": (office(),),
    "people:person_add": (office(name=""),),
    "people:people_paste": (office(rows="en rad; utan adress"),),
    "people:person": (office(lambda: person(ASSESSOR).pk, starts="2026-05-02", ends="2026-05-01"),),
    "people:person_correct": (office(lambda: person(ASSESSOR).pk, name=""),),
    "people:role_end": (office(first(Appointment, **HERE, role="coach")),),
    "people:role_deputy": (
        office(first(Appointment, **HERE, role="administrator"), person="ingen"),
    ),
    "people:bodies": (office(),),
    "people:body_add": (office(name=""),),
    "people:body": (office(BODY, name=""),),
    "people:seat_add": (office(BODY, person="ingen"),),
    "people:seat_end": (office(first(Seat, body__organisation__slug=TOWN)),),
    "programmes:guide": (office(lines=""),),
    "programmes:guide_fund": (office(name=""),),
    "programmes:guide_body": (office(FUND, members=""),),
    "programmes:guide_round": (office(FUND, name=""),),
    "programmes:guide_open": (office(ROUND_SET_UP),),
    "programmes:fund_add": (office(name=""),),
    "programmes:fund": (office(FUND, name=""),),
    "programmes:goals": (office(FUND),),
    "programmes:steps": (office(FUND),),
    "programmes:pots": (office(FUND, amount_minor="mycket"),),
    "programmes:mandates": (office(FUND),),
    "programmes:mandate_add": (office(FUND, up_to_minor="mycket"),),
    "programmes:mandate": (office(MANDATE, reference="", up_to_minor="0"),),
    "programmes:round_add": (office(FUND, name=""),),
    "programmes:several": (office(FUND, cutoffs="31 mars"),),
    "programmes:next_year": (office(ROUND_SET_UP, name=""),),
    "programmes:rules": (
        office(ROUND_SET_UP),
        office(first(Round, slug=DECIDED)),
    ),
    "programmes:rules_change": (office(ROUND_SET_UP, floor_minor="mycket"),),
    "programmes:level_add": (office(ROUND_SET_UP, name=""),),
    "programmes:level": (office(LEVEL, name=""),),
    "programmes:away": (office(ROUND_SET_UP),),
    "programmes:round": (office(ROUND_SET_UP),),
    "programmes:round_change": (office(ROUND_SET_UP, name=""),),
    "programmes:round_announce": (office(ROUND_SET_UP),),
    "programmes:criterion_add": (office(ROUND_SET_UP, name=""),),
    "programmes:needed": (office(ROUND_SET_UP, qualifying_needed="99"),),
    "programmes:question_add": (office(ROUND_SET_UP, text=""),),
    "programmes:criterion": (office(CRITERION, name=""),),
    "programmes:question": (office(QUESTION, text=""),),
    # Letters
    "records:mail": (office(),),
    "records:letter": (
        office(lambda: Letter.objects.filter(organisation_id=town().pk).latest("pk").pk),
    ),
    # The applicant
    "funding:round": (
        *(Stop(NOBODY, (TOWN, slug)) for slug in (COMING, OPEN, MEETING, DECIDED)),
        Stop(NOBODY, ("burlov", "2023")),
        office(OPEN),
    ),
    "funding:apply": (anna(OPEN), anna(COMING), anna(DECIDED)),
    "funding:mine": (anna(), Stop(CHAIR, (TOWN,))),
    "funding:application": (
        anna(case(ASKING, "Cykelpool för hemtjänsten")),
        anna(DRAFT),
        anna(case(DECIDED, "Nattlampor som tänds av steg")),
        Stop(ASKED, (TOWN, case(CHECKED, "Talstyrd dokumentation"))),
        Stop(ASKED, (TOWN, case(OPEN, "Matsedel med bilder"))),
    ),
    "funding:edit": (
        *(anna(DRAFT, step) for step in ("need", "idea", "people", "goals")),
        Stop(
            APPLICANT,
            (TOWN, DRAFT, "plan"),
            {"lines-sum": "mycket"},
            button=".actions [value=next]",
        ),
    ),
    "funding:submit": (anna(DRAFT),),
    "funding:receipt": (anna(case(DECIDED, "Nattlampor som tänds av steg")),),
    "funding:print": (anna(DRAFT),),
    "funding:withdraw": (anna(case(MEETING, "Matsedel med bilder")),),
    "funding:complete": (
        Stop(ASKED, (TOWN, case(CHECKED, "Talstyrd dokumentation")), {"answer": ""}),
    ),
    # Those who handle it
    "funding:handle": (office(CHECKED), office(COMING), office(MEETING)),
    "funding:check": (
        office(case(ASKING, "Blomlådor som tål salt"), **{"accept_against-reason": ""}),
        office(case(ASKING, "Läsfåtölj i korridoren")),
        office(case(CHECKED, "Nattlampor som tänds av steg"), **{"close-reason": ""}),
        office(case(CHECKED, "Talstyrd dokumentation")),
        office(case(DECIDED, "Givare i sandlådor")),
    ),
    "funding:history": (office(case(DECIDED, "Givare i sandlådor")),),
    "assessment:assign": (office(CHECKED), office(ASSESSED)),
    "assessment:take_back": (office(first(Assessment, round__slug=ASSESSED, locked_at=None)),),
    "assessment:reopen": (
        office(first(Assessment, round__slug=ASSESSED, locked_at__isnull=False), reason=""),
    ),
    "assessment:conflicts": (
        office(case(MEETING, "Nyckelskåp vid korttidsboendet"), **{"suspect-note": ""}),
    ),
    "funding:import": (office(name=""),),
    # Assessors
    "assessment:mine": (Stop(ASSESSOR, (TOWN,)),),
    "assessment:declare": (
        Stop(ASSESSOR, (TOWN, ASSESSED), {"$-answer": "conflict"}),
        Stop(CHAIR, (TOWN, MEETING)),
    ),
    "assessment:assess": (Stop(ASSESSOR, (TOWN, HALF_JUDGED), {}),),
    "assessment:lock": (Stop(ASSESSOR, (TOWN, HALF_JUDGED)),),
    "assessment:scores": (
        Stop(ASSESSOR, (TOWN, case(MEETING, "Talstyrd dokumentation"))),
        office(case(ASSESSED, "Matsedel med bilder")),
        office(case(CHECKED, "Talstyrd dokumentation")),
    ),
    "assessment:ranking": (office(MEETING), Stop(CHAIR, (TOWN, MEETING))),
    # Managers who are asked
    "funding:endorsing": (Stop(MANAGER, (TOWN,)), Stop(CHAIR, (TOWN,))),
    "funding:endorse": (
        Stop(MANAGER, (TOWN, asked_of(MANAGER, "Cykelpool för hemtjänsten")), {"hours": "många"}),
        Stop(MANAGER, (TOWN, asked_of(MANAGER, "Nyckelskåp vid korttidsboendet"))),
        Stop(PASSED_ON, (TOWN, asked_of(PASSED_ON, "Läsfåtölj i korridoren"))),
    ),
    "funding:name_manager": (
        office(
            case(ASKING, "Cykelpool för hemtjänsten"),
            first(Unit, name="Vård och omsorg", **HERE),
            who="ingen",
        ),
    ),
    # Projects
    "pilots:projects": (Stop(NOBODY, (TOWN,)), office(), anna()),
    "pilots:project": (
        Stop(NOBODY, (TOWN, LAMPS)),
        anna(LAMPS),
        office(LAMPS),
        Stop(NOBODY, (TOWN, BIKES)),
        office(BIKES),
    ),
    "pilots:report": (anna(LAMPS, spent="mycket"),),
    "pilots:final": (anna(LAMPS, results=""),),
    "pilots:page": (anna(LAMPS, purpose=""), office(BIKES)),
    "pilots:answer": (
        Stop(
            OFFICE,
            (TOWN, LAMPS, first(Report, project__idea__title=LAMPS_TITLE, accepted_at=None)),
            {"words": ""},
            button="[value=return]",
        ),
    ),
    "pilots:last_day": (office(LAMPS, reason=""),),
    "pilots:permanent": (office(LAMPS, budget=""), office(BIKES, budget="")),
    "pilots:permanent_end": (office(BIKES, reason=""),),
    # The meeting
    "funding:meeting": (
        Stop(OFFICE, (TOWN, MEETING), {"^granted-": "mycket"}, button="[name=do][value=save]"),
        Stop(CHAIR, (TOWN, MEETING)),
        office(ASSESSED),
        office(DECIDED),
    ),
    "funding:meeting_facts": (office(MEETING),),
    "funding:meeting_cases": (office(MEETING),),
    "funding:present": (
        Stop(OFFICE, (TOWN, MEETING), {"note": "Hen leder enheten."}, button="[value=recuse]"),
    ),
    "funding:agenda": (office(MEETING),),
    "funding:release": (office(MEETING), office(DECIDED)),
    # After it: celebrating
    "funding:celebrate": (office(DECIDED), office(MEETING)),
    "funding:gathering_plan": (office(DECIDED, place=""),),
    "funding:invite": (office(DECIDED),),
    "funding:call_off": (office(DECIDED),),
    "funding:gathering": (office(DECIDED), Stop(CHAIR, (TOWN, DECIDED))),
    "funding:news": (office(DECIDED, title=""),),
    "funding:screen": (Stop(NOBODY, (TOWN, DECIDED)), office(DECIDED)),
}

# Addresses that answer with something else than a page, and with what.
NOT_A_PAGE = {
    "account_request_login_code": "a redirect to signing in",
    "mfa_index": "a redirect to the passkeys",
    "mfa_login_webauthn": "what the browser needs for a passkey",
    "frame:language": "a redirect to where one came from",
    "frame:theme": "a stylesheet",
    "ideas:attachment": "a file",
    "funding:export": "a file",
    "funding:export_xlsx": "a file",
    "funding:cheques": "a file",
    "funding:diplomas": "a file",
    "funding:gathering_ics": "a file",
    "funding:minutes": "a file",
    "funding:round_csv": "a file",
    "funding:round_json": "a file",
    "insight:calendar": "a calendar",
    "insight:remind": "a button",
    "pilots:project_json": "a file",
    "pilots:photo": "a file",
    "people:invitation": "a button",
    "people:organisation_move": "a button",
    "people:unit_move": "a button",
    "people:seat_move": "a button",
    "people:body_move": "a button",
    "programmes:fund_move": "a button",
    "programmes:round_move": "a button",
    "programmes:criterion_move": "a button",
    "programmes:level_away": "a button",
    "programmes:mandate_away": "a button",
    "funding:carry": "a button",
    "programmes:question_move": "a button",
}
