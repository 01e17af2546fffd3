import pytest

from idesluss.funding.models import Decision
from idesluss.funding.reads.agenda import agenda_of
from idesluss.funding.reads.minutes import minutes_of
from idesluss.funding.usecases import recommend
from idesluss.funding.usecases.meeting import AlreadyReleased
from idesluss.funding.usecases.recommend import Proposed, Recommended
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.outcomes import MoreThanAsked
from idesluss.logic.refusals import ChangedMeanwhile, NotAllowed
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import declare, person_as
from tests.funding.meeting import AFTER, LATER, decided_room, room

pytestmark = pytest.mark.django_db


def opened(*asked):
    here = room()
    for number, kronor in enumerate(asked, start=1):
        here.case(f"Förslag {number}", kronor)
    here.open()
    return here


def propose(here, *rows, by=None):
    """Each row is (case, kronor or None, what stood there in kronor or None)."""
    proposed = [
        Proposed(here.decision(case).pk, *(None if it is None else it * 100 for it in sums))
        for case, *sums in rows
    ]
    return recommend(here.meeting.pk, proposed=proposed, by=by or here.administrator, at=LATER)


def test_the_office_proposes_a_sum_for_each_case_and_the_choice_stays_the_bodys():
    here = opened(60_000, 40_000)
    first, second = here.cases

    result = propose(here, (first, 50_000, None), (second, 0, None))

    assert result == Recommended(saved=[here.decision(it).pk for it in here.cases])
    rows = Decision.objects.order_by("pk").values_list("recommended_minor", "outcome", "version")
    assert list(rows) == [(50_000_00, "", 0), (0, "", 0)]
    entries = Entry.objects.filter(verb="funding.recommended").order_by("id")
    assert [entry.data for entry in entries] == [
        {"recommended_minor": 50_000_00, "currency": "SEK"},
        {"recommended_minor": 0, "currency": "SEK"},
    ]
    assert {entry.organisation_id for entry in entries} == {here.organisation.pk}


def test_the_same_sum_again_leaves_no_trace_and_an_empty_field_takes_it_away():
    here = opened(60_000)
    [case] = here.cases
    propose(here, (case, 50_000, None))

    assert propose(here, (case, 50_000, 50_000)) == Recommended()
    assert propose(here, (case, None, 50_000)).saved == [here.decision(case).pk]
    assert here.decision(case).recommended_minor is None
    assert Entry.objects.filter(verb="funding.recommended").count() == 2


def test_more_than_was_asked_for_and_what_others_changed_are_refused_and_the_rest_is_saved():
    here = opened(60_000, 40_000, 10_000)
    first, second, third = here.cases
    propose(here, (second, 30_000, None))

    result = propose(here, (first, 60_001, None), (second, 20_000, None), (third, 10_000, None))

    assert result.refused == {
        here.decision(first).pk: MoreThanAsked(),
        here.decision(second).pk: ChangedMeanwhile(),
    }
    assert result.saved == [here.decision(third).pk]
    assert here.decision(second).recommended_minor == 30_000_00


def test_a_sum_that_nobody_asked_for_can_be_anything():
    here = opened(None)
    [case] = here.cases
    assert propose(here, (case, 1_000_000, None)).saved == [here.decision(case).pk]


def test_a_case_that_is_shut_to_the_administrator_is_not_theirs_to_propose():
    here = opened(60_000)
    [case] = here.cases
    declare(case.idea, here.administrator, ConflictState.DECLARED)

    result = propose(here, (case, 1, None))

    assert result.refused == {here.decision(case).pk: NotAllowed()}
    assert here.decision(case).recommended_minor is None


def test_only_those_who_prepare_the_meeting_propose():
    here = opened(60_000)
    [case] = here.cases
    declare(case.idea, here.members[1], ConflictState.CLEAR)
    for person in (here.members[1], person_as(Role.EMPLOYEE, here.organisation)):
        with pytest.raises(NotAllowed):
            propose(here, (case, 1, None), by=person)
    assert not Entry.objects.filter(verb="funding.recommended").exists()


def test_after_the_release_nothing_is_proposed_any_more():
    here = decided_room()
    here.release()
    with pytest.raises(AlreadyReleased):
        propose(here, (here.cases[0], 1, None))


def test_what_was_proposed_stands_in_the_minutes():
    here = decided_room()
    propose(here, (here.cases[0], 55_000, None))

    agenda = agenda_of(here.fresh(), here.administrator, at=AFTER)

    proposed = [item["recommended_minor"] for item in minutes_of(agenda, at=AFTER)["items"]]
    assert proposed == [55_000_00, None, None]
