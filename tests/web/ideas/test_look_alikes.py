"""What is like it: told while one writes, asked before it is handed in, shown to who has it."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Arrival, Challenge, FollowUpCode, Idea, Support
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.web.ideas.alike import Seen, code_of
from idesluss.web.ideas.views.door import TOKEN
from tests.factories import DoorFactory, PersonFactory, person_as
from tests.insight.alike_world import TITLE, WRITTEN, danish_test, door_with_others, shown

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
SWEDISH = {"accept-language": "sv"}
HTMX = {**SWEDISH, "hx-request": "true"}
OTHER = "Hissen på biblioteket luktar illa när det regnar."


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def door():
    return door_with_others(slug="invanare")


@pytest.fixture
def staff(door):
    return person_as(Role.EMPLOYEE, door.organisation, name="Eva Ek")


def url(door, page="door"):
    return reverse(f"ideas:{page}", args=[door.organisation.slug, door.slug])


def written(client, where, **fields):
    """The form as it stands after somebody has written for a while."""
    said = signing.loads(client.get(where, headers=SWEDISH).context["signed"], salt=TOKEN)
    said["since"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    return {"need": WRITTEN, "form": signing.dumps(said, salt=TOKEN), **fields}


def send(client, where, **fields):
    return client.post(where, written(client, where, **fields), headers=SWEDISH)


def again(client, answer, **fields):
    """Send the step on, as its page holds it."""
    context = answer.context
    held = {it.html_name: it.value() or "" for it in context["form"]}
    held |= {"form": context["signed"], "alike": context["seen"]}
    return client.post(answer.request["PATH_INFO"], {**held, **fields}, headers=SWEDISH)


def look(client, where, **fields):
    return client.post(where, {"need": WRITTEN, "then": "look", **fields}, headers=HTMX)


def titles(answer):
    rows = answer.context["rows"]
    return [(it[0] if isinstance(it, tuple) else it).thing for it in rows]


# ── While one writes ────────────────────────────────────────────────────────────────────────────


def test_while_one_writes_a_finished_test_elsewhere_is_told_of_with_its_result_and_why(
    client, door, searchable
):
    project = danish_test()
    searchable()
    answer = look(client, url(door))
    page = answer.content.decode()
    assert titles(answer) == [project]
    for words in (
        "Vi sparede 300 stole på et år.",
        "Lyngby",
        "Dansk",
        f'href="/{project.idea.programme.organisation.slug}/projects/{project.pk}/"',
        "<mark>møbler</mark>",
        'lang="da"',
        'aria-live="polite"',
    ):
        assert words in page
    assert "<h1" not in page
    assert Idea.objects.filter(need=WRITTEN).count() == 0


def test_a_parked_case_is_told_of_with_the_first_sentence_of_its_reason(client, door, searchable):
    shown(door, stage="parked", answer="Det finns **inget lager** just nu. Vi ses nästa år.")
    searchable()
    page = look(client, url(door)).content.decode()
    assert "Det finns inget lager just nu." in page
    assert "nästa år" not in page


@pytest.mark.parametrize(
    "fields", [{"need": OTHER}, {"need": "Möbler"}, {"need": ""}, {"need": "?" * 99}]
)
def test_nothing_is_said_when_there_is_nothing(client, door, searchable, fields):
    shown(door)
    searchable()
    assert look(client, url(door), **fields).status_code == 204


def test_what_is_shown_already_is_not_sent_again_and_goes_when_it_is_alike_no_more(
    client, door, searchable
):
    shown(door)
    searchable()
    first = look(client, url(door))
    seen = {"alike": first.context["seen"], "differs": "Bara skolor"}
    assert look(client, url(door), **seen).status_code == 204
    gone = look(client, url(door), need=OTHER, **seen)
    page = gone.content.decode()
    assert (gone.status_code, titles(gone)) == (200, [])
    assert '<input type="hidden" name="differs" value="Bara skolor">' in page


def test_a_title_is_enough(client, door, searchable):
    case = shown(door)
    searchable()
    assert titles(look(client, url(door), need="", title="Återbruk av gamla möbler")) == [case]


@pytest.mark.parametrize("page", ["door", "kiosk"])
def test_whoever_writes_is_told_of_what_they_may_read_and_of_nothing_else(
    client, door, staff, searchable, page
):
    public = shown(door, title=TITLE)
    shown(door, title="Inne: återbruk av möbler", visibility="inside")
    shown(door, title="Stängd: återbruk av möbler", visibility="closed")
    searchable()
    answer = look(client, url(door, page))
    assert titles(answer) == [public]
    html = answer.content.decode()
    assert "Inne" not in html
    assert "Stängd" not in html
    public.visibility = "closed"
    public.save()
    assert look(client, url(door, page)).status_code == 204
    client.force_login(staff)
    if page == "door":
        inside = titles(look(client, url(door, page)))
        assert [it.title for it in inside] == ["Inne: återbruk av möbler"]


def test_a_shared_device_leads_nowhere_else(client, door, searchable):
    shown(door)
    searchable()
    assert "<a href" not in look(client, url(door, "kiosk")).content.decode()
    page = send(client, url(door, "kiosk"))
    html = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert f"/cases/{Idea.objects.get(title=TITLE).pk}/" not in html
    assert 'data-idle="180"' in html


def test_the_challenge_and_the_need_that_it_is_for_are_not_told_of(client, door, searchable):
    now = timezone.now()
    challenge = Challenge.objects.create(
        programme=door.programme, owner=door.receiver, posed_by=door.receiver, posed_at=now,
        title=TITLE, slug="mobler", text="Vi slänger möbler.", opens_at=now - timedelta(days=1),
        public=True, audiences=["residents"],
    )  # fmt: skip
    need = shown(door, kind="need")
    searchable()
    assert {type(it) for it in titles(look(client, url(door)))} == {Challenge, Idea}
    where = f"{url(door)}?need={need.pk}&challenge={challenge.pk}"
    about = {"challenge": challenge.pk}
    assert look(client, where, **about).status_code == 204
    assert send(client, where, **about).status_code == 302
    handed_in = Idea.objects.get(need=WRITTEN)
    assert (handed_in.challenge, handed_in.answers_to) == (challenge, need)


@pytest.mark.parametrize(("signed_in", "number"), [(False, 3), (True, 8)])
def test_the_box_asks_the_database_little(
    client, door, staff, searchable, count_queries, signed_in, number
):
    if signed_in:
        client.force_login(staff)

    def more(n):
        for _ in range(n):
            shown(door)
        searchable()

    assert count_queries(lambda: look(client, url(door)), more) == number


# ── The step ────────────────────────────────────────────────────────────────────────────────────


def test_nothing_alike_is_handed_in_at_once(client, door, searchable):
    shown(door)
    searchable()
    assert send(client, url(door), need=OTHER).url == url(door, "thanks")


def test_without_an_index_everything_is_handed_in_at_once(client, door, searchable):
    shown(door)
    assert send(client, url(door)).url == url(door, "thanks")


def test_what_is_like_something_is_asked_about_first_with_everything_kept(client, door, searchable):
    case, project = shown(door), danish_test()
    searchable()
    kept = {"for_whom": "Skolorna", "name": "Ann", "title": "Stolar", "reach": "ann@ek.example"}
    answer = send(client, url(door), **kept)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert set(titles(answer)) == {case, project}
    for words in (WRITTEN, *kept.values()):
        assert f'value="{words}"' in page
    assert not Idea.objects.filter(need=WRITTEN).exists()
    assert [it.way for it, *_ in answer.context["rows"]].count("join") == 1


def test_what_was_told_beside_the_form_is_not_asked_about_again(client, door, searchable):
    shown(door)
    searchable()
    seen = look(client, url(door)).context["seen"]
    assert send(client, url(door), alike=seen).status_code == 302
    assert not Idea.objects.get(need=WRITTEN).messages.exists()


def test_mine_differs_is_kept_as_a_note_that_only_those_who_handle_it_read(
    client, door, searchable
):
    shown(door)
    shown(door, title="Hemligt återbruk av möbler", visibility="inside")
    searchable()
    step = send(client, url(door))
    assert again(client, step, differs="Vår gäller *skolor*.", go="on").url == url(door, "thanks")
    idea = Idea.objects.get(need=WRITTEN)
    note = idea.messages.get()
    assert (note.inside, note.text.splitlines()[0]) == (
        True, "Den som lämnade in fick se det som liknar det:",
    )  # fmt: skip
    assert note.text.endswith("Vår gäller *skolor*.")
    assert TITLE in note.text
    assert "Hemligt" not in note.text
    case = reverse("ideas:case", args=[door.organisation.slug, idea.pk])
    assert "skolor" not in client.get(case).content.decode()
    client.force_login(door.receiver)
    assert "<em>skolor</em>" in client.get(case).content.decode()


def test_a_note_names_nothing_that_only_the_giver_may_read(client, door, staff, searchable):
    shown(door, title="Hemligt återbruk av möbler", visibility="inside")
    searchable()
    client.force_login(staff)
    again(client, send(client, url(door)), differs="Skolor.", go="on")
    note = Idea.objects.get(need=WRITTEN).messages.get()
    assert "Hemligt" not in note.text
    assert "/cases/" not in note.text


def test_going_on_without_a_word_leaves_no_note(client, door, searchable):
    shown(door)
    searchable()
    assert again(client, send(client, url(door)), go="on").status_code == 302
    assert not Idea.objects.get(need=WRITTEN).messages.exists()


def test_one_can_change_the_text_and_is_not_asked_twice_about_the_same(client, door, searchable):
    shown(door)
    searchable()
    form = again(client, send(client, url(door)), then="change", title="Stolar")
    assert (form.status_code, form.context["form"]["title"].value()) == (200, "Stolar")
    assert not Idea.objects.filter(need=WRITTEN).exists()
    sent = again(client, form)
    assert sent.url == url(door, "thanks")


def test_new_words_that_are_like_something_else_are_asked_about(client, door, searchable):
    shown(door)
    cycles = shown(door, title="Cykelpool", need="Hemtjänsten delar elcyklar mellan grupper.")
    searchable()
    step = send(client, url(door))
    other = again(client, step, need="Låt hemtjänsten dela elcyklar mellan sina grupper.")
    assert (other.status_code, titles(other)) == (200, [cycles])
    same = again(client, other, need=WRITTEN)
    assert same.status_code == 302


def test_the_step_sent_twice_is_one_case_with_one_note(client, door, searchable):
    shown(door)
    searchable()
    step = send(client, url(door))
    for _ in range(2):
        assert again(client, step, differs="Skolor.", go="on").url == url(door, "thanks")
    assert Idea.objects.get(need=WRITTEN).messages.count() == 1


def test_a_test_elsewhere_is_referred_to(client, door, searchable):
    project = danish_test()
    searchable()
    step = send(client, url(door))
    assert "refer" in [it.way for it, *_ in step.context["rows"]]
    again(client, step, refers=code_of(project))
    note = Idea.objects.get(need=WRITTEN).messages.get().text
    assert "Den som lämnade in hänvisar till det som redan finns:" in note
    assert f"/projects/{project.pk}/>" in note


def test_what_has_ended_here_is_referred_to_and_not_joined(client, door, searchable):
    shown(door, stage="declined")
    searchable()
    [(one, *_)] = send(client, url(door)).context["rows"]
    assert (one.way, one.came) == ("refer", "Vi har redan en sådan lösning.")


def test_a_text_that_gives_somebody_away_is_warned_of_first_and_once(client, door, searchable):
    shown(door, title="Återbruk av möbler till demenssjuka")
    searchable()
    text = f"Min mamma har demens. {WRITTEN}"
    assert send(client, url(door), need=text).status_code == 422
    step = send(client, url(door), need=text, anyway="yes")
    assert 'name="anyway" value="yes"' in step.content.decode()
    assert again(client, step, go="on", anyway="yes").status_code == 302


def test_what_a_program_filled_in_is_held_back_with_its_note(client, door, searchable):
    shown(door)
    searchable()
    again(client, send(client, url(door)), differs="Skolor.", go="on", website="http://x")
    arrival = Arrival.objects.get()
    assert arrival.reason == "trap"
    assert arrival.fields["aside"].endswith("Skolor.")


def test_a_draft_is_saved_without_being_asked(client, door, staff, searchable):
    shown(door)
    searchable()
    client.force_login(staff)
    assert "draft=" in send(client, url(door), then="save").url


@pytest.mark.parametrize("nonsense", ["", "x", "9" * 30, "-1", "²", "7", "800000"])
def test_numbers_of_nothing_do_no_harm(client, door, searchable, nonsense):
    shown(door)
    searchable()
    for button in ("mine", "joins", "refers"):
        step = send(client, url(door))
        answer = again(client, step, **{button: nonsense, "alike": "tampered"})
        assert answer.status_code in (200, 302)
    assert Support.objects.count() == 0


# ── That is mine too ────────────────────────────────────────────────────────────────────────────


def joined(client, door, case, **fields):
    step = send(client, url(door), **fields)
    code = code_of(case)
    return again(client, step, joins=code, **{f"reason_{code}": "Hos oss också"})


def test_that_is_mine_too_beside_the_form_leads_to_its_reason(client, door, searchable):
    case = shown(door)
    searchable()
    seen = look(client, url(door)).context["seen"]
    step = send(client, url(door), alike=seen, mine=code_of(case))
    assert [opened for *_, opened in step.context["rows"]] == [True]
    assert [reason for _, reason, _ in step.context["rows"]] == [WRITTEN]


def test_what_fewer_may_read_is_not_put_forward_as_a_reason(client, door, searchable):
    shown(door)
    searchable()
    step = send(client, url(door), visibility="closed")
    assert [reason for _, reason, _ in step.context["rows"]] == [""]


def test_somebody_without_account_joins_with_a_receipt_and_a_code(client, door, searchable):
    case = shown(door)
    searchable()
    answer = joined(client, door, case, name="Ann Ek", reach="ann@ek.example")
    assert answer.url == url(door, "thanks")
    receipt = client.get(answer.url, headers=ENGLISH)
    page = receipt.content.decode()
    there = Support.objects.get()
    assert (there.idea, there.reason, there.person.reach_mail) == (
        case, "Hos oss också", "ann@ek.example",
    )  # fmt: skip
    assert not Idea.objects.filter(need=WRITTEN).exists()
    for words in ("you have joined it", case.register_number, case.title, "data-forget"):
        assert words in page
    assert receipt["Cache-Control"] == "no-store"
    client.post("/follow/", {"code": receipt.context["code"]})
    assert client.session["_auth_user_id"] == str(there.person.pk)


def test_joining_twice_by_one_form_is_one_me_too_with_one_code(client, door, searchable):
    case = shown(door)
    searchable()
    step, code = send(client, url(door)), code_of(case)
    codes = {client.get(again(client, step, joins=code).url).context["code"] for _ in range(2)}
    assert (Support.objects.count(), FollowUpCode.objects.count(), len(codes)) == (1, 1, 1)
    assert Person.objects.filter(guest=True, supports__isnull=False).count() == 1


def test_whoever_goes_back_after_joining_hands_in_as_the_same_guest(client, door, searchable):
    case = shown(door)
    searchable()
    step = send(client, url(door))
    again(client, step, joins=code_of(case))
    again(client, step, go="on")
    mine = Idea.objects.get(need=WRITTEN)
    assert mine.involvements.get().person == Support.objects.get().person


def test_an_employee_joins_without_a_code_and_sees_the_case(client, door, staff, searchable):
    case = shown(door, visibility="inside")
    searchable()
    client.force_login(staff)
    receipt = client.get(joined(client, door, case).url, headers=ENGLISH)
    assert Support.objects.get().person == staff
    assert "code" not in receipt.context
    assert reverse("ideas:case", args=[door.organisation.slug, case.pk]) in (
        receipt.content.decode()
    )


def test_a_shared_device_joins_and_is_free_for_the_next_one(client, door, searchable):
    case = shown(door)
    searchable()
    step = send(client, url(door, "kiosk"))
    receipt = client.get(again(client, step, joins=code_of(case)).url)
    assert Support.objects.count() == 1
    assert receipt["Refresh"] == f"60; url={url(door, 'kiosk')}"
    client.get(url(door, "kiosk"))
    assert client.get(url(door, "thanks")).url == "/follow/"


def test_ones_own_case_is_told_of_and_not_joined(client, door, staff, searchable):
    case = shown(door, owner=staff)
    searchable()
    client.force_login(staff)
    step = send(client, url(door))
    assert [it.way for it, *_ in step.context["rows"]] == ["own"]
    refused = again(client, step, joins=code_of(case))
    assert refused.status_code == 422
    assert WRITTEN in refused.content.decode()


def test_what_was_closed_meanwhile_is_not_joined_and_says_nothing_of_itself(
    client, door, searchable
):
    case = shown(door)
    searchable()
    step = send(client, url(door))
    Idea.objects.filter(pk=case.pk).update(visibility="closed")
    answer = again(client, step, joins=code_of(case))
    assert (answer.status_code, Support.objects.count()) == (422, 0)
    assert case.title not in answer.content.decode()


def test_too_many_strangers_from_one_place_have_to_wait(client, door, searchable, monkeypatch):
    monkeypatch.setattr("idesluss.web.ideas.views.alike.RATE", "1/h/ip")
    case = shown(door)
    searchable()
    assert joined(client, door, case).status_code == 302
    answer = joined(client, door, case)
    assert answer.status_code == 422
    assert "Hos oss också" in answer.content.decode()
    assert Support.objects.count() == 1


def test_a_receipt_for_what_was_closed_since_does_not_name_it(client, door, searchable):
    case = shown(door)
    searchable()
    where = joined(client, door, case).url
    Idea.objects.filter(pk=case.pk).update(visibility="closed")
    page = client.get(where).content.decode()
    assert case.title not in page
    assert "data-forget" in page


# ── For those who handle the case ───────────────────────────────────────────────────────────────


def case_page(case, page="case"):
    return reverse(f"ideas:{page}", args=[case.programme.organisation.slug, case.pk])


def test_the_coach_sees_what_a_case_looks_like_and_can_put_two_together(client, door, searchable):
    case, other, project = shown(door), shown(door, visibility="closed"), danish_test()
    ended = shown(door, stage="declined")
    searchable()
    client.force_login(door.receiver)
    where = case_page(case, "look_alikes")
    page = client.get(case_page(case)).content.decode()
    assert f'hx-get="{where}"' in page
    assert f'<a href="{where}">' in page
    answer = client.get(where, headers=SWEDISH)
    html = answer.content.decode()
    assert set(titles(answer)) == {other, project, ended}
    assert f'href="{case_page(case, "merge")}?into={other.pk}"' in html
    assert html.count("?into=") == 1
    assert client.get(f"{case_page(case, 'merge')}?into={other.pk}").status_code == 200


def test_only_those_who_handle_it_are_told_what_a_case_looks_like(client, door, staff, searchable):
    case = shown(door)
    searchable()
    where = case_page(case, "look_alikes")
    assert client.get(where).status_code == 302
    owner = case.involvements.get().person
    elsewhere = person_as(Role.COACH, DoorFactory().organisation)
    for person in (staff, PersonFactory(), owner, elsewhere):
        client.force_login(person)
        assert client.get(where).status_code == 404
        assert where not in client.get(case_page(case)).content.decode()


def test_a_registrar_sees_what_it_looks_like_but_puts_nothing_together(client, door, searchable):
    case, _other = shown(door), shown(door)
    searchable()
    client.force_login(person_as(Role.REGISTRAR, door.organisation))
    answer = client.get(case_page(case, "look_alikes"))
    assert len(answer.context["rows"]) == 1
    assert "?into=" not in answer.content.decode()


def test_a_case_like_no_other_says_so(client, door, searchable):
    case = shown(door)
    searchable()
    client.force_login(door.receiver)
    page = client.get(case_page(case, "look_alikes"), headers=ENGLISH).content.decode()
    assert "Nothing that you may see is near enough" in page


@pytest.mark.list_page("ideas:look_alikes")
def test_look_alikes_of_a_case_ask_the_same_of_the_database_however_many(
    client, door, searchable, count_queries
):
    case = shown(door)
    client.force_login(door.receiver)

    def more(n):
        for _ in range(n):
            shown(door)
        searchable()

    assert count_queries(lambda: client.get(case_page(case, "look_alikes")), more) == 8


def test_a_form_that_was_tampered_with_has_seen_nothing():
    assert Seen.read("x") == Seen()
    assert Seen.read(Seen(frozenset({8}), (8,), "ab").write()) == Seen(frozenset({8}), (8,), "ab")
