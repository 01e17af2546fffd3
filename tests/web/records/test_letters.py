"""Letters are read and seen to by those who look after them, and by nobody else."""

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone

from idesluss.funding.models import Application
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.insight.reads.letters import CASES
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.records.models import Letter
from idesluss.records.usecases import note, write_letter
from tests.factories import (
    ApplicationFactory,
    OrganisationFactory,
    PersonFactory,
    declare,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db
OFFICES = {Role.ADMINISTRATOR, Role.REGISTRAR}


@pytest.fixture
def town():
    return OrganisationFactory(slug="slusstad")


def signed_in(person):
    client = Client(headers={"accept-language": "sv"})
    client.force_login(person)
    return client


def letter_about(thing, organisation, *, to="anna@slusstad.example", subject="Beslut", kind="x"):
    with transaction.atomic():
        entry = note(
            "test.told", about=thing, by=None, at=timezone.now(), organisation_id=organisation.pk
        )
    return write_letter(
        kind=kind,
        person_id=1,
        to=to,
        subject=subject,
        text="Hej <b>Anna</b>!\n",
        language="sv",
        at=timezone.now(),
        entry=entry,
    )


@pytest.mark.parametrize("role", list(Role))
def test_only_offices_of_the_organisation_see_its_letters(town, role):
    letter = letter_about(town, town)
    client = signed_in(person_as(role, town))
    shown = client.get("/slusstad/mail/")
    assert ("Beslut" in shown.text) == (role in OFFICES)
    assert client.get(f"/slusstad/mail/{letter.pk}/").status_code == (
        200 if role in OFFICES else 404
    )
    stranger = signed_in(person_as(role, OrganisationFactory()))
    assert stranger.get("/slusstad/mail/").status_code == 404
    assert stranger.get(f"/slusstad/mail/{letter.pk}/").status_code == 404


def test_a_letter_about_a_case_is_shut_with_the_case(town):
    application = ApplicationFactory(
        stage="received", round__programme__organisation=town, idea__title="Hemlig"
    )
    boss = person_as(Role.ADMINISTRATOR, town)
    letters = [
        letter_about(application, town, subject="Hemlig 1"),
        letter_about(application.idea, town, subject="Hemlig 2"),
    ]
    client = signed_in(boss)
    assert client.get("/slusstad/mail/").text.count("Hemlig") == 2

    declare(application.idea, boss, ConflictState.DECLARED)
    page = client.get("/slusstad/mail/").text
    assert "Hemlig" not in page
    assert "Inga brev än" in page
    assert [client.get(f"/slusstad/mail/{one.pk}/").status_code for one in letters] == [404, 404]


def test_a_letter_about_a_project_is_shut_with_its_case(town):
    application = ApplicationFactory(stage="testing", round__programme__organisation=town)
    project = Project.objects.create(idea=application.idea, changed_at=timezone.now())
    boss = person_as(Role.ADMINISTRATOR, town)
    letter = letter_about(project, town, subject="Rapport")
    client = signed_in(boss)
    assert client.get(f"/slusstad/mail/{letter.pk}/").status_code == 200
    declare(application.idea, boss, ConflictState.DECLARED)
    assert client.get(f"/slusstad/mail/{letter.pk}/").status_code == 404


def test_whatever_belongs_to_a_case_is_known_to_do_so():
    """Else a letter about a new kind of thing would be open to whom its case is shut."""
    of_a_case = {Idea, Application, Project}
    noted = {
        model
        for model in apps.get_models()
        if "idesluss" in model.__module__
        and hasattr(model, "organisation_id")
        and any(field.related_model in of_a_case for field in model._meta.fields)
    }
    assert noted
    assert {model._meta.label_lower for model in noted | of_a_case} <= set(CASES)


def test_a_daily_letter_that_tells_of_a_shut_case_is_shut_too(town):
    shut, other = (
        ApplicationFactory(stage="received", round__programme__organisation=town) for _ in "ab"
    )
    boss = person_as(Role.ADMINISTRATOR, town)
    facts = {"kind": "daily", "person_id": 1, "to": "anna@slusstad.example", "text": "-"}
    for case in (shut, other):
        daily = write_letter(
            subject=f"Nyheter {case.pk}",
            language="sv",
            organisation_id=town.pk,
            at=timezone.now(),
            **facts,
        )
        for about in (case, town):
            told = letter_about(about, town, subject="Nyhet", kind="accepted")
            Letter.objects.filter(pk=told.pk).update(state="gathered", told_in=daily)
    client = signed_in(boss)
    page = client.get("/slusstad/mail/").text
    assert page.count("Nyheter") == 2
    told = Letter.objects.filter(told_in__isnull=False).first()
    where = f'href="/slusstad/mail/{told.told_in_id}/"'
    assert where in client.get(f"/slusstad/mail/{told.pk}/").text

    declare(shut.idea, boss, ConflictState.DECLARED)
    page = client.get("/slusstad/mail/").text
    assert f"Nyheter {other.pk}" in page
    assert f"Nyheter {shut.pk}" not in page


def test_letters_about_ones_own_application_are_not_looked_after_by_oneself(town):
    application = ApplicationFactory(stage="received", round__programme__organisation=town)
    boss = person_as(Role.ADMINISTRATOR, town)
    involve(application.idea, boss, Part.OWNER)
    letter = letter_about(application, town)
    assert signed_in(boss).get(f"/slusstad/mail/{letter.pk}/").status_code == 404


def test_sign_in_codes_are_never_shown(town):
    letter = letter_about(town, town, subject="Din kod är 123456", kind="people.code")
    client = signed_in(person_as(Role.ADMINISTRATOR, town))
    assert "123456" not in client.get("/slusstad/mail/").text
    assert client.get(f"/slusstad/mail/{letter.pk}/").status_code == 404


def test_a_letter_that_failed_can_be_sent_again_or_marked_as_told(town):
    failed, printed = letter_about(town, town), letter_about(town, town, to="")
    Letter.objects.filter(pk=failed.pk).update(state="failed", last_error="550")
    client = signed_in(person_as(Role.ADMINISTRATOR, town))

    assert "2 brev behöver dig" in client.get("/slusstad/mail/").text
    shown = client.get("/slusstad/mail/?show=trouble")
    assert shown.context["page"].paginator.count == 2

    client.post(f"/slusstad/mail/{failed.pk}/", {"do": "send"})
    client.post(f"/slusstad/mail/{printed.pk}/", {"do": "told"})
    failed.refresh_from_db()
    printed.refresh_from_db()
    assert (failed.state, printed.state) == ("queued", "sent")
    assert "Hej &lt;b&gt;Anna&lt;/b&gt;!" in client.get(f"/slusstad/mail/{printed.pk}/").text


def test_a_letter_on_its_way_is_left_alone(town):
    letter = letter_about(town, town)
    client = signed_in(person_as(Role.ADMINISTRATOR, town))
    for do in ("send", "told", "x"):
        client.post(f"/slusstad/mail/{letter.pk}/", {"do": do})
    letter.refresh_from_db()
    assert letter.state == "queued"


@pytest.mark.list_page("records:mail")
def test_the_list_asks_as_many_questions_for_three_letters_as_for_one(town, count_queries):
    client = signed_in(person_as(Role.ADMINISTRATOR, town))
    application = ApplicationFactory(
        stage="received", round__programme__organisation=town, owner=PersonFactory()
    )

    def add(n):
        for _ in range(n):
            letter_about(application, town)

    assert count_queries(lambda: client.get("/slusstad/mail/"), add) == 7
