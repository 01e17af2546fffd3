"""The release: all decisions of a meeting become known together, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Grant, Meeting, Pot, Recusal
from idesluss.funding.reads.agenda import Case
from idesluss.funding.reads.plan import Plan, Told, plan_of
from idesluss.funding.rules import may_release
from idesluss.funding.usecases.instalments import begin
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.register import register_number
from idesluss.ideas.usecases.step import step
from idesluss.logic.lifecycle import Stage
from idesluss.logic.outcomes import GIVES_MONEY, Outcome
from idesluss.logic.refusals import ChangedMeanwhile, Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes.models import Step
from idesluss.records.usecases import note

SERIES = "M"  # of the minutes' register numbers

ENDS = {
    Outcome.REFUSED: Stage.DECLINED,
    Outcome.INCOMPLETE: Stage.DECLINED,
    Outcome.POSTPONED: Stage.PARKED,
}


class PublishedTooEarly(Refusal):
    """Results shown before they were released."""

    sentence = gettext_noop("The results cannot be shown earlier than now. Choose a later day.")
    field = "publish_at"


@dataclass(frozen=True, slots=True)
class Release:
    """The released meeting; ``first`` unless it had been released already, by whoever it says."""

    meeting: Meeting
    first: bool


@transaction.atomic
def release(
    meeting_id: int, *, fingerprint: str, publish_at: datetime, by: Person, at: datetime
) -> Release:
    """Make the decisions of a meeting known, all or nothing, and only as they were previewed.

    ``fingerprint`` is that of the plan which ``by`` looked at. The results are public from
    ``publish_at`` (aware), not earlier than ``at``; already public ones stay so. Writes outcome
    and grants of each application, releases the money by the fund's rule, steps its idea, freezes
    the minutes under a register number and who stepped aside. Notes ``funding.decided`` about
    each application that gets a letter, with all that the letter says, and ``funding.released``.
    A second release changes nothing.

    Raises:
        NotAllowed: ``by`` may not release this meeting.
        ChangedMeanwhile: something is no longer as it was previewed.
        PublishedTooEarly: results shown before the release.
        Refusal: the first of the plan's problems.
    """
    meeting = _locked(meeting_id)
    if meeting.released_at is not None:
        return Release(meeting, first=False)
    require(may_release(by, meeting, at=at))
    require(publish_at >= at, PublishedTooEarly)
    ideas = _lock_cases(meeting)
    plan = plan_of(meeting, by, at=at)
    require(bool(plan.fingerprint) and plan.fingerprint == fingerprint, _stops(plan))
    if plan.problems:
        raise plan.problems[0]
    goes_on = _after_a_grant(meeting)
    for told in plan.told:
        _decide(told, ideas[told.case.decision.application.idea_id], goes_on, by=by, at=at)
    for case in plan.silent:
        if case.withdrawn:
            _write_withdrawn(case)
    Recusal.objects.bulk_create(
        Recusal(decision=case.decision, person_id=one.person_id, ground=one.ground, note=one.note)
        for case in plan.agenda.cases
        for one in case.recused
    )
    _close(meeting, plan, _publish(meeting, publish_at, at=at), by=by, at=at)
    return Release(meeting, first=True)


def _stops(plan: Plan) -> Refusal:
    """Without a fingerprint there was nothing to look at; otherwise something has changed."""
    return ChangedMeanwhile() if plan.fingerprint else plan.problems[0]


def _locked(meeting_id: int) -> Meeting:
    """The meeting, and the pot that it takes from, locked."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related(
            "round__programme__organisation",
            "round__contact",
            "body",
            "chair",
            "secretary",
            "released_by",
        )
        .get(pk=meeting_id)
    )
    round = meeting.round
    pots = Pot.objects.filter(programme=round.programme_id, year=round.project_year)
    list(pots.select_for_update(of=("self",)))
    return meeting


def _lock_cases(meeting: Meeting) -> dict[int, Idea]:
    """Lock the meeting's cases, which also holds whoever withdraws one; by number of the idea."""
    cases = Idea.objects.filter(applications__decisions__meeting=meeting).order_by("pk")
    locked = cases.select_for_update(of=("self",)).select_related("programme")
    return {idea.pk: idea for idea in locked}


def _after_a_grant(meeting: Meeting) -> Stage:
    """Where a granted case goes: to be carried out, or straight into use."""
    used = Step.objects.filter(programme=meeting.round.programme_id)
    stages = set(used.values_list("stage", flat=True))
    return Stage.TESTING if not stages or Stage.TESTING in stages else Stage.ADOPTING


def _decide(told: Told, idea: Idea, goes_on: Stage, *, by: Person, at: datetime) -> None:
    """Write one decision where the applicant sees it, and note what the letter says."""
    application, choice = told.case.decision.application, told.case.choice
    outcome = Outcome(choice.outcome)
    application.outcome = outcome.value
    application.reason, application.conditions = choice.reason, choice.conditions
    application.decided_at = told.decided_at
    application.save(update_fields=["outcome", "reason", "conditions", "decided_at"])
    if outcome in GIVES_MONEY:
        grant = Grant.objects.create(
            application=application,
            year=choice.later_year or told.news["project_year"],
            amount_minor=choice.granted_minor,
            currency=application.currency,
        )
        begin(grant, idea.programme, project_year=told.news["project_year"], by=by, at=at)
    step(idea, ENDS.get(outcome, goes_on), by=by, at=at)
    note(
        "funding.decided",
        about=application,
        by=by,
        at=at,
        organisation_id=idea.organisation_id,
        **told.news,
    )


def _write_withdrawn(case: Case) -> None:
    """The applicant's own act is the outcome; it is theirs already, and they know it."""
    decision = case.decision
    decision.outcome, decision.granted_minor = Outcome.WITHDRAWN.value, 0
    decision.save(update_fields=["outcome", "granted_minor"])


def _publish(meeting: Meeting, publish_at: datetime, *, at: datetime) -> datetime:
    """From when the results are public; those that are already stay so."""
    round = meeting.round
    if round.results_at is not None and round.results_at <= at:
        return round.results_at
    round.results_at = publish_at
    round.save(update_fields=["results_at"])
    return publish_at


def _close(meeting: Meeting, plan: Plan, results_at: datetime, *, by: Person, at: datetime) -> None:
    """Freeze the minutes under a register number; nothing of the meeting changes any more."""
    organisation = meeting.round.programme.organisation
    meeting.register_number = register_number(organisation, at=at, series=SERIES)
    meeting.released_at, meeting.released_by = at, by
    meeting.minutes = {
        **(plan.minutes or {}),
        "register_number": meeting.register_number,
        "released_at": at.astimezone(organisation.timezone).isoformat(timespec="minutes"),
        "released_by": by.name,
    }
    meeting.save(update_fields=["register_number", "released_at", "released_by", "minutes"])
    note(
        "funding.released",
        about=meeting,
        by=by,
        at=at,
        register_number=meeting.register_number,
        told=len(plan.told),
        granted=plan.granted,
        granted_minor=plan.agenda.meter.balance.granted,
        overshoot_minor=plan.agenda.meter.balance.overshoot,
        results_at=results_at.isoformat(),
    )
