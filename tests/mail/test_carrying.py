"""What the owner of a draft that was left behind is told."""

from datetime import timedelta

import pytest

from idesluss.jobs.deliver import deliver
from idesluss.jobs.drafts import show_the_way_on
from idesluss.people.models import MailPreference
from idesluss.people.vocab import MailWish, Role
from idesluss.records.models import Entry, Letter
from idesluss.records.vocab import LetterState
from idesluss.site.wiring import SCHEDULE
from tests.factories import ApplicationFactory, OrganisationFactory, RoundFactory, person_as

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KIND = "funding.can_go_on"


@pytest.fixture
def draft():
    here = OrganisationFactory(slug="slusstad", name="Slusstad")
    first = RoundFactory(programme__organisation=here, name="2027:1", flows_on=True)
    RoundFactory(
        programme=first.programme,
        name="2027:2",
        opens_at=first.closes_at,
        closes_at=first.closes_at + 60 * DAY,
    )
    anna = person_as(Role.EMPLOYEE, here, name="Anna Ek", email="anna@slusstad.example")
    return ApplicationFactory(round=first, owner=anna, idea__title="Elcykel")


def letters(draft, at):
    """Deliver, twice over."""
    assert show_the_way_on(at) == 1
    for _ in range(2):
        while deliver(at):
            pass
        Entry.objects.update(delivered_at=None)
    return Letter.objects.filter(kind=KIND)


def test_the_letter_says_where_the_draft_can_go_and_leads_to_it(draft):
    [letter] = letters(draft, draft.round.closes_at)

    assert (letter.to, letter.subject) == (
        "anna@slusstad.example",
        "Ditt utkast kan gå vidare till 2027:2",
    )
    said = letter.text.replace("\xa0", " ")
    assert "2027:1 har stängt, och ditt utkast ”Elcykel” lämnades inte in." in said
    assert "Det kan gå vidare till 2027:2, som är öppen till" in said
    assert f"/slusstad/applications/{draft.pk}/\n" in said


def test_it_waits_for_the_daily_letter_unless_it_is_turned_off(draft):
    [letter] = letters(draft, draft.round.closes_at)
    assert letter.state == LetterState.HELD


def test_whoever_has_turned_it_off_is_not_told_by_mail(draft):
    anna = draft.idea.involvements.get().person
    MailPreference.objects.create(person=anna, kind=KIND, wish=MailWish.NEVER.value)
    [letter] = letters(draft, draft.round.closes_at)
    assert letter.state == LetterState.UNWANTED


def test_a_draft_without_a_title_is_told_of_all_the_same(draft):
    draft.idea.title = ""
    draft.idea.save()
    [letter] = letters(draft, draft.round.closes_at)
    assert "2027:1 har stängt, och ditt utkast lämnades inte in." in letter.text


def test_the_clock_does_it():
    assert show_the_way_on in [work.do for work in SCHEDULE]
