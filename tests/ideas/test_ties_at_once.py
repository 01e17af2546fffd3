"""Two people act on the same cases at the same moment: nothing is lost, nothing is done twice."""

import pytest

from idesluss.ideas.models import Alike, Finding, Idea, Masking, Support
from idesluss.ideas.usecases.alike import Near, keep_alike, set_apart
from idesluss.ideas.usecases.findings import change_finding
from idesluss.ideas.usecases.givers import invitation_link, take_code
from idesluss.ideas.usecases.masking import mask
from idesluss.ideas.usecases.merging import merge
from idesluss.ideas.usecases.supporting import support
from idesluss.logic.merging import fingerprints
from idesluss.people.models import Person
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Entry
from tests.factories import NOON, sluice_case
from tests.ideas.ties import guest, pair
from tests.people.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(person):
    """The person as another request has them."""
    return Person.objects.get(pk=person.pk)


def test_two_cases_merged_into_each_other_leave_one_that_goes_on():
    one, other = pair()
    coach = one.responsible

    def into(ends, stays):
        return lambda: merge(ends.pk, stays.pk, answer="Samma", by=fresh(coach), at=NOON)

    refused = at_once(into(one, other), into(other, one))
    assert refused.count(None) == 1
    assert sorted(Idea.objects.values_list("stage", flat=True)) == ["merged", "received"]


def test_me_too_pressed_twice_counts_once():
    idea, person = sluice_case(visibility=Visibility.PUBLIC.value), guest()
    refused = at_once(
        *[lambda: support(idea.pk, "Ja", by=fresh(person), at=NOON) for _ in range(2)]
    )
    assert refused == [None, None]
    assert Support.objects.count() == 1


def test_somebody_who_edits_while_it_is_masked_does_not_bring_the_words_back():
    idea = sluice_case()
    coach = idea.responsible
    finding = Finding.objects.create(
        idea=idea, kind="interview", head="Rum 4", text="Bo Ek har cancer.", by=coach, at=NOON
    )

    seen = fingerprints({"text": finding.text})

    def edit():
        wanted = {"text": "Bo Ek har cancer. Och värk."}
        change_finding(finding.pk, wanted, seen=seen, by=fresh(coach), at=NOON)

    def cover():
        mask(idea.pk, "Bo Ek har cancer", reason="Sjukdom", by=fresh(coach), at=NOON)

    at_once(edit, cover)
    finding.refresh_from_db()
    assert "cancer" not in finding.text
    assert Masking.objects.count() == 1


def test_the_link_of_an_invitation_pressed_twice_gives_one_code():
    person = guest()
    link = invitation_link(person.pk, asked_at=NOON)
    refused = at_once(*[lambda: take_code(link, at=NOON) for _ in range(2)])
    assert refused.count(None) == 1
    assert person.follow_up_codes.count() == 1


def test_two_coaches_who_judge_a_pair_at_once_leave_one_word_or_one_case():
    """One says that the two are not the same, the other joins them."""
    ends, stays = pair()
    keep_alike({ends.pk: [Near(stays.pk, 0.4, [("lampa", "lampa")])]}, at=NOON)
    [likely] = Alike.objects.all()
    coach = ends.responsible

    def apart():
        set_apart(likely.pk, reason="Olika platser", by=fresh(coach), at=NOON)

    def join():
        merge(ends.pk, stays.pk, answer="Samma", by=fresh(coach), at=NOON)

    refused = at_once(apart, join)
    ends.refresh_from_db()
    likely.refresh_from_db()
    assert refused[1] is None
    assert ends.stage == "merged"
    assert (likely.set_apart_at is not None) == (refused[0] is None)


def test_a_pair_set_apart_by_two_at_once_keeps_the_first_reason():
    one, other = pair()
    keep_alike({one.pk: [Near(other.pk, 0.4, [("lampa", "lampa")])]}, at=NOON)
    [likely] = Alike.objects.all()
    coach = one.responsible
    told = ("Olika platser", "Olika saker")
    refused = at_once(
        *[lambda it=it: set_apart(likely.pk, reason=it, by=fresh(coach), at=NOON) for it in told]
    )
    assert refused == [None, None]
    likely.refresh_from_db()
    assert likely.reason in told
    lines = Entry.objects.filter(verb="ideas.set_apart")
    assert [it.data["reason"] for it in lines] == [likely.reason] * 2  # one about each case
