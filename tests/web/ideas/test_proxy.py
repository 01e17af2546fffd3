"""What others said is written down for them, and posters lead to a door."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
import typst
import zxingcpp
from django.urls import reverse
from PIL import Image

from idesluss.ideas.models import Idea, Poster
from idesluss.ideas.usecases.codes import sign_in_with
from idesluss.ideas.usecases.guests import Guest
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.posters import make_poster, retire_poster
from idesluss.ideas.usecases.proxy import Note, TooManyNotes, enter, enter_all, token_of
from idesluss.ideas.vocab import Channel
from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.papers import posters as papers
from idesluss.papers import typeset as typesetting
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    DoorFactory,
    OrganisationFactory,
    PersonFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
NEED = "Vi springer efter lyften."


@pytest.fixture
def door():
    return DoorFactory(organisation__invented=True)


@pytest.fixture
def staff(door):
    return person_as(Role.EMPLOYEE, door.organisation)


def note(text=NEED, **guest):
    return Note(Given(need=text), Guest(**guest))


def where(name, door, *more):
    return reverse(f"ideas:{name}", args=[door.organisation.slug, *(more or (door.slug,))])


def test_the_giver_stays_the_owner_and_follows_with_the_code(door, staff):
    slip = enter(door, note(name="Karin"), token="t", by=staff, at=NOON, channel=Channel.PAPER)
    idea = Idea.objects.get()
    giver = idea.involvements.get().person
    assert (giver.name, giver.guest, idea.entered_by, idea.channel) == (
        "Karin",
        True,
        staff,
        "paper",
    )
    assert sign_in_with(slip.code, at=NOON) == giver
    assert not Idea.objects.owned_by(staff).exists()


def test_a_colleagues_address_makes_it_theirs_without_a_code(door, staff):
    anna = person_as(Role.EMPLOYEE, door.organisation, email="anna@slusstad.example")
    slip = enter(
        door,
        note(mail="Anna@slusstad.example"),
        token="t",
        by=staff,
        at=NOON,
        channel=Channel.PHONE,
    )
    assert (slip.code, Idea.objects.owned_by(anna).count()) == ("", 1)


def test_the_address_of_somebody_elsewhere_opens_nothing_of_theirs(door, staff):
    elsewhere = PersonFactory(email="anna@annan.example")
    enter(door, note(mail="anna@annan.example"), token="t", by=staff, at=NOON, channel=Channel.TALK)
    assert not Idea.objects.owned_by(elsewhere).exists()


def test_the_same_form_twice_is_one_case(door, staff):
    first, again = (
        enter(door, note(), token="t", by=staff, at=NOON, channel=Channel.PAPER) for _ in range(2)
    )
    assert (first, Idea.objects.count()) == (again, 1)


def test_only_those_who_belong_here_write_down_for_others(door):
    outsider = person_as(Role.COACH, OrganisationFactory())
    with pytest.raises(NotAllowed):
        enter(door, note(), token="t", by=outsider, at=NOON, channel=Channel.PAPER)


def test_twenty_notes_of_a_workshop_are_twenty_cases_with_a_slip_each(door, staff):
    notes = [note(f"Lapp {n}") for n in range(20)]
    slips = enter_all(door, notes, token="t", by=staff, at=NOON, channel=Channel.WORKSHOP)
    assert len({slip.code for slip in slips}) == Idea.objects.count() == 20


def test_notes_are_handed_in_all_or_none(door, staff):
    with pytest.raises(TooLong):
        enter_all(
            door,
            [note(), note("x" * 5000)],
            token="t",
            by=staff,
            at=NOON,
            channel=Channel.WORKSHOP,
        )
    assert not Idea.objects.exists()


@pytest.mark.parametrize(("count", "refusal"), [(0, Missing), (201, TooManyNotes)])
def test_there_are_some_notes_and_not_too_many(door, staff, count, refusal):
    with pytest.raises(refusal):
        enter_all(door, [note()] * count, token="t", by=staff, at=NOON, channel=Channel.WORKSHOP)


def test_the_same_table_later_changes_nothing(door, staff):
    token = token_of(b"Behov\nLyften\n")
    asked = {"token": token, "by": staff, "channel": Channel.SHEET}
    enter_all(door, [note()], at=NOON, **asked)
    with pytest.raises(AlreadyDone):
        enter_all(door, [note()], at=NOON + timedelta(days=1), **asked)
    assert Idea.objects.count() == 1


def test_a_paper_form_is_written_down_and_its_slip_is_shown(client, door, staff):
    client.force_login(staff)
    assert client.get(reverse("ideas:proxy", args=[door.organisation.slug])).status_code == 200
    form = client.get(where("proxy_one", door)).context["signed"]
    bad = client.post(where("proxy_one", door), {"form": form, "channel": "paper", "need": ""})
    assert bad.status_code == 422
    done = client.post(
        where("proxy_one", door),
        {"form": form, "channel": "paper", "need": NEED, "name": "Karin", "reach": ""},
    )
    assert done.url == where("slips", door)
    slip = client.get(done.url, headers=ENGLISH).content.decode()
    assert Idea.objects.get().register_number in slip
    assert client.post(done.url).url == reverse("ideas:proxy", args=[door.organisation.slug])
    assert client.get(where("slips", door)).status_code == 302


def test_a_workshops_notes_are_looked_over_first(client, door, staff):
    client.force_login(staff)
    url = where("proxy_notes", door)
    shown = client.post(url, {"notes": "- Lyften\n- Vantar"})
    assert (shown.status_code, Idea.objects.count()) == (200, 0)
    done = client.post(
        url, {"notes": "- Lyften\n- Vantar", "do": "take", "form": shown.context["signed"]}
    )
    assert done.url == where("slips", door)
    assert list(Idea.objects.order_by("id").values_list("need", "channel")) == [
        ("Lyften", "workshop"),
        ("Vantar", "workshop"),
    ]


def test_wrong_notes_are_told_and_nothing_is_written(client, door, staff):
    client.force_login(staff)
    notes = "Lyften saknas\n/Anna, ingen adress\n\nVantar"
    shown = client.post(where("proxy_notes", door), {"notes": notes, "do": "take"})
    assert (shown.status_code, Idea.objects.count()) == (422, 0)
    assert [row for row, _, _ in shown.context["problems"]] == [1]


def test_a_table_is_previewed_and_what_was_previewed_is_taken_in(client, door, staff):
    unit = UnitFactory(organisation=door.organisation, name="Omsorgen")
    client.force_login(staff)
    url = where("proxy_table", door)

    def table(text):
        file = BytesIO(text.encode())
        file.name = "behov.csv"
        return file

    wrong = client.post(url, {"file": table("Behov;Enhet\nLyften;Skolan\n")}, headers=ENGLISH)
    assert wrong.status_code == 422
    assert "There is no unit called “Skolan”" in wrong.content.decode()
    shown = client.post(url, {"file": table("Behov;Enhet;Antal\nLyften;omsorgen;12\n")})
    assert (shown.status_code, Idea.objects.count()) == (200, 0)
    done = client.post(url, {"kept": shown.context["kept"], "do": "take"})
    assert done.url == where("slips", door)
    idea = Idea.objects.get()
    assert (idea.need, idea.unit, idea.how_many, idea.channel) == ("Lyften", unit, 12, "sheet")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_a_file_that_is_no_table_is_refused_at_its_field(client, door, staff, content):
    client.force_login(staff)
    file = BytesIO(content)
    file.name = "behov.csv"
    answer = client.post(where("proxy_table", door), {"file": file})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_an_outsider_finds_no_page_for_writing_down(client, door):
    client.force_login(person_as(Role.COACH, OrganisationFactory()))
    assert client.get(where("proxy_one", door)).status_code == 404


# ── Posters ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def coach(door):
    return person_as(Role.COACH, door.organisation)


def poster(door, coach, **more):
    asked = {"unit": None, "challenge": None, "words": "Vad skaver?"} | more
    return make_poster(door, by=coach, at=NOON, **asked)


def test_a_posters_code_is_read_back_and_leads_to_the_door_with_the_unit(
    client, door, coach, monkeypatch
):
    unit = UnitFactory(organisation=door.organisation)
    made = poster(door, coach, unit=unit)
    monkeypatch.setattr(papers, "typeset", as_picture)
    picture = papers.poster_pdf(
        made, f"https://ideer.example{where('poster_link', door, made.key)}"
    )
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    path = read.text.removeprefix("https://ideer.example")
    answer = client.get(path)
    assert answer.url == f"{where('door', door)}?poster={made.key}&unit={unit.pk}"


def as_picture(template, page):
    """What the printer makes of the document."""
    folder = typesetting.TEMPLATES
    return typst.compile(
        folder / template,
        root=folder,
        font_paths=[typesetting.FONTS],
        ignore_system_fonts=True,
        format="png",
        ppi=100,
        sys_inputs={"page": typesetting.json.dumps(page)},
    )


@pytest.mark.parametrize("name", ["poster_pdf", "paper_form"])
def test_what_is_printed_is_a_tagged_document(client, door, coach, name):
    client.force_login(coach)
    made = poster(door, coach, words="")
    args = (made.pk,) if name == "poster_pdf" else (door.slug,)
    answer = client.get(where(name, door, *args))
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as document:
        assert len(document.pages) == 1
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "sv-SE"


def test_a_poster_out_of_use_leads_to_the_door_alone(client, door, coach):
    made = poster(door, coach, unit=UnitFactory(organisation=door.organisation))
    retire_poster(made.pk, by=coach, at=NOON)
    answer = client.get(where("poster_link", door, made.key.upper()))
    assert answer.url == f"{where('door', door)}?poster={made.key}"
    with pytest.raises(AlreadyDone):
        retire_poster(made.pk, by=coach, at=NOON)


def test_posters_are_made_listed_and_taken_out_of_use_on_pages(client, door, coach):
    client.force_login(coach)
    add = reverse("ideas:poster_add", args=[door.organisation.slug])
    assert client.post(add, {"door": door.pk, "words": "x" * 200}).status_code == 422
    assert client.post(add, {"door": door.pk, "words": "Vad skaver?"}).status_code == 302
    made = Poster.objects.get()
    assert client.get(where("poster_retire", door, made.pk)).status_code == 200
    assert client.post(where("poster_retire", door, made.pk)).status_code == 302
    made.refresh_from_db()
    assert made.retired_at
    page = client.get(reverse("ideas:posters", args=[door.organisation.slug]), headers=ENGLISH)
    assert "1 poster is out of use." in page.content.decode()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.COACH, True),
        (Role.MANAGER, True),
        (Role.ADMINISTRATOR, True),
        (Role.EMPLOYEE, False),
        (Role.REGISTRAR, False),
        (Role.ASSESSOR, False),
    ],
)
def test_who_makes_posters(client, door, role, may):
    person = person_as(role, door.organisation)
    client.force_login(person)
    page = client.get(reverse("ideas:posters", args=[door.organisation.slug]))
    assert page.status_code == (200 if may else 404)
    if not may:
        with pytest.raises(NotAllowed):
            poster(door, person)


def test_a_poster_is_for_a_unit_and_a_challenge_of_its_own_place(door, coach):
    with pytest.raises(NotAllowed):
        poster(door, coach, unit=UnitFactory())
    with pytest.raises(TooLong):
        poster(door, coach, words="x" * 161)


@pytest.mark.list_page("ideas:posters")
def test_the_list_of_posters_asks_as_often_for_three_as_for_one(client, door, coach, count_queries):
    client.force_login(coach)
    page = reverse("ideas:posters", args=[door.organisation.slug])
    unit = UnitFactory(organisation=door.organisation)

    def add(n):
        for _ in range(n):
            poster(door, coach, unit=unit)

    assert count_queries(lambda: client.get(page), add) <= 8
