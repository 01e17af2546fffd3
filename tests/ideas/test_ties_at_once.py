"""Two people act on the same cases at the same moment: nothing is lost, nothing is done twice."""

import pytest

from idesluss.ideas.models import Finding, Idea, Masking, Support
from idesluss.ideas.usecases.findings import change_finding
from idesluss.ideas.usecases.givers import invitation_link, take_code
from idesluss.ideas.usecases.masking import mask
from idesluss.ideas.usecases.merging import merge
from idesluss.ideas.usecases.supporting import support
from idesluss.logic.merging import fingerprints
from idesluss.people.models import Person
from idesluss.programmes.vocab import Visibility
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
