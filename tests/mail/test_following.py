"""Letters about projects: each to those who need it, in their language, and to nobody else."""

from datetime import date

import pytest

from idesluss.adoption.usecases import Facts, adopt, end
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.jobs.deliver import deliver
from idesluss.jobs.following import remind_of_reports
from idesluss.mail.kinds import BY_NAME
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.pilots.usecases import (
    Page,
    accept_report,
    begin,
    extend,
    present,
    resume,
    return_report,
    take_back,
)
from idesluss.pilots.vocab import Onward, Progress, ReportKind
from idesluss.records.models import Letter
from idesluss.site.wiring import HANDLERS
from tests.factories import declare, person_as
from tests.pilots.test_remind import clock
from tests.pilots.world import DECIDED, JUNE, MARCH, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Town(name="Slusstad", slug="slusstad")


def told(at=JUNE):
    """What has been written since last time: who reads it, subject and text."""
    deliver(at)
    found = [(it.person_id, it.subject, it.text) for it in Letter.objects.order_by("pk")]
    Letter.objects.all().delete()
    return found


def readers(letters):
    return [person for person, _, _ in letters]


def answer(report, town, words=""):
    how = {"seen": report.at.isoformat(), "by": town.boss, "at": JUNE}
    return (
        return_report(report.pk, words=words, **how) if words else accept_report(report.pk, **how)
    )


def test_every_letter_has_a_kind_that_one_may_choose_about():
    ours = [verb for verb in HANDLERS if verb.split(".")[0] in ("pilots", "adoption")]
    assert len(ours) == 11
    assert set(ours) <= set(BY_NAME)


def test_the_contact_of_the_case_is_told_that_a_report_waits(town):
    person_as(Role.ADMINISTRATOR, town.organisation)
    report = town.reports()
    [(reader, subject, text)] = told()

    assert (reader, subject) == (
        town.boss.pk, f"Rapport att läsa: {town.project.idea.register_number}",
    )  # fmt: skip
    assert f"/slusstad/projects/{town.project.pk}/reports/{report.pk}/" in text
    assert "problem" not in text


def test_without_such_a_contact_every_administrator_who_may_is_told(town):
    other = person_as(Role.ADMINISTRATOR, town.organisation)
    shut = person_as(Role.ADMINISTRATOR, town.organisation)
    declare(town.project.idea, shut, ConflictState.DECLARED)
    town.project.idea.contact = town.anna
    town.project.idea.save()
    town.reports(
        kind=ReportKind.FINAL,
        progress=Progress.IN_TROUBLE,
        onward=Onward.STOP,
        onward_words="Nej",
    )
    letters = told()

    assert readers(letters) == [town.boss.pk, other.pk]
    assert letters[0][1].startswith("Slutrapport att läsa")
    assert "ber om hjälp" in letters[0][2]
    assert "lika bra resultat" in letters[0][2]


def test_a_changed_report_tells_nobody_again(town):
    town.reports()
    told()
    town.reports(at=JUNE)
    assert told() == []


def test_those_who_carry_it_out_are_told_that_it_is_accepted(town):
    report = town.reports()
    told()
    answer(report, town)
    letters = told()

    assert readers(letters) == [town.anna.pk, town.bo.pk]
    assert "12\xa0500\xa0kr" in letters[0][2]
    assert "slutar här" not in letters[0][2]


def test_who_stops_is_thanked_for_what_was_learned(town):
    report = town.reports(kind=ReportKind.FINAL, onward=Onward.STOP, onward_words="Nej")
    told()
    answer(report, town)
    assert "Det ni lärde er hjälper" in told()[0][2]


@pytest.mark.parametrize(("kind", "page"), [("interim", "report/"), ("final", "report/final/")])
def test_what_is_missing_is_told_word_for_word_with_the_way_to_the_form(town, kind, page):
    report = town.reports(kind=ReportKind(kind))
    told()
    answer(report, town, "Hur många fall?")
    letters = told()

    assert readers(letters) == [town.anna.pk, town.bo.pk]
    assert "Hur många fall?" in letters[0][2]
    assert letters[0][2].count(f"/slusstad/projects/{town.project.pk}/{page}") == 1


@pytest.mark.parametrize(
    ("day", "subject", "page"),
    [
        ("2027-10-30", "slutar 30 november 2027", "/report/\n"),
        ("2027-11-24", "slutar 30 november 2027", "/report/final/\n"),
        ("2027-12-02", "senast 14 december 2027", "/report/final/\n"),
    ],
)
def test_reminders_say_which_day_it_is_about(town, day, subject, page):
    remind_of_reports(clock(day))
    letters = told(clock(day))
    assert readers(letters) == [town.anna.pk, town.bo.pk]
    assert subject in letters[0][1]
    assert page in letters[0][2]


def test_before_the_years_end_the_years_money_is_asked_about(town):
    Project.objects.update(ends_on=date(2028, 3, 31))
    remind_of_reports(clock("2027-12-01"))
    letter = told(clock("2027-12-01"))[0]
    assert letter[1].startswith("Före årets slut 2027")
    assert "pengarna för 2027" in letter[2]


def test_the_office_is_told_when_the_final_report_has_not_come(town):
    other = person_as(Role.ADMINISTRATOR, town.organisation)
    remind_of_reports(clock("2027-12-15"))
    letters = told(clock("2027-12-15"))
    assert readers(letters) == [town.boss.pk, other.pk]
    assert "Anna Ek, Bo Öberg" in letters[0][2]
    assert "14 december 2027" in letters[0][2]


def test_another_last_day_is_told_with_its_reason(town):
    extend(town.project.pk, ends_on=date(2028, 3, 31), reason="Snö i mars", by=town.boss, at=MARCH)
    letters = told()
    assert readers(letters) == [town.anna.pk, town.bo.pk]
    assert "31 mars 2028" in letters[0][1]
    assert "Snö i mars" in letters[0][2]


@pytest.mark.parametrize(("who", "readers_"), [("anna", ["bo"]), ("boss", ["anna", "bo"])])
def test_who_did_not_do_it_is_told_that_the_page_comes_and_goes(town, who, readers_):
    person = getattr(town, who)
    page = Page(purpose="Färre fall.")
    present(town.project.pk, page=page, version=0, publish=True, by=person, at=MARCH)
    letters = told()
    assert readers(letters) == [getattr(town, name).pk for name in readers_]
    assert "har en offentlig sida" in letters[0][1]
    take_back(town.project.pk, by=person, at=MARCH)
    letters = told()
    assert readers(letters) == [getattr(town, name).pk for name in readers_]
    assert "tillbakatagen" in letters[0][1]


def test_those_who_carried_it_out_and_the_new_owner_are_told_that_it_is_permanent(town):
    owner = person_as(Role.MANAGER, town.organisation)
    facts = Facts(
        since=date(2027, 5, 1), unit=town.unit.pk, budget="Hemtjänst 4310", owner=owner.pk
    )
    adopt(town.project.pk, facts=facts, by=town.boss, at=JUNE)
    letters = told()
    assert readers(letters) == [town.anna.pk, town.bo.pk, owner.pk]
    assert "1 maj 2027" in letters[0][2]
    assert "Hemtjänst 4310" in letters[0][2]

    end(town.project.pk, reason="Fel ärende", mistake=True, version=1, by=town.boss, at=JUNE)
    letters = told()
    assert readers(letters) == [town.anna.pk, town.bo.pk, owner.pk]
    assert "av misstag" in letters[0][2]
    assert "Fel ärende" in letters[0][2]


def test_what_is_no_longer_in_use_is_told_so(town):
    facts = Facts(since=date(2027, 5, 1), unit=town.unit.pk, budget="A")
    adopt(town.project.pk, facts=facts, by=town.boss, at=JUNE)
    told()
    end(town.project.pk, reason="Lokalen såld", mistake=False, version=1, by=town.boss, at=JUNE)
    assert "används inte längre" in told()[0][2]


def test_a_project_from_a_table_tells_only_the_new_owner():
    town = Town()
    old = begin(town.granted("Elmotorer").pk, at=MARCH)
    facts = Facts(since=date(2027, 5, 1), unit=town.unit.pk, budget="A", owner=town.bo.pk)
    adopt(old.pk, facts=facts, by=town.boss, at=JUNE)
    assert readers(told()) == [town.bo.pk]


def test_a_dane_reads_danish():
    Town(language="da", country="DK", zone="Europe/Copenhagen")
    remind_of_reports(clock("2027-11-24"))
    assert "slutter 30. november 2027" in told(clock("2027-11-24"))[0][1]


def test_delivering_twice_writes_once(town):
    town.reports()
    deliver(JUNE)
    deliver(JUNE)
    assert Letter.objects.count() == 1


def test_what_goes_on_after_all_is_told_with_the_reason_and_where_to_report(town):
    report = town.reports(onward=Onward.STOP, onward_words="Nej", kind=ReportKind.FINAL)
    answer(report, town)
    told()
    resume(town.project.pk, reason="Stopp valdes av misstag.", by=town.boss, at=JUNE)
    letters = told()

    assert readers(letters) == [town.anna.pk, town.bo.pk]
    _, subject, text = letters[0]
    assert subject == "”Nattlampor som tänds av steg” går vidare ändå"
    assert "Stopp valdes av misstag." in text
    assert "Skriv den på nytt" in text
    assert f"/slusstad/projects/{town.project.pk}/report/final/" in text


def test_what_goes_on_without_a_report_leads_to_the_project(town):
    Idea.objects.filter(pk=town.project.idea_id).update(stage="stopped")
    resume(town.project.pk, reason="Det används.", by=town.boss, at=JUNE)
    [(_, _, text), _] = told()

    assert "Skriv den på nytt" not in text
    assert f"/slusstad/projects/{town.project.pk}/\n" in text


def test_whoever_writes_for_somebody_is_not_told_of_it(town):
    other = person_as(Role.ADMINISTRATOR, town.organisation)
    application = town.granted("Odling", idea__applicant_name="Kim Alm", idea__contact=None)
    project = begin(application.pk, at=DECIDED)
    town.reports(project, by=town.boss, told_by="Kim Alm")
    assert readers(told()) == [other.pk]
