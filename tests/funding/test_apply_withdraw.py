import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import TestCase

from idesluss.funding.models import Application
from idesluss.funding.usecases import attach, discard, forget_discarded, leave, restore, withdraw
from idesluss.funding.usecases.held import held
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import Part
from idesluss.jobs.drafts import forget_drafts
from idesluss.logic.refusals import NotAllowed, TooLong
from idesluss.records.models import Entry
from tests.factories import NOON, ApplicationFactory, involve
from tests.funding.applying import draft, employee_of, fresh, handed_in, verbs, whole_draft

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def test_what_is_withdrawn_stays_in_the_register_with_its_reason():
    application, owner = handed_in()
    application.idea.paused_at = NOON
    application.idea.save(update_fields=["paused_at"])

    withdraw(application.pk, reason=" Vi köpte\r\nen. ", by=owner, at=LATER)

    application = fresh(application)
    assert (application.idea.stage, application.idea.paused_at) == ("withdrawn", None)
    assert application.idea.register_number == "INN 2026/0001"
    outcome = (application.outcome, application.reason, application.decided_at)
    assert outcome == ("withdrawn", "Vi köpte\nen.", LATER)
    entry = Entry.objects.about(application).last()
    assert (entry.verb, entry.by_id) == ("funding.withdrawn", owner.pk)
    assert entry.data == {"reason": "Vi köpte\nen."}


def test_withdrawing_twice_is_withdrawing_once():
    application, owner = handed_in()
    withdraw(application.pk, reason="Först.", by=owner, at=NOON)

    withdraw(application.pk, reason="Sen.", by=owner, at=LATER)

    assert fresh(application).reason == "Först."
    assert verbs(application) == ["funding.submitted", "funding.withdrawn"]


def test_only_the_owner_withdraws():
    application, owner = handed_in()
    bo = employee_of(application.round)
    involve(application.idea, bo, Part.CO_APPLICANT)

    with pytest.raises(NotAllowed):
        withdraw(application.pk, reason="", by=bo, at=NOON)
    withdraw(application.pk, reason="", by=owner, at=NOON)
    with pytest.raises(NotAllowed):
        withdraw(application.pk, reason="", by=bo, at=NOON)


def test_a_reason_has_a_length():
    application, owner = handed_in()

    with pytest.raises(TooLong) as refused:
        withdraw(application.pk, reason="x" * 3001, by=owner, at=NOON)

    assert refused.value == TooLong(field="reason", limit=3000)


def test_a_draft_that_is_thrown_away_is_nobodys_and_comes_back_as_it_was():
    application, owner = draft()
    bo, gone = employee_of(application.round), employee_of(application.round)
    involve(application.idea, bo, Part.CO_APPLICANT)
    left = involve(application.idea, gone, Part.CO_APPLICANT)
    left.ended_at = NOON
    left.save()

    discard(application.pk, by=owner, at=LATER)
    assert not Application.objects.visible_to(owner, at=LATER).exists()
    assert not Application.objects.visible_to(bo, at=LATER).exists()

    restore(application.pk, by=owner, at=LATER)
    assert Application.objects.visible_to(owner, at=LATER).get() == application
    assert Application.objects.visible_to(bo, at=LATER).get() == application
    assert not Application.objects.visible_to(gone, at=LATER).exists()
    assert verbs(application) == ["funding.discarded", "funding.restored"]


def test_throwing_away_and_taking_back_twice_change_nothing():
    application, owner = draft()

    discard(application.pk, by=owner, at=NOON)
    discard(application.pk, by=owner, at=LATER)
    restore(application.pk, by=owner, at=LATER)
    restore(application.pk, by=owner, at=LATER)

    assert verbs(application) == ["funding.discarded", "funding.restored"]


def test_a_co_applicant_neither_throws_away_nor_takes_back():
    application, owner = draft()
    bo = employee_of(application.round)
    involve(application.idea, bo, Part.CO_APPLICANT)

    with pytest.raises(NotAllowed):
        discard(application.pk, by=bo, at=NOON)
    discard(application.pk, by=owner, at=NOON)
    with pytest.raises(NotAllowed):
        restore(application.pk, by=bo, at=NOON)


def test_what_is_handed_in_is_not_thrown_away():
    application, owner = handed_in()

    with pytest.raises(NotAllowed):
        discard(application.pk, by=owner, at=NOON)


def test_a_co_applicant_may_leave_and_the_owner_may_not():
    application, owner = draft()
    bo = employee_of(application.round, name="Bo Berg")
    involve(application.idea, bo, Part.CO_APPLICANT)

    with pytest.raises(NotAllowed):
        leave(application.pk, by=owner, at=NOON)
    leave(application.pk, by=bo, at=NOON)

    assert not Application.objects.visible_to(bo, at=NOON).exists()
    entry = Entry.objects.about(application.idea).last()
    assert (entry.verb, entry.by_id) == ("ideas.part_ended", bo.pk)
    assert entry.data == {"person": bo.pk, "name": "Bo Berg"}
    with pytest.raises(NotAllowed):
        leave(application.pk, by=bo, at=NOON)


def test_a_draft_thrown_away_thirty_days_ago_is_forgotten_with_its_files():
    gone, owner = whole_draft()
    file = attach(
        gone.pk, name="offert.pdf", content=io.BytesIO(b"%PDF-1.7"), size=8, by=owner, at=NOON
    )
    discard(gone.pk, by=owner, at=NOON)
    kept, other = whole_draft(gone.round)
    discard(kept.pk, by=other, at=LATER)
    still, _ = whole_draft(gone.round)

    with TestCase.captureOnCommitCallbacks(execute=True):
        assert forget_discarded(at=NOON + timedelta(days=30)) == 1

    assert set(Application.objects.all()) == {kept, still}
    assert not Idea.objects.filter(pk=gone.idea_id).exists()
    assert not default_storage.exists(file.file.name)
    assert Entry.objects.last().verb == "funding.forgotten"
    assert (Entry.objects.last().about_id, Entry.objects.last().data) == (gone.pk, {})


def test_a_draft_that_is_taken_back_at_the_last_moment_is_not_forgotten(monkeypatch):
    application, owner = draft()
    discard(application.pk, by=owner, at=NOON)

    def taken_back_first(number):
        restore(number, by=owner, at=LATER)
        return held(number)

    monkeypatch.setattr("idesluss.funding.usecases.forget.held", taken_back_first)

    assert forget_drafts(NOON + timedelta(days=30)) == 0
    assert Application.objects.visible_to(owner, at=LATER).get() == application


def test_a_draft_without_people_is_not_ours_to_forget():
    ApplicationFactory()

    assert forget_discarded(at=NOON + timedelta(days=365)) == 0
