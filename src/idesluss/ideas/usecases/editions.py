"""Move running cases to another edition of the model, knowingly and all in one act; and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from idesluss.ideas.models import Idea, Passage, StepAnswer
from idesluss.ideas.reads.editions import choices_for
from idesluss.ideas.usecases.moving import WHY_LENGTH
from idesluss.ideas.usecases.step import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import AlreadyDone, Missing, Refusal, TooLong, gettext_noop, require
from idesluss.logic.windows import working_days_after
from idesluss.people.models import Person
from idesluss.programmes.models import Edition, Step, StepQuestion
from idesluss.programmes.rules import may_set_up
from idesluss.records.models import Entry
from idesluss.records.usecases import note

MOVED, MOVED_BACK = "ideas.cases_moved", "ideas.cases_moved_back"


class NotOpenedYet(Refusal):
    """The edition is still being written."""

    sentence = gettext_noop("Cases can only be moved to an edition that has been opened.")


class StepWithoutPlace(Refusal):
    """Cases stand in a step that has no place in the new edition. Needs ``step``."""

    sentence = gettext_noop("Choose where the cases in “%(step)s” are to go.")


@transaction.atomic
def move_cases(
    edition_id: int, places: Mapping[int, int], *, why: str, by: Person, at: datetime
) -> int:
    """Move every live case of the sluice that follows another edition to this one.

    ``places`` says for each step (its number) where its cases go; a step that is not named keeps
    its place by its key. Who has a case, and its next date, stay. What was answered follows to the
    question of the same key. Returns how many were moved. Notes ``ideas.edition_changed`` for each
    case, whose giver is told if its step is called something else now, and ``ideas.cases_moved``
    for the edition, which ``move_back`` undoes.

    Raises:
        NotAllowed: ``by`` is no administrator there.
        NotOpenedYet: cases cannot follow the edition.
        Missing, TooLong: the reason.
        StepWithoutPlace: with the field ``place-<step>``: nothing is moved.
    """
    edition = _opened(edition_id, by=by, at=at)
    why = why.strip()
    require(bool(why), Missing(field="why"))
    require(len(why) <= WHY_LENGTH, TooLong(field="why", limit=WHY_LENGTH))
    cases = list(_live(edition).exclude(edition=edition))
    steps = list(edition.steps.order_by("position", "pk"))
    left = {it.at_step_id: it.at_step for it in cases if it.at_step is not None}
    to = {pk: _place(old, steps, places.get(pk)) for pk, old in left.items() if pk is not None}
    trail = []
    for idea, old in [(idea, idea.at_step) for idea in cases if idea.at_step is not None]:
        trail.append([idea.pk, old.pk, to[old.pk].pk])
        _shift(idea, edition, to[old.pk], why=why, by=by, at=at)
    if trail:
        note(MOVED, about=edition, by=by, at=at, number=edition.number, why=why, trail=trail)
    return len(trail)


@transaction.atomic
def move_back(entry_id: int, *, by: Person, at: datetime) -> int:
    """Undo ``move_cases``: every case that still stands where it was put goes back.

    One that has been taken on since, or has ended, stays. Returns how many went back. Notes as
    ``move_cases`` does, and ``ideas.cases_moved_back``.

    Raises:
        Entry.DoesNotExist: no such act.
        NotAllowed: ``by`` is no administrator there.
        AlreadyDone: it has been undone.
    """
    entry = Entry.objects.select_for_update().get(pk=entry_id, verb=MOVED)
    edition = _opened(entry.about_id, by=by, at=at)
    undone = Entry.objects.filter(verb=MOVED_BACK, about_id=edition.pk, data__undoes=entry.pk)
    require(not undone.exists(), AlreadyDone)
    put = {idea: (came_from, to) for idea, came_from, to in entry.data["trail"]}
    steps = Step.objects.select_related("edition").in_bulk([it for it, _ in put.values()])
    moved = 0
    for idea in _live(edition).filter(pk__in=put, edition=edition):
        came_from, to = put[idea.pk]
        old = steps[came_from]
        if idea.at_step_id == to and old.edition is not None:
            _shift(idea, old.edition, old, why=entry.data["why"], by=by, at=at)
            moved += 1
    told = {"number": edition.number, "why": entry.data["why"], "undoes": entry.pk, "moved": moved}
    note(MOVED_BACK, about=edition, by=by, at=at, organisation_id=edition.organisation_id, **told)
    return moved


def _opened(edition_id: int, *, by: Person, at: datetime) -> Edition:
    found = Edition.objects.select_for_update(of=("self",))
    edition = found.select_related("programme__organisation").get(pk=edition_id)
    require(may_set_up(by, edition.programme, at))
    require(edition.opened_at is not None, NotOpenedYet)
    return edition


def _live(edition: Edition) -> QuerySet[Idea]:
    """The sluice's live cases, locked."""
    found = Idea.objects.live().sluiced().filter(programme=edition.programme_id)
    return found.select_for_update(of=("self",)).select_related("at_step").order_by("pk")


def _place(old: Step, steps: list[Step], chosen: int | None) -> Step:
    """Where the cases of ``old`` go: where somebody chose, else to the step of the same key."""
    choices = choices_for(old, steps)
    wanted = [it for it in choices if (it.key == old.key if chosen is None else it.pk == chosen)]
    if not wanted:
        raise StepWithoutPlace(step=old.name, field=f"place-{old.pk}")
    return wanted[0]


def _shift(idea: Idea, edition: Edition, to: Step, *, why: str, by: Person, at: datetime) -> None:
    """Let a locked live case follow ``edition`` from its step ``to`` on."""
    old = idea.at_step
    called = old.name if old else ""
    idea.edition, idea.at_step = edition, to
    if idea.stage == to.stage:
        idea.save(update_fields=["edition", "at_step"])
    else:
        step(idea, Stage(to.stage), by=by, at=at, saving=("edition", "at_step"))
    stay = Passage.objects.filter(idea=idea, left_at=None).first()
    promised = (
        stay.promised_by if stay and old and old.key == to.key else _promised(edition, to, at)
    )
    Passage.objects.filter(idea=idea, left_at=None).update(left_at=at)
    Passage.objects.create(idea=idea, step=to, entered_at=at, promised_by=promised, why=why, by=by)
    _carry_answers(idea, edition)
    note(
        "ideas.edition_changed",
        about=idea,
        by=by,
        at=at,
        number=edition.number,
        came_from=called,
        to=to.name,
        why=why,
        title=idea.title,
    )


def _promised(edition: Edition, to: Step, at: datetime) -> date | None:
    there = edition.programme.organisation
    today = at.astimezone(there.timezone).date()
    return working_days_after(today, to.promise_days, there.country) if to.promise_days else None


def _carry_answers(idea: Idea, edition: Edition) -> None:
    """Let what was answered belong to the question of the same key in the case's edition."""
    answers = StepAnswer.objects.filter(idea=idea).exclude(question__step__edition=edition)
    given = list(answers.select_related("question__step"))
    if not given:
        return
    asked = StepQuestion.objects.filter(step__edition=edition).select_related("step")
    now = {(it.step.key, it.key): it for it in asked}
    taken = set(StepAnswer.objects.filter(idea=idea).values_list("question", flat=True))
    keyed = [(one, now.get((one.question.step.key, one.question.key))) for one in given]
    for answer, same in [(one, same) for one, same in keyed if same and same.pk not in taken]:
        answer.question = same
        answer.save(update_fields=["question"])
