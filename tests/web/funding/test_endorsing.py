"""The manager's page: read what it asks, answer from a link in a letter, or pass it on."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from idesluss.funding.models import Endorsement
from idesluss.funding.reads.endorsing import is_against
from idesluss.funding.usecases import withdraw, write
from idesluss.funding.usecases.endorse import Reply, answer, pass_on, settle
from idesluss.ideas.vocab import ConflictState
from idesluss.people.vocab import Role
from tests.factories import NOON, AppointmentFactory, OrganisationFactory, declare, person_as
from tests.funding.applying import seen
from tests.funding.endorsing import LAST_DAY, asked, hand_in, place
from tests.web.funding.applicant import text

pytestmark = pytest.mark.django_db
NO = {"do": "answer", "version": "0", "answer": "no", "words": "Vi har inte tid."}


@pytest.fixture
def it(now):
    return asked()


def page(one):
    return reverse("funding:endorse", args=["slusstad", one.pk])


def test_the_page_says_what_it_asks_and_shows_the_application(it, use):
    application = it.application
    application.budget_lines.create(what="Tid", amount_minor=9_000_00, kind="work", hours=30)
    type(application).objects.update(cofinanced_minor=4_000_00, cofinanced_by="Hemtjänsten")

    said = text(use(it.bo).get(page(it.one)))

    assert "What does Hemtjänst say to this?" in said
    assert "Applicant Siv Sökande" in said
    assert "Working time 30 hours (SEK 9,000)" in said.replace("\xa0", " ")
    assert "Paid by others than the fund SEK 4,000 (Hemtjänsten)" in said.replace("\xa0", " ")
    assert "Asked for from the fund SEK 35,000" in said.replace("\xa0", " ")
    assert "Period 2027, until 5 October 2027" in said
    assert "Answer by 25 October 2026 at 11:00. If there is no answer by then, the manager" in said
    assert "Backarna." in said


@pytest.mark.parametrize("wish", ["yes", "limits", "no"])
def test_a_link_in_the_letter_opens_the_page_with_the_answer_chosen(it, use, wish):
    opened = use(it.bo).get(page(it.one), {"answer": wish})

    assert re.findall(r'value="(\w+)"[^>]*checked', opened.text) == [wish]
    assert Endorsement.objects.get().answer == ""


def test_nonsense_in_the_link_chooses_nothing(it, use):
    opened = use(it.bo).get(page(it.one), {"answer": "maybe"})
    assert re.findall(r'value="(\w+)"[^>]*checked', opened.text) == []


def test_an_answer_is_saved_and_shown_again(it, use):
    client = use(it.bo)
    sent = {
        "do": "answer", "version": "0", "answer": "limits", "words": "Inga helger.",
        "hours": "40", "money": "5 000",
    }  # fmt: skip
    assert client.post(page(it.one), sent)["Location"] == page(it.one)

    assert Reply.of(Endorsement.objects.get()) == Reply("limits", "Inga helger.", 40, 5_000_00)
    again = client.get(page(it.one))
    assert "Yes, with limits" in text(again)
    assert "Inga helger.</textarea>" in again.text


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({"answer": "no", "words": "", "hours": "7"}, "This has to be filled in."),
        ({"answer": "", "words": "Utan svar", "hours": "7"}, "This field is required."),
        ({"answer": "yes", "hours": "många", "words": "Ja"}, "Enter a whole number."),
        ({"answer": "yes", "hours": "7", "money": "mycket", "words": "Ja"}, "cannot be read"),
    ],
)
def test_what_is_wrong_comes_back_with_everything_typed(it, use, sent, complaint):
    back = use(it.bo).post(page(it.one), {"do": "answer", "version": "0", **sent})

    assert back.status_code == 422
    assert complaint in text(back)
    assert f"{sent['words']}</textarea>" in back.text
    assert f'value="{sent["hours"]}"' in back.text
    assert Endorsement.objects.get().answer == ""


def test_the_second_of_two_tabs_keeps_what_was_typed_and_may_send_it_again(it, use):
    client = use(it.bo)
    client.post(page(it.one), NO)
    late = client.post(page(it.one), NO | {"answer": "limits", "words": "Högst tio timmar."})

    assert late.status_code == 422
    assert "Somebody else changed this while you were working." in text(late)
    assert "Vi har inte tid." in text(late)  # what is saved now
    assert "Högst tio timmar.</textarea>" in late.text
    assert 'name="version" value="1"' in late.text
    assert Endorsement.objects.get().words == "Vi har inte tid."


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_without_a_version_nothing_is_saved(it, use, version):
    assert use(it.bo).post(page(it.one), NO | {"version": version}).status_code == 422
    assert Endorsement.objects.get().answer == ""


def test_it_is_passed_on_to_a_colleague_by_name_or_address(it, use):
    client = use(it.bo)
    sent = {"do": "pass", "version": "0", "pass-who": "eva LUND", "pass-why": "Hon vet."}
    assert client.post(page(it.one), sent)["Location"] == "/slusstad/endorse/"

    one = Endorsement.objects.get(passed_to=None)
    assert (one.manager, one.unit) == (it.eva, it.ward)
    gone = client.get(page(it.one))
    assert "Eva Lund is asked instead of you since 5 October 2026." in text(gone)
    assert "Backarna." not in gone.text
    assert "Elcykel" not in gone.text


@pytest.mark.parametrize(
    ("who", "why", "complaint"),
    [
        ("Ingen Alls", "Hon vet.", "We find nobody at Slusstad with “Ingen Alls”."),
        ("siv@slusstad.example", "Hon vet.", "Siv Sökande cannot answer for the unit"),
        ("Bo Ek", "Hon vet.", "You are asked already."),
        ("Dubbel Gångare", "Hon vet.", "Several people are called “Dubbel Gångare”."),
        ("Eva Lund", "", "This field is required."),
    ],
)
def test_passing_on_goes_wrong_with_everything_typed(it, use, who, why, complaint):
    for number in (1, 2):
        person_as(Role.EMPLOYEE, it.here, name="Dubbel Gångare", email=f"d{number}@x.example")
    sent = {"do": "pass", "version": "0", "pass-who": who, "pass-why": why}
    back = use(it.bo).post(page(it.one), sent)

    assert back.status_code == 422
    assert complaint in text(back)
    assert f'value="{who}"' in back.text
    assert not Endorsement.objects.exclude(passed_to=None).exists()


def test_an_answer_from_a_page_that_was_passed_on_elsewhere_loses_no_word(it, use):
    client = use(it.bo)
    pass_on(it.one.pk, to=it.eva, why="Hon vet.", version=0, by=it.bo, at=NOON)
    late = client.post(page(it.one), NO)

    assert late.status_code == 422
    assert "What you wrote Vi har inte tid." in text(late)
    assert Endorsement.objects.get(passed_to=None).answer == ""


def test_after_the_day_the_answer_stands(it, use, now):
    answer(it.one.pk, Reply("yes", "Gärna.", 8), version=0, by=it.bo, at=NOON)
    now.at = it.round.closes_at
    said = use(it.bo).get(page(it.one))

    assert "The day for answering has passed, so your answer stands." in text(said)
    assert "Gärna. Pledged: 8 hours." in text(said)
    assert "<textarea" not in said.text


def test_a_late_first_answer_is_welcome(it, use, now):
    now.at = LAST_DAY + timedelta(hours=1)

    assert "The day was 25 October 2026 at 11:00. You can still answer." in text(
        use(it.bo).get(page(it.one))
    )


def test_what_silence_was_taken_for_can_be_put_right_on_the_page(now, use):
    it = asked(silence="no")
    settle(at=LAST_DAY)
    now.at = it.round.closes_at
    said = text(use(it.bo).get(page(it.one)))

    assert "by silence: nobody answered in time" in said
    assert "You can still put it right." in said


def test_a_change_after_the_answer_is_told_to_everybody(it, use, now):
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=NOON)
    write(
        it.application.pk,
        values={"title": "Elcykel och kärra"},
        seen=seen(it.application),
        by=it.owner,
        at=NOON + timedelta(hours=1),
    )
    now.at = NOON + timedelta(hours=2)

    assert "The application has changed since you answered" in text(use(it.bo).get(page(it.one)))
    own = reverse("funding:application", args=["slusstad", it.application.pk])
    assert "Changed after the answer" in text(use(it.owner).get(own))
    check = reverse("funding:check", args=["slusstad", it.application.pk])
    assert "Changed after the answer" in text(use(it.administrator).get(check))


def test_what_is_withdrawn_shows_the_answer_and_takes_no_other(it, use):
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=NOON)
    withdraw(it.application.pk, reason="", by=it.owner, at=NOON)
    client = use(it.bo)

    assert "no longer waits for an answer" in text(client.get(page(it.one)))
    assert client.post(page(it.one), NO | {"version": "1"}).status_code == 422


@pytest.mark.list_page("funding:endorsing")
def test_the_list_asks_the_same_for_three_as_for_one(now, use, count_queries):
    it = place()
    client = use(it.bo)

    def add(number):
        for _ in range(number):
            hand_in(it, title=f"Elcykel {Endorsement.objects.count()}")

    assert count_queries(lambda: client.get("/slusstad/endorse/"), add) <= 8


def test_the_list_shows_what_waits_first_and_what_one_has_answered_after_it(it, use, now):
    second = hand_in(it, title="Nattlampor")
    answer(it.one.pk, Reply("no", "Nej."), version=0, by=it.bo, at=NOON)
    listed = text(use(it.bo).get("/slusstad/endorse/"))

    assert listed.index("Nattlampor Waits for an answer") < listed.index("Elcykel No")
    assert second.idea.register_number in listed


def test_an_empty_list_says_so(it, use):
    assert "Nothing is asked of you" in text(use(it.owner).get("/slusstad/endorse/"))


def test_the_page_asks_at_most_twelve_queries(it, use, django_assert_max_num_queries):
    client = use(it.bo)
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=NOON)
    client.get(page(it.one))
    with django_assert_max_num_queries(12):
        assert client.get(page(it.one)).status_code == 200


def test_the_navigation_leads_there_only_those_who_are_asked(it, use):
    link = 'href="/slusstad/endorse/"'
    assert link in use(it.bo).get("/slusstad/").text
    for person in (it.eva, it.owner, it.administrator):
        assert link not in use(person).get("/slusstad/").text


def test_the_navigation_leads_there_also_who_answers_in_a_managers_place(it, use):
    """Siri manages nobody; Bo has asked her, and she is asked in one organisation only."""
    link = '/endorse/"'
    siri = person_as(Role.EMPLOYEE, it.here, name="Siri Falk")
    elsewhere = OrganisationFactory()
    AppointmentFactory(person=siri, organisation=elsewhere, role=Role.EMPLOYEE.value)
    assert link not in use(siri).get("/slusstad/").text

    pass_on(it.one.pk, to=siri, why="Jag är borta", version=0, by=it.bo, at=NOON)

    assert link in use(siri).get("/slusstad/").text
    assert link not in use(siri).get(f"/{elsewhere.slug}/").text
    assert link not in use(it.bo).get("/slusstad/").text  # asked no more


def test_the_navigation_costs_nobody_a_query(it, use, django_assert_num_queries):
    for person in (it.owner, it.bo):
        client = use(person)
        with django_assert_num_queries(7):
            client.get("/slusstad/")


def test_the_navigation_leads_there_on_the_answer_to_what_is_posted_too(it, use):
    link = '/endorse/"'

    assert link in use(it.bo).post("/slusstad/").text
    assert link not in use(it.owner).post("/slusstad/").text


# --- Other pages -------------------------------------------------------------------------------


def own_page(it, use):
    return text(
        use(it.owner).get(reverse("funding:application", args=["slusstad", it.application.pk]))
    )


def test_the_applicant_sees_where_it_rests_since_when_and_what_silence_means(it, use):
    said = own_page(it, use)

    assert (
        "It rests with Bo Ek since 5 October 2026, to be answered by 25 October 2026 at 11:00. "
        "If there is no answer by then, the manager above is asked."
    ) in said
    assert "Bo Ek was asked as manager, to answer by 25 October 2026" in said


def test_the_applicant_sees_the_answer_and_the_way_it_went(it, use, now):
    new = pass_on(it.one.pk, to=it.eva, why="Hon vet.", version=0, by=it.bo, at=NOON)
    answer(new.pk, Reply("limits", "Inga helger.", 40), version=0, by=it.eva, at=NOON)
    said = own_page(it, use)

    assert "Yes, with limits Eva Lund 5 October 2026 Inga helger. Pledged: 40 hours." in said
    assert "Bo Ek was asked before, until 5 October 2026: Hon vet." in said
    assert "Eva Lund answered as manager: yes, with limits" in said


def test_the_applicant_sees_that_silence_answered(now, use):
    it = asked(silence="no")
    settle(at=LAST_DAY)
    now.at = LAST_DAY
    said = own_page(it, use)

    assert "No by silence: nobody answered in time" in said
    assert "No manager answered in time, which counts as: no" in said


def check_page(it):
    return reverse("funding:check", args=["slusstad", it.application.pk])


def test_the_office_goes_on_against_a_no_only_with_a_reason(it, use):
    answer(it.one.pk, Reply("no", "Vi har inte tid."), version=0, by=it.bo, at=NOON)
    client = use(it.administrator)
    page = client.get(check_page(it))
    assert "No Bo Ek 5 October 2026 Vi har inte tid." in text(page)
    assert [way.name for way in page.context["ways"]][:2] == ["accept_against", "ask"]

    sneaky = client.post(check_page(it), {"do": "accept", "sure": "1"})
    assert sneaky.status_code == 422
    without = client.post(check_page(it), {"do": "accept_against", "accept_against-reason": ""})
    assert without.status_code == 422
    it.application.idea.refresh_from_db()
    assert it.application.idea.stage == "received"

    sent = {"do": "accept_against", "accept_against-reason": "Ledningen vill.", "sure": "1"}
    assert client.post(check_page(it), sent).status_code == 302
    it.application.idea.refresh_from_db()
    assert it.application.idea.stage == "assessing"
    history = client.get(reverse("funding:history", args=["slusstad", it.application.pk]))
    assert "Went on against what a manager says" in text(history)
    assert "Ledningen vill." in text(history)
    assert "No Vi har inte tid." in text(history)


def test_the_office_names_somebody_where_there_is_nobody(now, use):
    it = place()
    for person in (it.bo, it.eva, it.ali):
        person.appointments.update(role="employee")
    it.application = hand_in(it)
    client = use(it.administrator)
    page = client.get(check_page(it))
    assert "There is no manager to ask." in text(page)
    where = reverse("funding:name_manager", args=["slusstad", it.application.pk, it.ward.pk])
    assert f'href="{where}"' in page.text

    wrong = client.post(where, {"who": "Ingen Alls", "why": "Tack!"})
    assert wrong.status_code == 422
    assert 'value="Ingen Alls"' in wrong.text
    assert 'value="Tack!"' in wrong.text
    assert client.post(where, {"who": "Bo Ek", "why": ""})["Location"] == check_page(it)
    assert Endorsement.objects.get().manager == it.bo
    assert "It rests with Bo Ek" in text(client.get(check_page(it)))


def test_what_is_printed_says_what_managers_say(it, use):
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=NOON)
    printed = reverse("funding:print", args=["slusstad", it.application.pk])

    assert "What managers say Hemtjänst Yes Bo Ek" in text(use(it.owner).get(printed))


def test_a_manager_who_has_declared_a_conflict_does_not_find_the_page(it, use):
    declare(it.application.idea, it.bo, ConflictState.DECLARED)

    assert use(it.bo).get(page(it.one)).status_code == 404


@pytest.mark.parametrize("rule", ["escalate", "wait", "yes", "no"])
def test_the_page_asks_for_a_reason_just_when_the_act_does(now, use, rule):
    it = asked(silence=rule)
    it.ali.appointments.all().delete()
    it.eva.appointments.all().delete()
    for at in (NOON, LAST_DAY):
        now.at = at
        settle(at=at)
        names = [way.name for way in use(it.administrator).get(check_page(it)).context["ways"]]
        assert ("accept_against" in names) == is_against(it.application)
        assert ("accept" in names) != is_against(it.application)
