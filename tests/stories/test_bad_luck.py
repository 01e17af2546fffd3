"""What goes wrong on an ordinary day: lost sessions, double clicks, two at once, no mail server."""

from __future__ import annotations

import threading
import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from idesluss.assessment.models import Score
from idesluss.assessment.usecases import save_draft
from idesluss.funding.models import Application, Decision
from idesluss.mail.server import MailServer
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Letter
from tests.factories import (
    ApplicationFactory,
    AppointmentFactory,
    AssessmentFactory,
    CriterionFactory,
    GoalFactory,
    OrganisationFactory,
    PotFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    person_as,
)
from tests.funding.applying import whole_draft
from tests.funding.meeting import room
from tests.stories.people import Administrator, Applicant, Assessor, Somebody

pytestmark = pytest.mark.django_db(transaction=True)

TOWN = {"name": "Slusstad", "slug": "slusstad", "contact_mail": "ide@slusstad.example"}


@pytest.fixture
def enters(new_page, live_server, clock):
    """Somebody sits down at a browser of their own."""

    def enter(role, person=None, *, script=True):
        page = new_page(script=script)
        somebody = role(page, live_server.url, person, org="slusstad")
        return somebody.signs_in() if person else somebody

    return enter


@pytest.fixture
def round(clock):
    """Open until the last of October, midnight."""
    clock.turn_to("2026-10-05 12:00")
    round = RoundFactory(
        programme__organisation=OrganisationFactory(**TOWN),
        slug="2027",
        public=True,
        closes_at=clock.at.replace(month=10, day=31, hour=23),
    )
    UnitFactory(organisation=round.programme.organisation, name="Vård")
    GoalFactory(programme=round.programme, name="Trygga Slusstad")
    QuestionFactory(round=round, part="idea", text="Vad vill du göra?", required=False)
    PotFactory(programme=round.programme, year=2027)
    return round


both = pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])


@both
def test_text_comes_back_when_the_session_ran_out_while_one_wrote(script, round, enters, post):
    application, owner = whole_draft(round)
    anna = enters(Applicant, owner, script=script)
    anna.opens("funding:edit", "slusstad", application.pk, "idea")
    Session.objects.all().delete()
    anna.answers("Vad vill du göra?", "Sätta motorer på cyklarna, en eftermiddags skrivande.")
    anna.presses("Save and continue")
    assert anna.heading() == anna.words("Sign in")

    anna.writes("Your e-mail address", owner.email)
    anna.presses("Mail me a code")
    anna.writes_code(post)
    anna.reads_text("Din text är tillbaka")
    field = anna.page.get_by_label("Vad vill du göra?")
    expect(field).to_have_value("Sätta motorer på cyklarna, en eftermiddags skrivande.")

    anna.presses("Save and continue")
    anna.opens("funding:application", "slusstad", application.pk)
    anna.reads_text("Sätta motorer på cyklarna, en eftermiddags skrivande.")


def test_text_saved_as_one_writes_comes_back_too(round, enters, post):
    application, owner = whole_draft(round)
    anna = enters(Applicant, owner)
    anna.opens("funding:edit", "slusstad", application.pk, "idea")
    Session.objects.all().delete()
    anna.answers("Vad vill du göra?", "Sätta motorer på cyklarna.")
    anna.page.wait_for_url("**/sign-in/**")  # sent there by what saves as one writes

    anna.writes("Your e-mail address", owner.email)
    anna.presses("Mail me a code")
    anna.writes_code(post)
    expect(anna.page.get_by_label("Vad vill du göra?")).to_have_value("Sätta motorer på cyklarna.")


@both
def test_an_impatient_double_click_hands_in_once(script, round, enters):
    application, owner = whole_draft(round)
    anna = enters(Applicant, owner, script=script)
    anna.opens("funding:submit", "slusstad", application.pk)
    anna.button("Hand in the application").dblclick()
    expect(anna.page.locator("h1")).not_to_have_text(anna.words("Look through and hand in"))

    anna.opens("funding:application", "slusstad", application.pk)
    assert Entry.objects.filter(verb="funding.submitted").count() == 1
    assert Application.objects.get().idea.register_number == "INN 2026/0001"


@both
def test_the_back_button_after_handing_in_leads_to_no_second_application(script, round, enters):
    application, owner = whole_draft(round)
    anna = enters(Applicant, owner, script=script)
    anna.opens("funding:submit", "slusstad", application.pk)
    anna.presses("Hand in the application")
    anna.page.go_back()
    again = anna.page.get_by_role("button", name=anna.words("Hand in the application"))
    if again.count():  # the browser shows the page as it was
        anna.presses("Hand in the application")

    assert anna.page.url.endswith(f"/applications/{application.pk}/")
    assert Entry.objects.filter(verb="funding.submitted").count() == 1


@both
def test_what_is_written_when_the_round_closes_is_kept(script, round, enters, clock):
    owner = person_as(Role.EMPLOYEE, round.programme.organisation)
    clock.turn_to("2026-10-31 23:59:50")
    anna = enters(Applicant, owner, script=script)
    anna.opens_round("2027")
    anna.follows("Apply")
    clock.turn_to("2026-11-01 00:00:00")
    anna.writes("Title", "Elmotorer på cyklar")
    anna.presses("Save and continue")

    anna.reads_text("stäng")  # the round has closed
    expect(anna.field("Title")).to_have_value("Elmotorer på cyklar")
    assert not Application.objects.exists()


def test_two_who_decide_at_once_see_each_others_words_and_lose_nothing(enters, clock):
    clock.turn_to("2026-11-14 12:00")
    here = room(organisation=OrganisationFactory(**TOWN), slug="2027")
    here.case("Cykelpool", 60_000)
    here.case("Läsfåtölj", 24_000)
    here.all_declare_clear()
    here.open(timezone.now())
    first = enters(Administrator, here.administrator).opens_the_meeting("2027")
    second = enters(Administrator, here.members[1]).opens_the_meeting("2027")
    first.chooses("Cykelpool", "partly_granted", "40 000", reason="Räcker till två cyklar.").saves()
    second.chooses("Cykelpool", "granted", "60 000")
    second.chooses("Läsfåtölj", "granted", "24 000").saves()

    second.reads("Not everything could be saved")
    second.reads_text("Astrid Ahl har under tiden sparat något annat")
    second.reads_text("Räcker till två cyklar.")  # theirs
    case = second.case("Cykelpool")
    expect(case.get_by_label(second.words("Sum"))).to_have_value("60\N{NO-BREAK SPACE}000")  # mine
    assert sums() == {"Cykelpool": 40_000, "Läsfåtölj": 24_000}

    second.saves()  # having seen both
    assert sums() == {"Cykelpool": 60_000, "Läsfåtölj": 24_000}


def sums() -> dict[str, int]:
    """What is saved for each case, in kronor."""
    saved = Decision.objects.select_related("application__idea")
    return {one.application.idea.title: one.granted_minor // 100 for one in saved}


def test_letters_wait_while_the_mail_server_is_away_and_the_office_sees_it(
    round, enters, post, clock, settings
):
    application, owner = whole_draft(round)
    boss = person_as(Role.ADMINISTRATOR, round.programme.organisation)
    there, settings.MAIL = settings.MAIL, MailServer("127.0.0.1", 1)
    anna = enters(Applicant, owner)
    anna.opens("funding:submit", "slusstad", application.pk)
    anna.hands_in()
    assert post.comes() == []

    maria = enters(Administrator, boss)
    maria.opens("records:mail", "slusstad")
    maria.reads_text("Vi har tagit emot din ansökan INN 2026/0001")
    maria.reads_text("1 brev är inte skickat än")
    clock.passes(minutes=2)
    assert post.comes() == []  # tried again, in vain

    settings.MAIL = there
    clock.passes(minutes=5)
    assert [letter["To"] for letter in post.comes()] == [owner.email]
    assert Letter.objects.get().attempts == 3
    maria.opens("records:mail", "slusstad")
    assert not maria.sees("inte skickat än")
    clock.passes(minutes=5)
    assert post.comes() == []


@both
def test_a_file_of_a_wrong_kind_is_refused_in_plain_words(script, round, enters, tmp_path):
    application, owner = whole_draft(round)
    trick, empty = tmp_path / "offert.pdf", tmp_path / "tom.pdf"
    trick.write_bytes(b"MZ\x90\x00 a program")
    empty.write_bytes(b"")
    anna = enters(Applicant, owner, script=script)
    anna.opens("funding:edit", "slusstad", application.pk, "people")
    anna.attaches(trick, empty)

    problems = anna.page.locator("#files .ds-validation-message")
    assert problems.count() == 2
    for name, problem in zip(("offert.pdf", "tom.pdf"), problems.all(), strict=True):
        assert name in anna.text_of(problem)
    assert not application.idea.attachments.exists()


@both
def test_a_table_that_is_none_is_refused_in_plain_words(script, round, enters, tmp_path):
    boss = person_as(Role.ADMINISTRATOR, round.programme.organisation)
    picture = tmp_path / "omgång.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    maria = enters(Somebody, boss, script=script)
    maria.opens("funding:import", "slusstad")
    maria.writes("Name of the round", "Omgång 2025")
    maria.page.locator("[name=file]").set_input_files(picture)
    maria.presses("Show what it would do")

    told = maria.page.locator(".ds-validation-message, .ds-error-summary li")
    expect(told.first).to_be_visible()
    assert not round.programme.rounds.filter(name="Omgång 2025").exists()


def test_on_a_slow_line_one_never_clashes_with_oneself(round, enters, clock, monkeypatch):
    criterion = CriterionFactory(round=round, key="need", low=1, high=5)
    work = AssessmentFactory(round=round)
    ApplicationFactory(round=round, idea=work.idea)
    clock.turn_to("2026-11-05 12:00")
    AppointmentFactory(
        person=work.assessor, organisation=round.programme.organisation, role=Role.ASSESSOR.value
    )
    began = threading.Event()

    def slowly(*args, **kwargs):
        began.set()
        time.sleep(2)
        return save_draft(*args, **kwargs)

    monkeypatch.setattr("idesluss.web.assessment.views.judging.save_draft", slowly)
    eva = enters(Assessor, work.assessor).opens_paper(work.idea.title)
    why = eva.page.locator(f"[name=why-{criterion.key}]")
    why.press_sequentially("Behovet är verkligt")
    assert began.wait(5)  # the first save is on its way …
    why.press_sequentially(", och många har det.")  # … while one goes on writing
    eva.saves_draft()

    assert (
        Score.objects.get(criterion=criterion).reason == "Behovet är verkligt, och många har det."
    )
    assert not eva.sees("I ett annat fönster")
