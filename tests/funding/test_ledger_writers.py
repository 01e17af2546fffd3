"""Who writes in the books, and when: nobody else, and not in a closed year."""

import pytest

from idesluss.funding.models import Instalment
from idesluss.funding.reads.accounts import YearClosed
from idesluss.funding.usecases import (
    add_to_pot,
    book_used,
    change_grant,
    plan_instalments,
    release_instalment,
    release_next,
    release_part,
    return_unused,
    set_pot,
    transfer_to_next_year,
    undo_release,
)
from idesluss.funding.usecases.books import NotInTheBooks, books_of, version_of
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import (
    ChangedMeanwhile,
    Disqualified,
    NotAllowed,
)
from idesluss.people.vocab import Role
from tests.factories import declare, person_as
from tests.funding.ledger import books, close, kronor, plan, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def it():
    return books()


# --- Who, and when ----------------------------------------------------------------------------


def acts(it, grant):
    """Every act about a grant that is not only what has happened already."""
    number, doing = grant.pk, it.doing()
    part = Instalment.objects.filter(grant=grant).first()
    return [
        lambda: change_grant(number, to_minor=90_00, reason="x", **doing),
        lambda: plan_instalments(number, parts=[], **doing),
        lambda: release_instalment(part.pk, **doing),
        lambda: release_part(number, amount_minor=1_00, **doing),
        lambda: undo_release(number, amount_minor=1_00, reason="x", **doing),
        lambda: transfer_to_next_year(number, amount_minor=1_00, reason="x", **doing),
    ]


def test_nothing_moves_in_a_closed_year(it):
    grant = it.project(100, released=60)
    plan(it, grant, 40)
    close(it.pot)
    for act in acts(it, grant):
        with pytest.raises(YearClosed) as refused:
            act()
        assert refused.value.params == {"year": 2027}
    for act in (add_to_pot, set_pot):
        given = {"reason": "x"} if act is add_to_pot else {}
        with pytest.raises(YearClosed):
            act(it.fund.pk, year=2027, amount_minor=5, **given, **it.doing())
    assert rows(grant) == [("released", 60)]


def test_what_was_used_is_still_booked_in_a_closed_year(it):
    grant = it.project(100, released=60)
    close(it.pot)
    book_used(grant.application.idea_id, total_spent_minor=60_00, **it.doing())
    assert kronor(grant) == (100, 60, 60, 0)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_write(role, it):
    grant = it.project(100, released=60)
    plan(it, grant, 40)
    it.boss = person_as(role, it.fund.organisation)
    everybody = acts(it, grant)
    doing = it.doing()
    everybody += [
        lambda: book_used(grant.application.idea_id, total_spent_minor=1, **doing),
        lambda: return_unused(grant.pk, amount_minor=1, reason="x", **doing),
        lambda: release_next(grant.application.idea_id, **doing),
        lambda: add_to_pot(it.fund.pk, year=2027, amount_minor=1, reason="x", **doing),
    ]
    for act in everybody:
        with pytest.raises(NotAllowed):
            act()
    assert rows(grant) == [("released", 60)]


def test_an_administrator_of_elsewhere_writes_nothing_here(it):
    grant = it.project(100, released=60)
    plan(it, grant, 40)
    it.boss = books().boss
    for act in acts(it, grant):
        with pytest.raises(NotAllowed):
            act()


def test_an_administrator_with_a_conflict_of_interest_writes_nothing(it):
    grant = it.project(100, released=60)
    plan(it, grant, 40)
    declare(grant.application.idea, it.boss, ConflictState.DECLARED)
    for act in acts(it, grant):
        with pytest.raises(Disqualified):
            act()


def test_who_looked_before_somebody_else_wrote_looks_again(it):
    grant = it.project(100, released=60)
    seen = version_of(grant.application)
    release_part(grant.pk, amount_minor=10_00, version=seen, **it.doing())
    with pytest.raises(ChangedMeanwhile):
        release_part(grant.pk, amount_minor=10_00, version=seen, **it.doing())
    assert kronor(grant) == (100, 70, 0, 0)


def test_a_grant_of_another_project_is_not_in_these_books(it):
    grant, other = it.project(100), it.project(100)
    books_here = books_of(grant.application_id, **it.doing())
    with pytest.raises(NotInTheBooks):
        books_here.grant(other.pk)
