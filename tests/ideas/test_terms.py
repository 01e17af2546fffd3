"""The words of an organisation: rows added, changed, removed, brought back, taken in."""

import pytest

from idesluss.ideas.models import TermRow
from idesluss.ideas.reads.terms import (
    lines_in_force,
    look_at,
    removed_rows,
    rows_of,
    try_words,
)
from idesluss.ideas.usecases import terms
from idesluss.ideas.usecases.terms import (
    BadLines,
    NothingNew,
    SameRow,
    TooManyRows,
    add_term,
    bring_back_term,
    change_term,
    remove_term,
    take_in_terms,
)
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed
from idesluss.logic.text.listing import OneWord
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, OrganisationFactory, person_as

pytestmark = pytest.mark.django_db
BANK = {"sv": "fritidsbank, lånebod", "da": "byttebod", "en": "gear library"}
LINE = "fritidsbank, lånebod · byttebod · - · - · gear library"
BUS = "lekbuss · legebus · lekebuss · leikkibussi · play bus"


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here)


@pytest.fixture
def row(here, boss):
    return add_term(here.pk, BANK, by=boss, at=NOON)


def told():
    return list(Entry.objects.order_by("pk").values_list("verb", "data"))


def test_an_added_row_is_kept_tidy_and_noted(here, boss):
    row = add_term(here.pk, {"sv": " fritidsbank ,lånebod", **BANK}, by=boss, at=NOON)
    assert (row.line, row.added_by, row.added_at) == (LINE, boss, NOON)
    assert str(row) == LINE
    assert told() == [("ideas.term_added", {"row": LINE})]


def test_a_changed_row_says_what_it_said_before(row, boss):
    changed = change_term(row.pk, {**BANK, "da": ""}, seen=0, by=boss, at=NOON)
    after = "fritidsbank, lånebod · - · - · - · gear library"
    assert (changed.line, changed.version) == (after, 1)
    assert told()[1:] == [("ideas.term_changed", {"row": after, "was": LINE})]


def test_a_row_that_says_the_same_is_not_changed(row, boss):
    assert change_term(row.pk, BANK, seen=0, by=boss, at=NOON).version == 0
    assert len(told()) == 1


def test_two_who_change_a_row_do_not_overwrite_each_other(row, boss):
    change_term(row.pk, {**BANK, "fi": "lainaamo"}, seen=0, by=boss, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        change_term(row.pk, {**BANK, "nb": "utstyrssentral"}, seen=0, by=boss, at=NOON)
    remove_term(row.pk, by=boss, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        change_term(row.pk, BANK, seen=2, by=boss, at=NOON)


def test_a_removed_row_is_gone_and_comes_back(row, here, boss):
    remove_term(row.pk, by=boss, at=NOON)
    assert (rows_of(here), removed_rows(here), lines_in_force()) == ([], [row], "")
    with pytest.raises(AlreadyDone):
        remove_term(row.pk, by=boss, at=NOON)
    bring_back_term(row.pk, by=boss, at=NOON)
    assert (rows_of(here), removed_rows(here), lines_in_force()) == ([row], [], f"{LINE}\n")
    with pytest.raises(AlreadyDone):
        bring_back_term(row.pk, by=boss, at=NOON)
    assert [verb for verb, _ in told()[1:]] == ["ideas.term_removed", "ideas.term_brought_back"]


def test_the_same_row_is_there_once(row, here, boss):
    with pytest.raises(SameRow) as caught:
        add_term(here.pk, BANK, by=boss, at=NOON)
    assert caught.value.field == "sv"
    other = add_term(here.pk, {"sv": "lekbuss, lekbil"}, by=boss, at=NOON)
    with pytest.raises(SameRow):
        change_term(other.pk, BANK, seen=0, by=boss, at=NOON)
    remove_term(row.pk, by=boss, at=NOON)
    again = add_term(here.pk, BANK, by=boss, at=NOON)
    with pytest.raises(SameRow):
        bring_back_term(row.pk, by=boss, at=NOON)
    assert again.pk != row.pk


def test_there_is_room_for_so_many_rows(row, here, boss, monkeypatch):
    monkeypatch.setattr(terms, "MOST_ROWS", 2)
    add_term(here.pk, {"sv": "lekbuss, lekbil"}, by=boss, at=NOON)
    with pytest.raises(TooManyRows):
        add_term(here.pk, {"sv": "bokbuss, bokbil"}, by=boss, at=NOON)
    with pytest.raises(TooManyRows):
        take_in_terms(here.pk, BUS, by=boss, at=NOON)
    assert change_term(row.pk, {"sv": "bokbuss, bokbil"}, seen=0, by=boss, at=NOON).version == 1


def test_a_row_that_is_refused_leaves_nothing(here, boss):
    with pytest.raises(OneWord):
        add_term(here.pk, {"sv": "ensam"}, by=boss, at=NOON)
    assert not TermRow.objects.exists()


ACTS = {
    "add": lambda row, **how: add_term(row.organisation_id, {"sv": "a, b"}, **how),
    "change": lambda row, **how: change_term(row.pk, {"sv": "a, b"}, seen=0, **how),
    "remove": lambda row, **how: remove_term(row.pk, **how),
    "bring back": lambda row, **how: bring_back_term(row.pk, **how),
    "take in": lambda row, **how: take_in_terms(row.organisation_id, BUS, **how),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_administrators_of_the_organisation_write(row, here, act):
    others = [person_as(role, here) for role in Role if role is not Role.ADMINISTRATOR]
    for somebody in (*others, person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        with pytest.raises(NotAllowed):
            ACTS[act](row, by=somebody, at=NOON)


def test_rows_are_visible_inside_their_organisation(row, here):
    inside, outside = (
        person_as(Role.EMPLOYEE, here),
        person_as(Role.EMPLOYEE, OrganisationFactory()),
    )
    assert list(TermRow.objects.visible_to(inside, at=NOON)) == [row]
    assert not TermRow.objects.visible_to(outside, at=NOON)
    assert not TermRow.objects.visible_to(None, at=NOON)


# ── Lists ───────────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_looked_at_before_it_is_taken_in(row, here):
    text = f"{LINE}\n{BUS}\n{BUS}\nbara tre · celler · här"
    looked = look_at(text, {it.line for it in rows_of(here)})
    assert [it.number for it in looked.new] == [2]
    assert [it.number for it in looked.known] == [1, 3]
    assert [it.number for it in looked.bad] == [4]


def test_a_list_is_taken_in_once(row, here, boss):
    assert take_in_terms(here.pk, f"{LINE}\n{BUS}\n{BUS}", by=boss, at=NOON) == 1
    assert lines_in_force() == f"{LINE}\n{BUS}\n"
    assert told()[1:] == [("ideas.terms_taken_in", {"count": 1})]
    assert Entry.objects.latest("pk").organisation_id == here.pk
    with pytest.raises(NothingNew):
        take_in_terms(here.pk, BUS, by=boss, at=NOON)


@pytest.mark.parametrize(
    ("text", "refusal"), [("", Missing), ("# bara\n", Missing), (f"{BUS}\nfel", BadLines)]
)
def test_a_list_that_cannot_be_read_changes_nothing(here, boss, text, refusal):
    with pytest.raises(refusal) as caught:
        take_in_terms(here.pk, text, by=boss, at=NOON)
    assert caught.value.field == "text"
    assert not TermRow.objects.exists()


def test_rows_are_searched_in_whatever_the_letters_size(row, here, boss):
    add_term(here.pk, {"sv": "Ålderdomshem, hem för äldre"}, by=boss, at=NOON)
    assert [it.sv for it in rows_of(here, holding=" ÅLDER")] == ["Ålderdomshem, hem för äldre"]
    assert rows_of(here, holding="BYTTE") == [row]
    assert rows_of(here, holding="finns inte") == []


# ── Trying ──────────────────────────────────────────────────────────────────────────────────────


def test_a_word_tells_its_own_row(here, boss):
    add_term(here.pk, {"sv": "snurris", "da": "hvirvelplads"}, by=boss, at=NOON)
    [tried] = try_words("Snurris", "sv", rows_of(here))
    assert [(it.own, it.part, it.cells["da"]) for it in tried.meant] == [(True, "", "hvirvelplads")]


def test_a_compound_tells_its_parts_and_the_rows_that_they_name():
    [tried] = try_words("möbelåterbruk", "sv", [])
    assert tried.parts == ("möbel", "återbruk")
    assert {it.part for it in tried.meant} >= {"möbel", "återbruk"}
    assert not any(it.own for it in tried.meant)


def test_words_in_a_row_and_words_that_say_nothing_are_told():
    tried = {it.word: it for it in try_words("the home care", "en", [])}
    assert tried["the"].stop
    assert "hemtjänst, hemvård, hemomsorg" in {it.cells["sv"] for it in tried["home care"].meant}
    assert try_words("!!", "sv", []) == []


def test_what_each_word_says_is_not_told_again_of_both_together():
    assert [it.word for it in try_words("möbelåterbruk i", "sv", [])] == ["möbelåterbruk", "i"]
