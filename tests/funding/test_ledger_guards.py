"""The database itself keeps the ledger true, whoever writes past the use cases."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from idesluss.funding.models import Grant, Posting, Pot
from idesluss.funding.usecases.books import post
from idesluss.funding.vocab import ABOUT_A_GRANT, Posted
from idesluss.logic.ledger import BadRow, Kind
from tests.factories import NOON
from tests.funding.ledger import account, books, kronor

pytestmark = pytest.mark.django_db

guards = import_module("idesluss.funding.migrations.0004_ledger")


@pytest.fixture
def it():
    return books()


def written(**fields):
    with transaction.atomic():
        return Posting.objects.create(at=NOON, **fields)


def refused_by(guard, **fields):
    with pytest.raises(IntegrityError, match=guard):
        written(**fields)


def test_the_words_of_the_ledger_are_those_of_the_cellar():
    assert [kind.value for kind in Kind] == Posted.values
    assert tuple(kind.value for kind in Kind)[:4] == ABOUT_A_GRANT


@pytest.mark.parametrize(
    ("kind", "kronor_"),
    [
        ("released", 41),
        ("released", -31),
        ("used", 31),
        ("used", -21),
        ("returned", 31),
        ("returned", -11),
        ("changed", -41),
        ("changed", -200),
    ],
)
def test_the_database_refuses_what_breaks_a_grant(it, kind, kronor_):
    grant = it.project(100, released=60)
    for what, minor in (("used", 20_00), ("returned", 10_00)):
        written(grant=grant, kind=what, amount_minor=minor)

    refused_by("posting_within_grant", grant=grant, kind=kind, amount_minor=kronor_ * 100)

    assert kronor(grant) == (100, 60, 20, 10)


def test_what_just_fits_is_taken(it):
    grant = it.project(100, released=60)
    for kind, minor in (("used", 60_00), ("changed", -40_00), ("changed", 5_00)):
        written(grant=grant, kind=kind, amount_minor=minor)
    assert kronor(grant) == (65, 60, 60, 0)


def test_a_grant_cannot_be_rewritten_below_what_is_released(it):
    grant = it.project(100, released=60)
    with pytest.raises(IntegrityError, match="posting_within_grant"), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(amount_minor=59_00)
    Grant.objects.filter(pk=grant.pk).update(amount_minor=60_00)
    assert account(grant).granted == 60_00


def test_a_pot_is_never_below_zero(it):
    written(pot=it.pot, kind="carried_out", amount_minor=-400_000_00)
    refused_by("posting_within_pot", pot=it.pot, kind="handed_back", amount_minor=-100_000_01)
    with pytest.raises(IntegrityError, match="posting_within_pot"), transaction.atomic():
        Pot.objects.filter(pk=it.pot.pk).update(amount_minor=399_999_99)
    Pot.objects.filter(pk=it.pot.pk).update(amount_minor=400_000_00)
    assert Pot.objects.with_total().get(pk=it.pot.pk).total_minor == 0


@pytest.mark.parametrize(
    "change", [{"amount_minor": 1}, {"kind": "used"}, {"at": "2027-01-01 12:00+00:00"}]
)
def test_what_a_row_says_is_written_once(it, change):
    row = written(grant=it.project(100), kind="released", amount_minor=5_00)
    [(column, value)] = change.items()
    with (
        pytest.raises(IntegrityError, match="posting_written_once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE funding_posting SET {column} = %s WHERE id = %s", [value, row.pk])
    with connection.cursor() as cursor:  # who it was may be forgotten
        cursor.execute("UPDATE funding_posting SET by_id = NULL WHERE id = %s", [row.pk])


def test_the_house_itself_never_rewrites_or_takes_away_a_row(it):
    row = written(grant=it.project(100), kind="released", amount_minor=5_00)
    for act in (
        row.save,
        row.delete,
        Posting.objects.all().delete,
        lambda: Posting.objects.update(reason="x"),
        lambda: Posting.objects.bulk_update([row], ["reason"]),
    ):
        with pytest.raises(TypeError, match="written once"):
            act()


def test_what_the_database_refuses_is_told_as_a_refusal_and_leaves_the_rest(it):
    grant = it.project(100)
    with pytest.raises(BadRow):
        post(Posting(grant=grant, kind="used", amount_minor=1_00, at=NOON))
    assert kronor(grant) == (100, 0, 0, 0)


def test_another_mistake_is_not_taken_for_a_refusal(it):
    with pytest.raises(IntegrityError):
        post(Posting(grant=it.project(100), kind="added", amount_minor=1_00, at=NOON))


def test_every_guard_stands_after_all_migrations():
    """On SQLite a later migration that builds one of the tables anew would lose its guards."""
    assert standing() == {trigger for trigger, _ in guards.TRIGGERS}


@pytest.mark.django_db(transaction=True)
def test_the_guards_can_be_taken_down_and_set_up_again():
    with connection.schema_editor() as editor:
        guards.drop_guards(None, editor)
    assert standing() == set()
    with connection.schema_editor() as editor:
        guards.set_guards(None, editor)
    assert standing() == {trigger for trigger, _ in guards.TRIGGERS}


def standing():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        return {name for (name,) in cursor.fetchall() if name.startswith("funding_")}
