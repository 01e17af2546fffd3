from datetime import timedelta

import pytest

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.sheet import sheet
from idesluss.assessment.usecases import lock, reopen, save_draft, unfinished
from idesluss.assessment.usecases.write import AdviceMissing, Locked, NotLocked, Unfinished
from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.merging import Clash, fingerprints
from idesluss.logic.refusals import ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.logic.scoring import BadScore, MarkMissing, OutOfScale, WhyMissing
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    AssessmentFactory,
    CriterionFactory,
    PersonFactory,
    declare,
    person_as,
)

pytestmark = pytest.mark.django_db

ALL = {
    "mark-benefit": 4,
    "why-benefit": "Många berörs.",
    "mark-result": 1,
    "why-result": "Bättre för invånaren.",
    "advice": "fits",
    "summary": "Bra.",
}


@pytest.fixture
def assessment():
    assessment = AssessmentFactory()
    CriterionFactory(round=assessment.round, key="benefit", low=1, high=5)
    CriterionFactory(round=assessment.round, key="result", kind="qualifying")
    return assessment


@pytest.fixture
def administrator(assessment):
    return person_as(Role.ADMINISTRATOR, assessment.round.programme.organisation)


def saved(assessment):
    kept = Assessment.objects.get(pk=assessment.pk)
    return sheet(kept, assessment.round.criteria.all())


def seen(assessment):
    return fingerprints(saved(assessment))


def save(assessment, by=None, seen_before=None, **wanted):
    return save_draft(
        assessment.pk,
        wanted={name.replace("_", "-"): value for name, value in wanted.items()},
        seen=seen(assessment) if seen_before is None else seen_before,
        by=by or assessment.assessor,
        at=NOON,
    )


def version(assessment):
    return Assessment.objects.get(pk=assessment.pk).version


def fill(assessment):
    save_draft(assessment.pk, wanted=ALL, seen=seen(assessment), by=assessment.assessor, at=NOON)


def test_a_draft_is_saved_as_it_grows(assessment):
    save(assessment, mark_benefit=4)
    save(assessment, why_benefit="Många berörs.", mark_result=0)

    assert saved(assessment) == {
        "mark-benefit": 4,
        "why-benefit": "Många berörs.",
        "mark-result": 0,
        "why-result": "",
        "advice": "",
        "summary": "",
    }
    assert version(assessment) == 2
    assert not Entry.objects.exists()  # a draft is the assessor's own paper


def test_saving_what_is_saved_already_changes_nothing(assessment):
    fill(assessment)
    merged = save(assessment, mark_benefit=4, advice="fits")

    assert (merged.changes, merged.clashes, version(assessment)) == ({}, {}, 1)


def test_what_was_written_in_another_window_is_not_overwritten(assessment):
    before = seen(assessment)
    save(assessment, mark_benefit=2, why_benefit="Få.")

    merged = save(assessment, seen_before=before, mark_benefit=5, summary="Bra.")

    assert merged.clashes == {"mark-benefit": Clash(theirs=2, mine=5)}
    assert (saved(assessment)["mark-benefit"], saved(assessment)["summary"]) == (2, "Bra.")


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("mark_benefit", 0, OutOfScale(field="mark-benefit", low=1, high=5)),
        ("mark_benefit", 6, OutOfScale(field="mark-benefit", low=1, high=5)),
        ("mark_result", 2, OutOfScale(field="mark-result", low=0, high=1)),
        ("why_result", "x" * 2001, TooLong(field="why-result", limit=2000)),
        ("summary", "x" * 2001, TooLong(field="summary", limit=2000)),
        ("advice", "perhaps", BadScore(field="advice")),
    ],
)
def test_marks_and_texts_that_cannot_be_used_are_refused(assessment, field, value, refusal):
    with pytest.raises(type(refusal)) as raised:
        save(assessment, **{field: value})

    assert raised.value == refusal
    assert version(assessment) == 0


def test_only_the_assessor_of_an_open_case_writes(assessment, administrator):
    for somebody in (administrator, PersonFactory()):
        with pytest.raises(NotAllowed):
            save(assessment, by=somebody, mark_benefit=4)


@pytest.mark.parametrize("stage", ["received", "testing", "declined"])
def test_a_case_is_assessed_between_the_check_and_the_decision(assessment, stage):
    Idea.objects.update(stage=stage)
    with pytest.raises(NotAllowed):
        save(assessment, mark_benefit=4)


def test_a_conflict_or_a_lost_case_closes_the_paper(assessment):
    assessment.idea.declarations.all().delete()
    with pytest.raises(NotAllowed):
        save(assessment, mark_benefit=4)  # nothing declared
    declare(assessment.idea, assessment.assessor, ConflictState.DECLARED)
    with pytest.raises(NotAllowed):
        save(assessment, mark_benefit=4)
    assessment.idea.declarations.update(state="clear")
    Involvement.objects.update(ended_at=NOON)
    with pytest.raises(NotAllowed):
        save(assessment, mark_benefit=4)


def test_a_whole_assessment_is_locked_with_a_line(assessment):
    fill(assessment)

    lock(assessment.pk, version=1, by=assessment.assessor, at=NOON)

    assert Assessment.objects.get().locked_at == NOON
    entry = Entry.objects.about(assessment).get()
    assert (entry.verb, entry.by_id) == ("assessment.locked", assessment.assessor.pk)
    with pytest.raises(Locked):
        save(assessment, mark_benefit=1)


def test_everything_that_is_missing_is_named(assessment):
    save(assessment, mark_benefit=4)
    with pytest.raises(Unfinished) as raised:
        lock(assessment.pk, version=1, by=assessment.assessor, at=NOON)

    assert raised.value.problems == (
        WhyMissing(field="why-benefit"),
        MarkMissing(field="mark-result"),
        AdviceMissing(),
    )
    assert raised.value.problems == tuple(unfinished(Assessment.objects.get()))
    assert Assessment.objects.get().locked_at is None


def test_only_what_the_assessor_has_seen_is_locked(assessment):
    fill(assessment)
    with pytest.raises(ChangedMeanwhile):
        lock(assessment.pk, version=0, by=assessment.assessor, at=NOON)


def test_what_is_locked_is_not_locked_again(assessment):
    fill(assessment)
    lock(assessment.pk, version=1, by=assessment.assessor, at=NOON)
    with pytest.raises(Locked):
        lock(assessment.pk, version=2, by=assessment.assessor, at=NOON)


def test_an_administrator_opens_it_again_and_the_old_scores_stay_in_the_record(
    assessment, administrator
):
    fill(assessment)
    lock(assessment.pk, version=1, by=assessment.assessor, at=NOON)

    reopen(assessment.pk, reason=" Fel ruta ", by=administrator, at=NOON + timedelta(days=1))

    assert Assessment.objects.get().locked_at is None
    entry = Entry.objects.about(assessment).last()
    assert (entry.verb, entry.data) == (
        "assessment.reopened",
        {"reason": "Fel ruta", "locked_at": NOON.isoformat(), "was": ALL},
    )
    save(assessment, mark_benefit=1)
    assert saved(assessment)["mark-benefit"] == 1


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [(" ", Missing(field="reason")), ("x" * 2001, TooLong(field="reason", limit=2000))],
)
def test_opening_again_has_its_reason(assessment, administrator, reason, refusal):
    Assessment.objects.update(locked_at=NOON)
    with pytest.raises(type(refusal)) as raised:
        reopen(assessment.pk, reason=reason, by=administrator, at=NOON)

    assert raised.value == refusal


def test_a_draft_is_not_opened(assessment, administrator):
    with pytest.raises(NotLocked):
        reopen(assessment.pk, reason="Fel", by=administrator, at=NOON)


def test_only_an_administrator_of_the_case_opens_before_the_decision(assessment, administrator):
    Assessment.objects.update(locked_at=NOON)
    with pytest.raises(NotAllowed):
        reopen(assessment.pk, reason="Fel", by=assessment.assessor, at=NOON)
    Idea.objects.update(stage="testing")
    with pytest.raises(NotAllowed):
        reopen(assessment.pk, reason="Fel", by=administrator, at=NOON)
