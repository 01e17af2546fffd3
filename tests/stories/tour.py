"""Where every page of the service is found in the demonstration, and who goes there."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from idesluss.assessment.models import Assessment
from idesluss.people.models import Unit
from idesluss.people.usecases import installer_link, mail_off_link
from idesluss.pilots.models import Report
from idesluss.records.models import Letter
from tests.stories.stops import (
    APPLICANT,
    ASKED,
    ASKING,
    ASSESSED,
    ASSESSOR,
    BIKES,
    CHAIR,
    CHECKED,
    COMING,
    DECIDED,
    DRAFT,
    HALF_JUDGED,
    HERE,
    INSTALLER,
    LAMPS,
    LAMPS_TITLE,
    MANAGER,
    MEETING,
    NOBODY,
    OFFICE,
    ONLY_MANAGERS,
    OPEN,
    PAPERS,
    PASSED_ON,
    TOWN,
    WARNED,
    WITHOUT_ACCOUNT,
    Stop,
    anna,
    asked_of,
    case,
    first,
    forgets,
    has_calendar,
    installer,
    new_address,
    office,
    passkey,
    person,
    signed_in_just_now,
    town,
    waits_for_code,
)
from tests.stories.tour_alike import ALIKE
from tests.stories.tour_bank import BANK
from tests.stories.tour_case import CASE
from tests.stories.tour_coaches import COACHES
from tests.stories.tour_doors import DOORS
from tests.stories.tour_look_alikes import LOOK_ALIKES
from tests.stories.tour_model import MODEL
from tests.stories.tour_money import MONEY
from tests.stories.tour_proxy import PROXY
from tests.stories.tour_search import SEARCH, SEARCH_NOT_A_PAGE
from tests.stories.tour_setup import SET_UP
from tests.stories.tour_sluice_clock import PROMISED
from tests.stories.tour_ties import TIES
from tests.stories.tour_words import WORDS, WORDS_NOT_A_PAGE

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
    # The years of a fund
    "insight:years": (
        Stop(NOBODY, ("burlov",)),
        office(),
    ),
    "insight:year": (
        *(Stop(NOBODY, ("burlov", year)) for year in (2019, 2023, 2024)),
        office(lambda: timezone.now().year),
    ),
    # One's own work, and what is stuck
    "insight:mine": (
        *(Stop(who) for who in (APPLICANT, ASKED, OFFICE, ASSESSOR, CHAIR, INSTALLER)),
    ),
    "insight:stuck": (office(),),
    # The frame
    "frame:components": (Stop(NOBODY),),
    "frame:home": (Stop(NOBODY),),
    "frame:accessibility": (Stop(NOBODY, (TOWN,)), Stop(NOBODY)),
    **SET_UP,
    **MODEL,
    **CASE,
    **SEARCH,
    **WORDS,
    **MONEY,
    **ALIKE,
    **BANK,
    **DOORS,
    **TIES,
    **LOOK_ALIKES,
    **PROXY,
    **COACHES,
    **PROMISED,
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
    "funding:apply": (
        anna(OPEN),
        anna(COMING),
        anna(DECIDED),
        Stop(APPLICANT, (TOWN, ONLY_MANAGERS), status=403),
    ),
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
        *(anna(WARNED, step) for step in ("need", "people")),
        Stop(
            APPLICANT,
            (TOWN, WARNED, "plan"),
            {"cofinanced": "mycket"},
            button=".actions [value=next]",
        ),
    ),
    "funding:submit": (anna(DRAFT), anna(WARNED)),
    "funding:receipt": (anna(case(DECIDED, "Nattlampor som tänds av steg")),),
    "funding:print": (anna(DRAFT), anna(WARNED)),
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
        Stop(INSTALLER, ("burlov", PAPERS)),
        Stop(INSTALLER, ("burlov", WITHOUT_ACCOUNT)),
    ),
    "pilots:report": (
        anna(LAMPS, spent="mycket"),
        Stop(INSTALLER, ("burlov", WITHOUT_ACCOUNT), {"spent": "mycket", "told_by": ""}),
    ),
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
    "pilots:resume": (Stop(INSTALLER, ("burlov", PAPERS), {"reason": ""}),),
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
    "funding:proposals": (
        Stop(OFFICE, (TOWN, MEETING), {"^sum-": "mycket"}, button=".actions button"),
    ),
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
    "ideas:duplicate_back": "a button",
    "ideas:finding_back": "a button",
    "ideas:finding_remove": "a button",
    "ideas:paper_form": "a file",
    "ideas:poster_pdf": "a file",
    "ideas:poster_link": "a redirect to its door",
    "ideas:sluices": "a redirect to the only sluice",
    "ideas:challenge_close": "a button",
    "funding:export": "a file",
    "funding:ledgers": "a redirect to the only fund's",
    "funding:ledger_now": "a redirect to a year",
    "funding:ledger_csv": "a file",
    "funding:ledger_xlsx": "a file",
    "funding:export_xlsx": "a file",
    "funding:cheques": "a file",
    "funding:diplomas": "a file",
    "funding:gathering_ics": "a file",
    "funding:minutes": "a file",
    "funding:round_csv": "a file",
    "funding:round_json": "a file",
    "ideas:promises_csv": "a file",
    "ideas:promises_json": "a file",
    "insight:calendar": "a calendar",
    **SEARCH_NOT_A_PAGE,
    **WORDS_NOT_A_PAGE,
    "insight:years_json": "a file",
    "insight:years_csv": "a file",
    "insight:years_xlsx": "a file",
    "insight:year_json": "a file",
    "insight:year_csv": "a file",
    "insight:year_xlsx": "a file",
    "insight:year_pdf": "a file",
    "insight:remind": "a button",
    "pilots:project_json": "a file",
    "pilots:photo": "a file",
    "people:invitation": "a button",
    "people:organisation_move": "a button",
    "people:unit_move": "a button",
    "people:seat_move": "a button",
    "people:body_move": "a button",
    "programmes:fund_move": "a button",
    "programmes:sluice_door_move": "a button",
    "programmes:sluice_move": "a button",
    "programmes:sluice_step_move": "a button",
    "programmes:sluice_cases_back": "a button",
    "programmes:round_move": "a button",
    "programmes:criterion_move": "a button",
    "programmes:level_away": "a button",
    "programmes:mandate_away": "a button",
    "funding:carry": "a button",
    "programmes:question_move": "a button",
}
