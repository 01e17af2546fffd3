"""Handing in at a door: three questions, nothing lost, nothing twice, and a receipt."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Arrival, Challenge, Idea
from idesluss.ideas.usecases.drafting import drafts_of
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door
from idesluss.web.ideas.views.door import TOKEN
from tests.factories import DoorFactory, PersonFactory, UnitFactory, person_as

pytestmark = pytest.mark.django_db
NEED = "Det är mörkt på vägen till skolan."
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def door():
    return DoorFactory(audience="residents", slug="invanare", visibility="public")


@pytest.fixture
def staff(door):
    return person_as(Role.EMPLOYEE, door.organisation, name="Eva Ek")


def url(door, page="door"):
    return reverse(f"ideas:{page}", args=[door.organisation.slug, door.slug])


def written(client, where, *, seconds=60, **fields):
    """The form as it stands after somebody has written for a while."""
    said = signing.loads(client.get(where).context["signed"], salt=TOKEN)
    said["since"] = (timezone.now() - timedelta(seconds=seconds)).isoformat()
    return {"need": NEED, "form": signing.dumps(said, salt=TOKEN), **fields}


def send(client, where, **fields):
    return client.post(where, written(client, where, **fields), headers=ENGLISH)


def test_the_first_three_questions_are_enough_and_the_receipt_has_a_code(client, door):
    answer = send(client, url(door), for_whom="Barnen", reach="ann@ek.example")
    assert answer.url == url(door, "thanks")
    idea = Idea.objects.get()
    giver = idea.involvements.get().person
    assert (idea.need, idea.for_whom, idea.visibility) == (NEED, "Barnen", "public")
    assert (giver.guest, giver.reach_mail, giver.name) == (True, "ann@ek.example", "")
    thanks = client.get(answer.url)
    page = thanks.content.decode()
    assert idea.register_number in page
    assert door.receiver.name in page
    assert thanks["Cache-Control"] == "no-store"
    code = thanks.context["code"]
    assert code not in answer.url
    found = client.post("/follow/", {"code": code})
    assert found.url == reverse("ideas:case", args=[door.organisation.slug, idea.pk])


def test_the_receipt_is_there_for_ten_minutes_until_the_code_is_noted(client, door, monkeypatch):
    where = send(client, url(door)).url
    assert client.get(where).status_code == 200
    assert client.get(where).status_code == 200
    other = DoorFactory(programme=door.programme, organisation=door.organisation)
    assert client.get(url(other, "thanks")).url == "/follow/"
    assert client.post(where).url == url(door)
    assert client.get(where).url == "/follow/"
    send(client, url(door), need="Mer")
    later = timezone.now() + timedelta(minutes=10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert client.get(where).url == "/follow/"
    assert client.session.get("sluice_thanks") is None


def test_a_double_click_is_one_case_with_one_code(client, door):
    fields = written(client, url(door))
    codes = set()
    for _ in range(2):
        codes.add(client.get(client.post(url(door), fields).url).context["code"])
    assert (Idea.objects.count(), Person.objects.filter(guest=True).count()) == (1, 1)
    assert len(codes) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"need": " "}, "need"),
        ({"reach": "ring mig"}, "reach"),
        ({"how_many": "många"}, "how_many"),
        ({"title": "x" * 161}, "title"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field_and_everything_is_kept(
    client, door, wrong, field
):
    kept = {"for_whom": "Barnen", "name": "Ann Ek", "evidence": "Jag såg det", "secret": "Nej"}
    answer = send(client, url(door), **kept | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    for words in {**kept, **wrong}.values():
        assert words in page
    assert "<details" in page
    assert Idea.objects.count() == 0


def test_a_door_that_closes_meanwhile_keeps_what_was_typed(client, door):
    fields = written(client, url(door))
    Door.objects.update(closed_at=timezone.now())
    answer = client.post(url(door), fields, headers=ENGLISH)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert NEED in page
    assert "What you have written is kept" in page
    closed = client.get(url(door), headers=ENGLISH).content.decode()
    assert "This way in is closed" in closed
    assert "<textarea" not in closed


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Min mamma har demens och går vilse.", "somebody is ill"),
        ("Ring 811228-9874.", "personal number"),
    ],
)
def test_a_text_that_gives_somebody_away_is_handed_in_when_one_insists(client, door, text, hint):
    answer = send(client, url(door), need=text)
    assert answer.status_code == 422
    assert hint in answer.content.decode()
    assert text in answer.content.decode()
    assert Idea.objects.count() == 0
    assert send(client, url(door), need=text, anyway="yes").status_code == 302
    assert Idea.objects.get().need == text


def test_whoever_is_signed_in_is_not_asked_who_they_are(client, door, staff):
    client.force_login(staff)
    page = client.get(url(door))
    assert "Eva Ek" in page.content.decode()
    assert not {"reach", "name"} & set(page.context["form"].fields)
    thanks = client.get(send(client, url(door)).url)
    assert "code" not in thanks.context
    assert Idea.objects.owned_by(staff).exists()


def test_a_door_for_employees_asks_outsiders_to_sign_in_and_keeps_what_they_wrote(client, staff):
    door = DoorFactory(organisation=staff.appointments.get().organisation, signed_in=True)
    assert client.get(url(door)).url == f"/account/sign-in/?next={url(door)}"
    client.force_login(staff)
    fields = written(client, url(door))
    client.logout()
    assert client.post(url(door), fields).status_code == 302
    client.force_login(staff)
    assert NEED in client.get(url(door)).content.decode()
    client.force_login(PersonFactory())
    assert client.get(url(door)).status_code == 404


def test_outsiders_are_warned_that_it_is_public_and_employees_are_not_asked_for_secrets(client):
    pages = {}
    for audience in ("staff", "residents", "associations", "companies"):
        answer = client.get(url(DoorFactory(audience=audience)), headers=ENGLISH)
        pages[audience] = "public record" in answer.content.decode()
        assert ("secret" in answer.context["form"].fields) is (audience != "staff")
    assert pages == {"staff": False, "residents": True, "associations": True, "companies": True}


@pytest.mark.parametrize(
    ("width", "offered"),
    [
        ("closed", None),
        ("inside", ["closed", "inside"]),
        ("public", ["closed", "inside", "public"]),
    ],
)
def test_nobody_can_show_more_than_the_door_allows(client, width, offered):
    door = DoorFactory(visibility=width)
    fields = client.get(url(door)).context["form"].fields
    for name in ("visibility", "name_shown"):
        assert (name in fields) is (offered is not None)
        if offered:
            assert [value for value, _ in fields[name].choices] == offered
    assert send(client, url(door), visibility="public").status_code == (
        422 if width == "inside" else 302
    )


def challenge(door, **fields):
    now = timezone.now()
    return Challenge.objects.create(
        programme=door.programme,
        owner=door.receiver,
        posed_by=door.receiver,
        posed_at=now,
        **{
            "title": "Hitta hem",
            "slug": f"u{Challenge.objects.count()}",
            "text": "Vilse?",
            "opens_at": now - timedelta(days=1),
            "public": True,
            "audiences": ["residents"],
        }
        | fields,
    )


def test_a_posters_link_fills_in_unit_and_challenge(client, door):
    unit, asked = UnitFactory(organisation=door.organisation), challenge(door)
    where = f"{url(door)}?unit={unit.pk}&challenge={asked.pk}&poster=1"
    page = client.get(where)
    assert "Hitta hem" in page.content.decode()
    assert page.context["form"].initial["unit"] == unit.pk
    assert page.context["form"]["unit"].value() == unit.pk
    send(client, where, unit=unit.pk, challenge=asked.pk, way="poster")
    idea = Idea.objects.get()
    assert (idea.unit, idea.challenge, idea.channel) == (unit, asked, "poster")


def test_presets_that_are_not_for_this_door_are_left_out(client, door):
    elsewhere = challenge(DoorFactory(audience="residents"))
    wrong = [
        elsewhere,
        challenge(door, audiences=["staff"]),
        challenge(door, opens_at=None),
        challenge(door, closes_at=timezone.now() - timedelta(hours=1)),
        challenge(door, public=False),
    ]
    for number in [*(it.pk for it in wrong), "x", "9" * 30, "-1", "²"]:
        page = client.get(f"{url(door)}?challenge={number}&unit={UnitFactory().pk}")
        assert page.context["visit"].challenge is None
        assert page.context["form"].initial["unit"] is None
    assert send(client, url(door), challenge=elsewhere.pk).status_code == 302
    assert Idea.objects.get().challenge is None


def test_somebody_signed_in_saves_and_goes_on_later(client, door, staff):
    client.force_login(staff)
    saved = send(client, url(door), need="", title="Ljus", then="save")
    draft = drafts_of(staff).get()
    assert saved.url == f"{url(door)}?draft={draft.pk}"
    assert 'value="Ljus"' in client.get(saved.url).content.decode()
    send(client, saved.url, need="Mörkt", title="Ljus", then="save", draft=draft.pk)
    assert drafts_of(staff).get().need == "Mörkt"
    answer = send(client, saved.url, draft=draft.pk)
    assert answer.url == url(door, "thanks")
    idea = Idea.objects.get()
    assert (idea.pk, idea.stage, idea.need) == (draft.pk, "received", NEED)
    assert client.get(saved.url).status_code == 404


def test_a_guests_draft_waits_behind_a_code(client, door):
    saved = send(client, url(door), need="Halvt", then="save")
    page = client.get(saved.url)
    assert page.context["is_draft"]
    code = page.context["code"]
    client.post("/follow/", {"code": code})
    draft = Idea.objects.get()
    where = f"{url(door)}?draft={draft.pk}"
    assert where in client.get("/follow/").content.decode()
    assert "Halvt" in client.get(where).content.decode()
    send(client, where, draft=draft.pk)
    assert (Idea.objects.count(), Idea.objects.get().stage) == (1, "received")


def test_an_empty_draft_is_not_saved_and_anothers_is_not_found(client, door, staff):
    client.force_login(staff)
    assert send(client, url(door), need="", then="save").status_code == 422
    send(client, url(door), then="save")
    client.force_login(PersonFactory())
    assert client.get(f"{url(door)}?draft={Idea.objects.get().pk}").status_code == 404


def test_more_than_the_limit_from_one_place_is_held_back_with_the_same_thanks(client, door):
    Door.objects.update(hourly_limit=2)
    pages = [client.get(send(client, url(door), need=f"Nr {n}").url) for n in range(3)]
    assert [it.context["idea"] is None for it in pages] == [False, False, True]
    assert all(it.context["code"] for it in pages)
    arrival = Arrival.objects.get(state="waiting")
    assert (arrival.reason, arrival.text) == ("flood", "Nr 2")
    other = send(client, url(DoorFactory(audience="residents")))
    assert (other.status_code, Arrival.objects.filter(state="waiting").count()) == (302, 1)


def test_each_person_who_is_signed_in_is_counted_alone(client, door, staff):
    Door.objects.update(hourly_limit=1)
    for person in (staff, person_as(Role.EMPLOYEE, door.organisation)):
        client.force_login(person)
        send(client, url(door))
    assert Idea.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "reason"), [({"website": "http://x"}, "trap"), ({"seconds": 2}, "fast")]
)
def test_what_no_person_does_is_held_back(client, door, fields, reason):
    assert send(client, url(door), **fields).url == url(door, "thanks")
    assert (Arrival.objects.get().reason, Idea.objects.count()) == (reason, 0)


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_a_form_that_is_not_ours_is_held_back(client, door, token):
    client.post(url(door), {"need": NEED, "form": token})
    assert Arrival.objects.get().reason == "fast"


def test_a_shared_device_keeps_nothing_of_the_one_before(client, door):
    where = url(door, "kiosk")
    page = client.get(where)
    html = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert html.count('autocomplete="off"') > 5
    assert 'autocomplete="email"' not in html
    assert "data-keep" not in html
    assert 'value="save"' not in html
    thanks = client.get(send(client, where, reach="ann@ek.example").url)
    html = thanks.content.decode()
    assert thanks["Refresh"] == f"60; url={where}"
    longer = client.get(f"{url(door, 'thanks')}?longer")
    assert longer["Refresh"] == f"600; url={where}"
    after = client.get(where).content.decode()
    assert (thanks["Cache-Control"], Idea.objects.get().channel) == ("no-store", "kiosk")
    assert client.get(url(door, "thanks")).url == "/follow/"
    assert NEED not in after
    assert "ann@ek.example" not in after
    assert dict(client.session.items()) == {}


def test_nobody_stays_signed_in_on_a_shared_device(client, door, staff):
    client.force_login(staff)
    page = client.get(url(door, "kiosk"))
    assert "<textarea" not in page.content.decode()
    out = client.post("/account/sign-out/", {"next": url(door, "kiosk")})
    assert out.url == url(door, "kiosk")
    assert "<textarea" in client.get(out.url).content.decode()


def test_a_door_for_the_signed_in_has_no_shared_device(client):
    assert client.get(url(DoorFactory(signed_in=True), "kiosk")).status_code == 404


def test_what_is_typed_is_never_markup(client, door):
    door.welcome = "<script>alert(1)</script> [a](javascript:alert(1))"
    door.save()
    nasty = '"><img src=x onerror=alert(1)>'
    page = send(client, url(door), need=nasty, reach="fel", title=nasty).content.decode()
    assert "<img" not in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_the_form_asks_the_database_little(client, door, django_assert_max_num_queries):
    client.get(url(door))
    with django_assert_max_num_queries(8):
        client.get(url(door))
