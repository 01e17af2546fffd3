"""How somebody is told and reminded: one letter a day, turned off by its link, days in a calendar.

Over a real mail connection; the calendar and the mail program fetch and post by themselves.
"""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.utils import timezone
from icalendar import Calendar

from idesluss.assessment.usecases import assign
from idesluss.funding.models import Meeting
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.people.models import MailPreference
from idesluss.people.vocab import Role
from idesluss.records.models import Letter
from idesluss.records.usecases import note
from tests.factories import (
    ApplicationFactory,
    MeetingFactory,
    OrganisationFactory,
    RoundFactory,
    SeatFactory,
    declare,
    person_as,
)
from tests.stories.people import Administrator, Somebody
from tests.stories.post import said

pytestmark = pytest.mark.django_db(transaction=True)
LINK = re.compile(r"http\S+")


@pytest.fixture
def town(clock):
    """A round with three cases to assess, a body that Eva is in, and its administrator Maja."""
    clock.turn_to("2026-10-05 12:00")
    organisation = OrganisationFactory(
        name="Slusstad", slug="slusstad", contact_mail="ide@slusstad.example"
    )
    round = RoundFactory(
        programme__organisation=organisation,
        name="Vardagsfonden 2027",
        slug="2027",
        assessors_wanted=1,
    )
    cases = ApplicationFactory.create_batch(3, round=round, stage="assessing")
    Idea.objects.filter(pk=cases[0].idea_id).update(
        title="Hemlig elcykel", register_number="INN 2026/0901", answer_by=date(2026, 10, 2)
    )
    maja = person_as(Role.ADMINISTRATOR, organisation, name="Maja Strand")
    eva = person_as(Role.ASSESSOR, organisation, name="Eva Holm", email="eva@slusstad.example")
    SeatFactory(body=round.programme.body, person=eva)
    return SimpleNamespace(organisation=organisation, round=round, cases=cases, maja=maja, eva=eva)


@pytest.fixture
def enters(new_page, live_server, settings):
    settings.URL = live_server.url  # the letters' links lead here

    def enter(role, person=None, *, script=True):
        page = new_page(script=script)
        somebody = role(page, live_server.url, person, org="slusstad")
        return somebody.signs_in() if person else somebody

    return enter


def give(town, *cases) -> None:
    pairs = [(case.idea_id, town.eva.pk) for case in cases]
    assign(town.round.pk, pairs=pairs, by=town.maja, at=timezone.now())


def call(town) -> Meeting:
    """The body is called; one letter to each member follows."""
    from django.db import transaction

    meeting = MeetingFactory(round=town.round, held_at=timezone.now().replace(month=11))
    with transaction.atomic():
        note("funding.meeting_opened", about=meeting, by=town.maja, at=timezone.now())
    return meeting


def links_of(letter) -> list[str]:
    return LINK.findall(said(letter))


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_news_comes_in_one_letter_and_a_kind_is_turned_off_by_its_link(
    script, town, enters, clock, post
):
    give(town, town.cases[0], town.cases[1])
    call(town)
    assert post.comes() == []
    clock.turn_to("2026-10-06 06:59")
    assert post.comes() == []
    clock.turn_to("2026-10-06 07:02")
    [daily] = post.comes()
    assert (daily["To"], daily["Reply-To"]) == ("eva@slusstad.example", "ide@slusstad.example")
    assert daily["Subject"] == "2 nyheter från Slusstad"
    assert "• Du har ansökningar att bedöma i Vardagsfonden 2027" in said(daily)
    assert "Hemlig elcykel" not in said(daily)

    off = daily["List-Unsubscribe"].strip("<>")
    assert off in links_of(daily)
    eva = enters(Somebody, script=script)  # not signed in
    eva.page.goto(off)
    eva.reads_text("Att du har ansökningar att bedöma")
    eva.field("Att ett möte är klart att förbereda").uncheck()
    eva.presses("Turn it off")
    eva.reads_text("Mejlas inte längre")
    assert dict(MailPreference.objects.values_list("kind", "wish")) == {"assigned": "never"}

    give(town, town.cases[2])
    clock.turn_to("2026-10-07 07:05")
    assert post.comes() == []
    maja = enters(Administrator, town.maja, script=script)
    maja.opens("records:mail", "slusstad")
    maja.reads_text("avstängt av personen")
    assert Letter.objects.filter(kind="assigned", state="unwanted").count() == 1


def test_a_mail_program_turns_off_what_is_left_by_itself(town, enters, clock, post):
    give(town, *town.cases)
    assert post.comes() == []
    clock.turn_to("2026-10-06 07:02")
    [letter] = post.comes()
    assert letter["Subject"] == "Du har ansökningar att bedöma i Vardagsfonden 2027"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urlopen(letter["List-Unsubscribe"].strip("<>"), data=body) as answer:
        assert answer.status == 200
    assert MailPreference.objects.get().kind == "assigned"


def test_from_the_letter_to_ones_work_to_where_it_is_done(town, enters, clock, post):
    give(town, *town.cases)
    call(town)
    assert post.comes() == []
    clock.turn_to("2026-10-06 07:02")
    [daily] = post.comes()
    eva = enters(Somebody, town.eva)
    assert f"{eva.url}/mine/" in links_of(daily)
    eva.page.goto(f"{eva.url}/mine/")
    assert eva.heading() == "Mitt arbete"
    eva.reads_text("3 ärenden")
    eva.follows("Say whether you have a conflict of interest")
    assert eva.page.url.endswith("/slusstad/rounds/2027/declare/")

    for case in town.cases:
        declare(case.idea, town.eva, ConflictState.CLEAR)
    eva.page.goto("/mine/")
    eva.reads_text("Hemlig elcykel")
    eva.follows("Assess the application")
    assert eva.page.url.endswith("/assess/")

    declared = town.cases[0].idea.declarations
    declared.update(state=ConflictState.DECLARED.value, ground="party")
    eva.page.goto("/mine/")
    assert not eva.sees("Hemlig elcykel")


def test_the_days_are_read_by_a_calendar_and_name_no_case(town, enters, clock, post):
    give(town, *town.cases)
    meeting = call(town)
    for case in town.cases:
        declare(case.idea, town.eva, ConflictState.CLEAR)
    eva = enters(Somebody, town.eva)
    eva.opens("people:calendar")
    eva.presses("Make the address")
    address = eva.page.get_by_label("Adressen till din kalender").input_value()
    with urlopen(address) as answer:
        text = answer.read()
    assert b"Hemlig" not in text
    events = Calendar.from_ical(text).walk("VEVENT")
    assert "Ansökan INN 2026/0901: bedömning" in {str(event["summary"]) for event in events}
    days = {event["dtstart"].dt for event in events}
    assert days == {meeting.held_at, timezone.localtime(meeting.held_at).date()}
    assert len({str(event["uid"]) for event in events}) == len(events) == 4

    eva.presses("Make a new address")
    with pytest.raises(HTTPError, match="404"):
        urlopen(address)


def test_the_administrator_sees_who_has_what_and_reminds_kindly(town, enters, clock, post):
    give(town, *town.cases)
    for case in town.cases:
        declare(case.idea, town.eva, ConflictState.CLEAR)
    maja = enters(Administrator, town.maja)
    maja.opens("insight:stuck", "slusstad")
    maja.reads_text("INN 2026/0901 Hemlig elcykel")
    maja.reads_text("3 ärenden, 3 inte påbörjade")
    maja.presses("Remind %(name)s", name="Eva Holm")
    maja.reads_text("En vänlig påminnelse är på väg.")
    maja.reads_text("Påmind i dag")
    [letter] = post.comes()
    assert (letter["To"], letter["Reply-To"]) == ("eva@slusstad.example", town.maja.email)
    assert letter["Subject"] == "En vänlig påminnelse från Slusstad"
    assert "Hemlig elcykel" not in said(letter)
