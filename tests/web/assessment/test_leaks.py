"""A conflict of interest shuts a case in every page, list, count, export and file there is."""

import io
import zipfile
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Decision
from idesluss.ideas.models import Attachment
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from idesluss.records.usecases import note, write_letter
from tests.architecture.addresses import addresses, is_ours
from tests.factories import (
    AppointmentFactory,
    MeetingFactory,
    PersonFactory,
    PotFactory,
    SeatFactory,
    declare,
    involve,
)
from tests.web.assessment.world import NUMBER, TITLE, assessor, case, client_of, judge, world

pytestmark = pytest.mark.django_db

FILE = "Hemlig bilaga"


@pytest.fixture
def it():
    """A case with everything that could leak, and an open one beside it."""
    it = world()
    it.other = case(it.round, title="Öppen idé", number="INN 2099/0001", stage="deciding")
    it.idea.stage = "deciding"
    it.idea.save()
    assessor(it, "Bo Bedömare", locked=True)
    PotFactory(programme=it.round.programme, year=it.round.project_year)
    meeting = MeetingFactory(round=it.round)
    for application in (it.application, it.other):
        Decision.objects.create(meeting=meeting, application=application)
    it.paper = Attachment(
        idea=it.idea,
        name=f"{FILE}.pdf",
        content_type="application/pdf",
        size=3,
        sha256="x",
        added_by=it.owner,
        added_at=timezone.now(),
    )
    it.paper.file.save("paper", ContentFile(b"%PDF"), save=True)
    with transaction.atomic():
        entry = note("ideas.accepted", about=it.idea, by=it.administrator, at=timezone.now())
        write_letter(
            kind="accepted",
            person_id=it.owner.pk,
            to="siv@slusstad.example",
            subject=f"{NUMBER} är komplett",
            text=f"{TITLE} är komplett.",
            language="sv",
            at=timezone.now(),
            entry=entry,
        )
    return it


def everything_at_once(it):
    """Somebody with every office there is, who declares a conflict in the one case."""
    person = PersonFactory(name="Alla Roller")
    for role in Role:
        AppointmentFactory(person=person, organisation=it.here, role=role.value)
    SeatFactory(body=it.round.programme.body, person=person, chair=True)
    for idea in (it.idea, it.other.idea):
        involve(idea, person, Part.ASSESSOR)
        judge(
            Assessment.objects.create(
                idea=idea, round=it.round, assessor=person, assigned_at=timezone.now()
            )
        )
    declare(it.other.idea, person, ConflictState.CLEAR)
    return person


def arguments(it):
    """What an address may ask for, so that it is about the shut case wherever it can be."""
    return {
        "org": "slusstad",
        "slug": "hosten",
        "pk": it.application.pk,
        "number": it.paper.pk,
        "step": "need",
    }


def urls(it):
    """Every address of ours that these arguments reach, with and without a query."""
    known = arguments(it)
    for address in addresses():
        if not is_ours(address.view) or address.name.startswith("demo:"):
            continue
        wanted = [key for key in known if f":{key}>" in address.pattern]
        try:
            yield reverse(address.name, kwargs={key: known[key] for key in wanted})
        except NoReverseMatch:
            continue


def everything_said(response):
    """The whole answer as text, streams and zipped sheets too."""
    raw = b"".join(response) if response.streaming else response.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as sheets:
            raw = b"\n".join(sheets.read(name) for name in sheets.namelist())
    return raw.decode("utf-8", "replace") + str(dict(response.headers))


def found_in(client, it):
    """Which addresses say something of the shut case."""
    leaks = {}
    for url in urls(it):
        response = client.get(url)
        said = everything_said(response)
        assert response.status_code < 500, url
        told = [word for word in (TITLE, NUMBER, FILE, NUMBER.replace("/", "%2F")) if word in said]
        if told:
            leaks[url] = told
    return leaks


def test_before_the_conflict_the_case_is_everywhere(it):
    person = everything_at_once(it)
    declare(it.idea, person, ConflictState.CLEAR)

    found = set(found_in(client_of(person), it))

    case = f"/slusstad/applications/{it.application.pk}"
    assert {
        "/slusstad/rounds/hosten/handle/",
        "/slusstad/rounds/hosten/ranking/",
        "/slusstad/rounds/hosten/declare/",
        "/slusstad/rounds/hosten/meeting/",
        "/slusstad/rounds/hosten/export.csv",
        "/slusstad/rounds/hosten/export.xlsx",
        "/slusstad/assess/",
        "/slusstad/mail/",
        f"{case}/check/",
        f"{case}/history/",
        f"{case}/conflicts/",
        f"{case}/scores/",
        f"{case}/print/",
    } <= found
    assert f"/slusstad/files/{it.paper.pk}/" in found


@pytest.mark.parametrize("state", [ConflictState.DECLARED, ConflictState.DECIDED])
def test_after_it_the_case_is_nowhere(it, state):
    person = everything_at_once(it)
    declare(it.idea, person, state)

    assert found_in(client_of(person), it) == {}


def test_one_who_applies_sees_their_own_side_and_no_other(it):
    person = everything_at_once(it)
    involve(it.idea, person, Part.CO_APPLICANT)

    found = {url.removeprefix("/slusstad/") for url in found_in(client_of(person), it)}

    own = {url for url in found if url.startswith(("applications/", "files/"))}
    office = ("check/", "history/", "conflicts/", "scores/", "assess/", "handle/", "meeting/")
    assert found - own <= {"", "applications/"}
    assert not [url for url in found if url.endswith(office)]


@pytest.mark.parametrize(
    "query",
    [f"?text={TITLE}", f"?text={NUMBER}", "?stage=deciding", "?waiting=decision", "?sort=asked"],
)
def test_no_search_and_no_filter_finds_it(it, query):
    person = everything_at_once(it)
    declare(it.idea, person, ConflictState.DECLARED)

    page = client_of(person).get(f"/slusstad/rounds/hosten/handle/{query}")

    assert it.application not in [row.application for row in page.context["rows"]]
    assert f'href="/slusstad/applications/{it.application.pk}/' not in page.text


def test_no_number_counts_it(it):
    person = everything_at_once(it)
    client = client_of(person)
    before = client.get("/slusstad/rounds/hosten/handle/").context["figures"]
    declare(it.idea, person, ConflictState.DECLARED)
    after = client.get("/slusstad/rounds/hosten/handle/").context["figures"]

    assert (before.received, after.received) == (2, 1)
    assert before.asked["SEK"] - after.asked["SEK"] == it.application.asked_minor
    assert [it.name for it in after.departments] == [""]
    assert isinstance(it.paper.pk, UUID)
