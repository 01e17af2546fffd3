"""The rows that organisations add to the term list join texts in the search."""

from datetime import timedelta

import pytest
from django.utils import timezone

from idesluss.ideas.models import TermRow
from idesluss.ideas.usecases.terms import add_term, bring_back_term, remove_term
from idesluss.insight.search import finding, follow
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from idesluss.records.usecases import note
from tests.factories import NOON, OrganisationFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def boss():
    return person_as(Role.ADMINISTRATOR, OrganisationFactory())


@pytest.fixture
def danish(searchable):
    """A case in words that nobody here would ask with, in an index built at NOON."""
    case = sluice_case(
        title="Hvirvelplads ved havnen", need="Alle vil prøve.", visibility="public", language="da"
    )
    follow.follow(NOON)
    return case


def add(boss, sv="snurris", da="hvirvelplads"):
    there = boss.appointments.get().organisation_id
    return add_term(there, {"sv": sv, "da": da}, by=boss, at=NOON)


def find(text):
    asked = finding.Asked(text, "sv")
    return [it.thing for it in finding.find(asked, None, at=timezone.now()).found]


def folder():
    return follow.current(follow.home())


def test_a_new_word_joins_two_texts_a_minute_later_and_parts_them_when_it_goes(danish, boss):
    assert find("snurris") == []
    row = add(boss)
    follow.follow(NOON + MINUTE)
    assert find("snurris") == [danish]
    remove_term(row.pk, by=boss, at=NOON)
    follow.follow(NOON + 2 * MINUTE)
    assert find("snurris") == []
    bring_back_term(row.pk, by=boss, at=NOON)
    follow.follow(NOON + 3 * MINUTE)
    assert find("snurris") == [danish]


def test_many_changes_build_the_index_once_a_minute(danish, boss):
    first = folder()
    add(boss)
    follow.follow(NOON + 30 * SECOND)
    assert (folder(), follow.state_of(first).stale) == (first, True)
    add(boss, sv="gluggis", da="gluggehjørne")
    follow.follow(NOON + MINUTE - SECOND)
    assert folder() == first
    follow.follow(NOON + MINUTE)
    second = folder()
    assert (second != first, follow.state_of(second).stale) == (True, False)
    follow.follow(NOON + 2 * MINUTE)
    assert folder() == second


def test_meanwhile_it_is_asked_with_the_rows_that_the_index_was_made_with(danish, boss):
    """The index holds numbers of rows: with others, they would mean something else."""
    add(boss, sv="gluggis", da="gluggehjørne")
    add(boss)
    follow.follow(NOON + MINUTE)
    other = person_as(Role.ADMINISTRATOR, OrganisationFactory())
    remove_term(boss_row(boss), by=boss, at=NOON)
    add(other, sv="pirris", da="pirreplads")
    follow.follow(NOON + MINUTE + SECOND)  # too soon: the index stays, with its rows
    finding.forget()
    assert find("snurris") == [danish]
    assert find("pirris") == []
    kept = (folder() / follow.TERMS).read_text()
    assert kept.splitlines() == [
        "gluggis · gluggehjørne · - · - · -",
        "snurris · hvirvelplads · - · - · -",
    ]


def boss_row(boss):
    rows = boss.appointments.get().organisation.term_rows
    return rows.get(sv="gluggis").pk


def test_a_row_that_comes_and_goes_between_two_turns_builds_nothing(danish, boss):
    first = folder()
    remove_term(add(boss).pk, by=boss, at=NOON)
    follow.follow(NOON + MINUTE)
    assert (folder(), follow.state_of(first).stale) == (first, False)


def test_a_row_whose_line_comes_late_is_not_passed_over(danish, boss):
    row = add(boss)
    line = Entry.objects.get(verb="ideas.term_added")
    number = line.pk
    Entry.objects.filter(pk=number).update(id=-number)  # its transaction has not ended yet
    TermRow.objects.filter(pk=row.pk).update(removed_at=NOON, removed_by=boss)
    note("people.invited", about=boss, by=None, at=NOON)
    follow.follow(NOON + SECOND)
    assert not follow.state_of(folder()).stale
    Entry.objects.filter(pk=-number).update(id=number)
    TermRow.objects.filter(pk=row.pk).update(removed_at=None)
    follow.follow(NOON + MINUTE)
    assert find("snurris") == [danish]


def test_an_index_without_its_list_of_rows_has_none(danish, boss):
    (folder() / follow.TERMS).unlink()
    finding.forget()
    assert find("hvirvelplads") == [danish]
    add(boss)
    follow.follow(NOON + MINUTE)
    assert find("snurris") == [danish]
