"""The forms: what is typed is never lost, and only those who may see them do."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from idesluss.ideas.models import Idea
from idesluss.pilots.models import Report
from idesluss.pilots.usecases import accept_report, begin, return_report
from idesluss.pilots.vocab import Onward
from tests.pilots.world import DECIDED, JUNE, MARCH, photo, picture
from tests.web.pilots.addresses import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


def lamp(name="lampa.jpg"):
    return SimpleUploadedFile(name, picture(), content_type="image/jpeg")


REPORT = {
    "progress": "late",
    "spent": "12 500:-",
    "learned": "Lamporna ska sitta lågt.",
    "onward": "change",
    "onward_words": "Två våningar i stället.",
}
FINAL = {**REPORT, "onward": "continue", "results": "Tre fall färre."}


# --- The report --------------------------------------------------------------------------------


def test_a_report_is_sent_with_a_photo(town, as_anna):
    sent = {**REPORT, "file": lamp(), "photo_text": "En lampa vid golvet"}
    answer = as_anna.post(url(town.project, "report"), sent, follow=True)

    assert answer.redirect_chain == [(url(town.project), 302)]
    assert "Tack. Rapporten har kommit fram." in answer.content.decode()
    report = Report.objects.get()
    assert (report.kind, report.spent_minor, report.progress) == ("interim", 12_500_00, "late")
    assert (report.onward, report.onward_words) == ("change", "Två våningar i stället.")
    assert report.photo.name == "lampa.jpg"


def test_the_final_report_asks_what_came_of_it(town, as_anna):
    page = as_anna.get(url(town.project, "final")).content.decode()
    assert "Vad blev det av det?" in page
    assert "Vad blev det av det?" not in as_anna.get(url(town.project, "report")).content.decode()
    as_anna.post(url(town.project, "final"), FINAL)
    assert Report.objects.get().results == "Tre fall färre."


def test_what_is_spent_is_filled_in_with_what_was_said_last(town, as_anna):
    assert 'value="0"' in as_anna.get(url(town.project, "report")).content.decode()
    report = town.reports()
    accept_report(report.pk, seen=MARCH.isoformat(), by=town.boss, at=MARCH)
    form = as_anna.get(url(town.project, "report")).context["form"]
    assert (form["spent"].value(), form["learned"].value()) == (12_500_00, None)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"spent": "mycket"}, "”mycket” går inte att läsa som ett belopp"),
        ({"learned": " "}, "Det här måste fyllas i"),
        ({"onward_words": ""}, "Det här måste fyllas i"),
        ({"progress": ""}, "Detta fält måste fyllas i"),
        ({"learned": "x" * 4001}, "4000"),
    ],
)
def test_a_wrong_report_comes_back_with_everything_that_was_typed(town, as_anna, fields, says):
    answer = as_anna.post(url(town.project, "report"), {**REPORT, **fields})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert says in page
    for name, typed in {**REPORT, **fields}.items():
        if name in ("learned", "onward_words", "spent") and typed.strip():
            assert typed in page, name
    assert not Report.objects.exists()


def test_a_photo_that_was_fine_must_be_chosen_again_and_that_is_said(town, as_anna):
    sent = {**REPORT, "file": lamp(), "photo_text": ""}
    answer = as_anna.post(url(town.project, "report"), sent)
    assert answer.status_code == 422
    assert "Välj fotot igen" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("a.pdf", b"%PDF-1.7", "är inget foto"), ("a.jpg", b"<html>", "webbsida")],
)
def test_what_is_no_photo_is_refused_at_its_field(town, as_anna, name, content, says):
    sent = {**REPORT, "file": SimpleUploadedFile(name, content), "photo_text": "En lampa"}
    answer = as_anna.post(url(town.project, "report"), sent)
    assert answer.status_code == 422
    assert says in str(answer.context["form"].errors["file"])


def test_a_report_that_waits_is_changed_on_the_same_page(town, as_anna):
    town.reports(photo=photo(), photo_text="En lampa")
    page = as_anna.get(url(town.project, "report"))
    assert "Lamporna ska sitta lågt." in page.content.decode()
    assert "ersätter den" in page.content.decode()
    as_anna.post(url(town.project, "report"), {**REPORT, "without_photo": "on"})
    report = Report.objects.get()
    assert (report.photo, report.progress) == (None, "late")


def test_a_report_that_came_back_is_written_further_beside_what_is_missing(town, as_anna):
    town.reports()
    [report] = Report.objects.all()
    return_report(
        report.pk, words="Hur många fall?", seen=MARCH.isoformat(), by=town.boss, at=MARCH
    )
    page = as_anna.get(url(town.project, "report")).content.decode()
    assert "Hur många fall?" in page
    assert "Lamporna ska sitta lågt." in page


def test_a_project_that_has_ended_takes_no_reports(town, as_anna):
    Idea.objects.filter(pk=town.project.idea_id).update(stage="stopped")
    answer = as_anna.get(url(town.project, "report"), follow=True)
    assert answer.redirect_chain == [(url(town.project), 302)]
    assert "inga fler rapporter tas emot" in answer.content.decode()
    assert as_anna.post(url(town.project, "report"), REPORT).status_code == 422


def test_a_report_sent_after_the_session_ran_out_comes_back_filled_in(town, client):
    here = url(town.project, "report")
    answer = client.post(here, REPORT)
    assert answer.status_code == 302
    client.force_login(town.anna)
    page = client.get(here).content.decode()
    assert "Lamporna ska sitta lågt." in page
    assert "Två våningar i stället." in page
    assert not Report.objects.exists()


# --- The answer --------------------------------------------------------------------------------


def test_the_office_accepts(town, as_boss):
    report = town.reports()
    here = url(town.project, "answer", report.pk)
    assert "Lamporna ska sitta lågt." in as_boss.get(here).content.decode()
    answer = as_boss.post(here, {"do": "accept", "seen": MARCH.isoformat()}, follow=True)
    assert "Rapporten är godkänd." in answer.content.decode()
    report.refresh_from_db()
    assert report.accepted_by == town.boss
    assert as_boss.get(here).status_code == 302


def test_the_office_sends_back_with_what_is_missing(town, as_boss):
    report = town.reports()
    here = url(town.project, "answer", report.pk)
    empty = as_boss.post(here, {"do": "return", "seen": MARCH.isoformat(), "words": ""})
    assert empty.status_code == 422
    as_boss.post(here, {"do": "return", "seen": MARCH.isoformat(), "words": "Hur många?"})
    report.refresh_from_db()
    assert report.returned_words == "Hur många?"


@pytest.mark.parametrize("do", ["accept", "return"])
def test_a_report_that_was_changed_since_is_shown_anew_and_words_are_kept(town, as_boss, do):
    report = town.reports()
    town.reports(at=JUNE, learned="Något helt annat.")
    sent = {"do": do, "seen": MARCH.isoformat(), "words": "Hur många fall?"}
    answer = as_boss.post(url(town.project, "answer", report.pk), sent)
    assert answer.status_code == 422
    assert "Något helt annat." in answer.content.decode()
    assert "Hur många fall?" in answer.content.decode()


# --- The page ----------------------------------------------------------------------------------

PAGE = {"version": "0", "purpose": "Färre fall om natten.", "results": "", "learned": ""}


def test_the_page_proposes_and_the_coordinator_publishes(town, as_anna):
    form = as_anna.get(url(town.project, "page")).context["form"]
    assert form["purpose"].value() == town.project.idea.need
    answer = as_anna.post(
        url(town.project, "page"), {**PAGE, "named": "on", "do": "publish"}, follow=True
    )
    assert "Nu kan alla läsa sidan." in answer.content.decode()
    town.project.refresh_from_db()
    assert (town.project.published_at, town.project.coordinator_shown) == (JUNE, True)


def test_saving_for_later_and_taking_back(town, as_anna):
    as_anna.post(url(town.project, "page"), {**PAGE, "do": "save"})
    town.project.refresh_from_db()
    assert (town.project.published_at, town.project.purpose) == (None, "Färre fall om natten.")
    as_anna.post(url(town.project, "page"), {**PAGE, "version": "1", "do": "publish"})
    answer = as_anna.post(url(town.project, "page"), {"do": "take_back"}, follow=True)
    assert "Den är sparad." in answer.content.decode()
    again = as_anna.post(url(town.project, "page"), {"do": "take_back"}, follow=True)
    assert "Inget ändrades" in again.content.decode()


def test_the_photo_of_an_accepted_report_can_be_chosen(town, as_anna):
    report = town.reports(photo=photo(), photo_text="En lampa vid golvet")
    accept_report(report.pk, seen=MARCH.isoformat(), by=town.boss, at=MARCH)
    assert "En lampa vid golvet" in as_anna.get(url(town.project, "page")).content.decode()
    as_anna.post(url(town.project, "page"), {**PAGE, "pictured": report.pk, "do": "save"})
    town.project.refresh_from_db()
    assert town.project.pictured == report


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"purpose": "", "results": "Kvar", "do": "publish"}, "Det här måste fyllas i"),
        ({"version": "7", "results": "Kvar", "do": "save"}, "Någon annan"),
    ],
)
def test_a_page_that_cannot_be_saved_keeps_its_text(town, as_anna, fields, says):
    answer = as_anna.post(url(town.project, "page"), {**PAGE, **fields})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Kvar" in answer.content.decode()


def test_the_office_cannot_say_yes_to_somebody_elses_name(town, as_boss):
    page = as_boss.get(url(town.project, "page")).content.decode()
    assert "Bara Anna Ek kan säga ja" in page
    as_boss.post(url(town.project, "page"), {**PAGE, "named": "on", "do": "publish"})
    town.project.refresh_from_db()
    assert not town.project.coordinator_shown


def test_the_office_writes_who_coordinated_a_project_from_a_table(town, as_boss):
    old = begin(town.granted("Elmotorer", idea__applicant_name="Karin Holm").pk, at=DECIDED)
    sent = {**PAGE, "coordinator_name": "Karin Holm", "named": "on", "do": "publish"}
    as_boss.post(url(old, "page"), sent)
    assert "Karin Holm" in as_boss.get(url(old) + "?public").content.decode()


# --- The last day ------------------------------------------------------------------------------


def test_the_office_changes_the_last_day(town, as_boss):
    sent = {"ends_on": "2028-03-31", "reason": "Snö"}
    answer = as_boss.post(url(town.project, "last_day"), sent, follow=True)
    assert "Sista dagen är ändrad" in answer.content.decode()
    town.project.refresh_from_db()
    assert town.project.ends_on == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"ends_on": "2027-11-30"}, "redan sista dagen"),
        ({"ends_on": "2026-01-01"}, "började 20 januari 2027"),
    ],
)
def test_a_day_that_cannot_be_comes_back_with_the_reason(town, as_boss, fields, says):
    answer = as_boss.post(url(town.project, "last_day"), {"reason": "Snö i mars", **fields})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Snö i mars" in answer.content.decode()


# --- Made permanent ----------------------------------------------------------------------------


def test_the_office_lets_what_was_stopped_go_on(town, as_boss):
    report = town.reports(onward=Onward.STOP, onward_words="Nej")
    accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=JUNE)
    here = url(town.project, "resume")
    assert here in as_boss.get(url(town.project)).content.decode()
    assert "skriver den på nytt" in as_boss.get(here).content.decode()

    answer = as_boss.post(here, {"reason": "Det var ett misstag."}, follow=True)

    assert answer.redirect_chain == [(url(town.project), 302)]
    page = answer.content.decode()
    assert "Projektet går vidare" in page
    assert "Det var ett misstag." in page  # the report came back with it
    assert here not in page
    again = as_boss.post(here, {"reason": "Igen"}, follow=True).content.decode()
    assert "Projektet är inte avslutat" in again
    assert as_boss.get(here).status_code == 404


def test_why_it_goes_on_must_be_said(town, as_boss):
    Idea.objects.filter(pk=town.project.idea_id).update(stage="stopped")
    page = as_boss.get(url(town.project, "resume")).content.decode()
    assert "skriver den på nytt" not in page
    answer = as_boss.post(url(town.project, "resume"), {"reason": "x" * 2001})
    assert (answer.status_code, "x" * 2001 in answer.content.decode()) == (422, True)


# --- The office writes for somebody without an account ------------------------------------------


@pytest.fixture
def taken_in(town):
    application = town.granted("Odling på taket", idea__applicant_name="Kim Alm")
    return begin(application.pk, at=DECIDED)


def test_the_office_finds_the_form_and_whom_it_writes_for(town, as_boss, taken_in):
    page = as_boss.get(url(taken_in)).content.decode()
    assert "har inget konto här" in page
    assert url(taken_in, "report") in page

    form = as_boss.get(url(taken_in, "report"))
    assert 'value="Kim Alm"' in form.content.decode()
    answer = as_boss.post(url(taken_in, "report"), {**REPORT, "told_by": "Kim Alm"}, follow=True)

    page = answer.content.decode()
    assert "Rapporten är sparad" in page
    assert "Skriven av Maja Strand åt Kim Alm" in page
    report = Report.objects.get()
    said = as_boss.get(url(taken_in, "answer", report.pk)).content.decode()
    assert "Skriven av Maja Strand åt Kim Alm" in said
    again = as_boss.get(url(taken_in, "report")).content.decode()
    assert 'value="Kim Alm"' in again


def test_without_a_name_the_report_comes_back(as_boss, taken_in):
    answer = as_boss.post(url(taken_in, "report"), {**REPORT, "told_by": ""})
    assert (answer.status_code, "Lamporna ska sitta lågt." in answer.content.decode()) == (
        422,
        True,
    )
    assert not Report.objects.exists()


def test_an_owner_is_not_asked_whom_they_write_for(town, as_anna):
    assert "told_by" not in as_anna.get(url(town.project, "report")).content.decode()
    as_anna.post(url(town.project, "report"), {**REPORT, "told_by": "Någon annan"})
    assert Report.objects.get().told_by == ""
