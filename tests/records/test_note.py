"""One act, one line; and numbers without gaps."""

import threading

import pytest
from django.db import connection, transaction

from idesluss.records.models import Entry, Series
from idesluss.records.usecases import next_number, note
from tests.factories import NOON, OrganisationFactory, PersonFactory


@pytest.mark.django_db
def test_an_act_is_one_line_with_who_what_and_when():
    organisation, person = OrganisationFactory(), PersonFactory()

    note("people.renamed", about=organisation, by=person, at=NOON, name="Slusstad")

    entry = Entry.objects.about(organisation).get()
    assert (entry.verb, entry.by_id, entry.at) == ("people.renamed", person.pk, NOON)
    assert entry.data == {"name": "Slusstad"}
    assert entry.organisation_id == organisation.pk
    assert entry.delivered_at is None


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused():
    organisation = OrganisationFactory()
    with pytest.raises(RuntimeError, match="must be part of the transaction"):
        note("people.renamed", about=organisation, by=None, at=NOON)
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_line_of_the_records_is_never_changed_or_deleted():
    entry = note("people.renamed", about=OrganisationFactory(), by=None, at=NOON)
    entry.verb = "people.forged"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.save(update_fields=["verb"])
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        Entry.objects.all().delete()
    assert Entry.objects.get().verb == "people.renamed"


@pytest.mark.django_db
def test_numbers_follow_each_other_in_each_series_of_each_organisation():
    taken = [next_number(organisation_id=1, key="2026") for _ in range(3)]
    assert taken == [1, 2, 3]
    assert next_number(organisation_id=1, key="2027") == 1
    assert next_number(organisation_id=2, key="2026") == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_that_was_rolled_back_is_given_to_the_next():
    def taken_and_regretted():
        with transaction.atomic():
            next_number(organisation_id=1, key="2026")
            raise ZeroDivisionError

    next_number(organisation_id=1, key="2026")
    with pytest.raises(ZeroDivisionError):
        taken_and_regretted()
    assert next_number(organisation_id=1, key="2026") == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers_without_a_gap():
    taken, lock = [], threading.Lock()

    def take():
        try:
            for _ in range(5):
                number = next_number(organisation_id=1, key="2026")
                with lock:
                    taken.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 21))
    assert Series.objects.get(organisation_id=1, key="2026").last == 20
