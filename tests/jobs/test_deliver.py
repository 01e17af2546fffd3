"""What follows from a line of the records happens at least once, all of it or nothing."""

from datetime import timedelta

import pytest
from django.db import transaction

from idesluss.jobs import deliver as job
from idesluss.jobs.deliver import deliver
from idesluss.people.models import Organisation
from idesluss.records.models import Entry
from idesluss.records.usecases import note
from tests.factories import NOON, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def handle(monkeypatch):
    """List handlers for the verb "test.done"."""

    def listed(*handlers):
        monkeypatch.setattr(job, "handlers", lambda: {"test.done": handlers})

    return listed


def noted(verb="test.done"):
    with transaction.atomic():
        return note(verb, about=OrganisationFactory(), by=None, at=NOON)


def test_an_entry_is_handed_to_its_handlers_once_in_order(handle):
    seen = []
    handle(lambda e, at: seen.append(("first", e.pk)), lambda e, at: seen.append(("second", e.pk)))
    entry = noted()

    assert deliver(NOON) == 1
    assert deliver(NOON) == 0
    assert seen == [("first", entry.pk), ("second", entry.pk)]


def test_an_entry_that_nobody_waits_for_is_delivered_at_once(handle):
    handle()
    entry = noted("test.quiet")
    assert deliver(NOON) == 1
    entry.refresh_from_db()
    assert entry.delivered_at == NOON


def test_when_one_handler_fails_none_has_happened_and_all_are_tried_again(handle):
    failing = [True]

    def rename(entry, at):
        Organisation.objects.filter(pk=entry.about_id).update(name="Omdöpt")

    def fail(entry, at):
        if failing:
            raise ValueError("template")

    handle(rename, fail)
    entry = noted()

    assert deliver(NOON) == 0
    entry.refresh_from_db()
    assert (entry.attempts, entry.last_error) == (1, "ValueError: template")
    assert entry.next_try_at == NOON + timedelta(seconds=10)
    assert Organisation.objects.get(pk=entry.about_id).name != "Omdöpt"

    failing.clear()
    assert deliver(NOON + timedelta(seconds=9)) == 0
    assert deliver(NOON + timedelta(seconds=10)) == 1
    assert Organisation.objects.get(pk=entry.about_id).name == "Omdöpt"


def test_one_entry_that_fails_does_not_hold_up_the_next(handle):
    def fail_first(entry, at):
        if entry.pk == first.pk:
            raise ValueError

    handle(fail_first)
    first, second = noted(), noted()
    assert deliver(NOON) == 1
    assert list(Entry.objects.undelivered(NOON + timedelta(days=1))) == [first]
    second.refresh_from_db()
    assert second.delivered_at == NOON


def test_an_entry_that_another_process_has_just_delivered_is_left_alone(handle):
    handle(lambda entry, at: pytest.fail("delivered twice"))
    entry = noted()
    Entry.objects.filter(pk=entry.pk).update(delivered_at=NOON)
    assert job.deliver_one(entry.pk, job.handlers(), NOON) == 0


def test_every_verb_in_the_wiring_has_handlers():
    assert all(job.handlers().values())
