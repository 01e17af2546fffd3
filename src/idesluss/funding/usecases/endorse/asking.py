"""Ask the managers whose units an application needs something of, and stop asking."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Application, Endorsement, EndorsementQuerySet
from idesluss.funding.rules import is_asked_about
from idesluss.funding.usecases.held import held
from idesluss.funding.vocab import WHY_LENGTH, How
from idesluss.ideas.models import OWN, SHUT, Declaration, Involvement
from idesluss.ideas.rules import is_shut, may_check
from idesluss.ideas.usecases.involve import NotAColleague
from idesluss.ideas.usecases.locked import CheckOver
from idesluss.ideas.vocab import Part
from idesluss.logic import endorsing
from idesluss.logic.endorsing import Post
from idesluss.logic.refusals import (
    AlreadyDone,
    Disqualified,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people import days
from idesluss.people.models import Appointment, Person, Unit
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from idesluss.records.usecases import note


class AnsweredAlready(AlreadyDone):
    """The unit has said what it says."""

    sentence = gettext_noop("The unit has answered already, so nobody else is asked.")


class CannotBeAsked(Refusal):
    """Somebody who would answer to their own application, or to whom the case is shut."""

    sentence = gettext_noop(
        "%(name)s cannot answer for the unit: whoever applies, or has a conflict of interest in "
        "the case, does not. Choose somebody else."
    )
    field = "who"


def ask_managers(application: Application, *, by: Person | None, at: datetime) -> None:
    """See to it that the right people are asked about a locked ``application``, and no others.

    For use cases only. Each department that takes part has one question under way, or an answer;
    those that no longer do are not asked any more. What is withdrawn, sent on, closed or decided
    waits for nobody. Nothing changes when everything is as it should be. Notes
    ``funding.endorsement_asked``, ``funding.endorsement_ended``, and once for each department
    where there is nobody to ask ``funding.endorsement_unasked``.
    """
    if not application.round.endorsed:
        return
    known = {it.unit_id: it for it in _known(application).filter(passed_to=None)}
    units = departments(application) if is_asked_about(application) else {}
    for unit_id, one in known.items():
        left_out = bool(units) and unit_id not in units
        if one.ended_at is None and (left_out or (not units and one.answered_at is None)):
            _end(application, one, by=by, at=at)
    for unit_id, name in units.items():
        if unit_id not in known:
            _ask_first(application, unit_id, name, by=by, at=at)
        elif known[unit_id].ended_at is not None:
            _ask_again(application, known[unit_id], by=by, at=at)
    give_parts(application, at=at)


@transaction.atomic
def follow(application_id: int, *, at: datetime) -> None:
    """See to it that the right people are asked after something has changed; the clock does."""
    ask_managers(held(application_id), by=None, at=at)


@transaction.atomic
def name_manager(
    application_id: int,
    *,
    unit_id: int | None,
    person: Person,
    why: str = "",
    by: Person,
    at: datetime,
) -> Endorsement:
    """Say who answers for a department: where nobody was found, or instead of who is silent.

    Raises:
        NotAllowed: ``by`` does not handle the case as administrator, or has no such department.
        CheckOver: the case waits for no manager.
        AnsweredAlready: the department has answered.
        NotAColleague, CannotBeAsked: ``person`` is not somebody to ask.
        TooLong: ``why`` of more than ``WHY_LENGTH`` characters.
    """
    application = held(application_id)
    require(not is_shut(by, application.idea), Disqualified)
    require(may_check(by, application.idea, at=at))
    require(application.round.endorsed and is_asked_about(application), CheckOver)
    require(unit_id in departments(application))
    why = " ".join(why.replace("\0", "").split())
    require(len(why) <= WHY_LENGTH, TooLong(field="why", limit=WHY_LENGTH))
    may_be_asked(application, person, at=at)
    before = _known(application).live().filter(unit=unit_id).first()
    require(before is None or before.answered_at is None, AnsweredAlready)
    return ask(
        application,
        unit_id,
        person,
        until=due(application, at=at),
        how=How.NAMED,
        why=why,
        instead_of=before,
        by=by,
        at=at,
    )


def ask(
    application: Application,
    unit_id: int | None,
    person: Person,
    *,
    until: datetime,
    how: How,
    by: Person | None,
    at: datetime,
    why: str = "",
    instead_of: Endorsement | None = None,
) -> Endorsement:
    """Ask ``person`` about a locked application, perhaps ``instead_of`` whoever was asked before.

    For use cases only. Notes ``funding.endorsement_asked`` with what the letter says.
    """
    if instead_of is not None:  # one question of each unit: the old one steps aside first
        instead_of.passed_to = _first_of(instead_of)  # the only one that nothing leads to
        instead_of.passed_at = at
        instead_of.passed_why = why
        instead_of.version += 1
        instead_of.save(update_fields=["passed_to", "passed_at", "passed_why", "version"])
    asked = Endorsement.objects.create(
        application=application, unit_id=unit_id, manager=person, asked_at=at, due_at=until
    )
    if instead_of is not None:
        instead_of.passed_to = asked
        instead_of.save(update_fields=["passed_to"])
    give_parts(application, at=at)
    _note_asked(application, asked, how=how, why=why, before=instead_of, by=by, at=at)
    return asked


def _first_of(one: Endorsement) -> Endorsement:
    """The one with which the way to ``one`` began."""
    same = Endorsement.objects.filter(application=one.application_id, unit=one.unit_id)
    return same.get(passed_from=None)


def give_parts(application: Application, *, at: datetime) -> None:
    """Open the case to those who are asked or have answered, and shut it to all whom it left."""
    asked = set(_known(application).live().values_list("manager", flat=True))
    parts = application.idea.involvements.filter(part=Part.ENDORSER.value, ended_at=None)
    parts.exclude(person__in=asked).update(ended_at=at)
    Involvement.objects.bulk_create(
        Involvement(idea=application.idea, person_id=person, part=Part.ENDORSER.value, since=at)
        for person in sorted(asked - set(parts.values_list("person", flat=True)))
    )


def departments(application: Application) -> dict[int | None, str]:
    """The departments that an application asks something of, by number; None: not said."""
    idea = application.idea
    own = {idea.unit_id: idea.unit.name if idea.unit else ""}
    return own | dict(application.partners.order_by("name").values_list("pk", "name"))


def may_be_asked(application: Application, person: Person, *, at: datetime) -> None:
    """Go on when ``person`` belongs here, does not apply, and the case is not shut to them.

    Raises:
        NotAColleague, CannotBeAsked: else.
    """
    organisation = application.round.programme.organisation
    belongs = organisation.pk in person.standing(at).organisations()
    require(belongs, NotAColleague(text=person.name, organisation=organisation.name))
    require(not is_shut(person, application.idea), CannotBeAsked(name=person.name))


def nearest(
    application: Application,
    unit_id: int | None,
    *,
    at: datetime,
    asked: list[int] | None = None,
) -> Person | None:
    """The manager to ask for a department, above those already ``asked``; None: there is none."""
    organisation = application.organisation_id
    here = Appointment.objects.valid(at.date()).filter(
        organisation=organisation, role=Role.MANAGER.value, person__is_active=True
    )
    posts = here.values_list("pk", "person", "unit", "deputy_for")
    units = Unit.objects.filter(organisation=organisation).values_list("pk", "parent")
    idea = application.idea
    own = idea.involvements.filter(part__in=OWN, ended_at=None)
    shut = Declaration.objects.filter(idea=idea, state__in=SHUT)
    chosen = endorsing.whom_to_ask(
        unit_id,
        parents=dict(units),
        posts=[Post(*post) for post in posts],
        applicants=own.values_list("person", flat=True),
        asked=asked or [],
        shut=shut.values_list("person", flat=True),
    )
    return Person.objects.get(pk=chosen) if chosen is not None else None


def due(application: Application, *, at: datetime, by: datetime | None = None) -> datetime:
    """Until when whoever is asked ``at`` may answer; ``by`` in place of the round's own moment."""
    there = application.round.programme.organisation
    own = by or application.round.endorse_by
    return endorsing.due(at, own, country=there.country, zone=there.timezone)


def unasked(
    application: Application,
    unit_id: int | None,
    name: str,
    *,
    cause: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Tell the office, once for each department and reason, that nobody answers for it.

    ``cause``: "nobody" is found, "nobody_above" either, or "silence" leaves the case waiting.
    """
    before = Entry.objects.about(application).filter(verb="funding.endorsement_unasked")
    told = {(it["unit_id"], it["cause"]) for it in before.values_list("data", flat=True)}
    if (unit_id, cause) not in told:
        note(
            "funding.endorsement_unasked",
            about=application,
            by=by,
            at=at,
            unit_id=unit_id,
            unit=name,
            cause=cause,
        )


def _known(application: Application) -> EndorsementQuerySet:
    return Endorsement.objects.filter(application=application).select_related("manager", "unit")


def _ask_first(
    application: Application, unit_id: int | None, name: str, *, by: Person | None, at: datetime
) -> None:
    person = nearest(application, unit_id, at=at)
    if person is None:
        unasked(application, unit_id, name, cause="nobody", by=by, at=at)
        return
    until = due(application, at=at)
    ask(application, unit_id, person, until=until, how=How.HANDED_IN, by=by, at=at)


def _ask_again(
    application: Application, one: Endorsement, *, by: Person | None, at: datetime
) -> None:
    """The case came back, or the department is part of it again."""
    one.ended_at = None
    one.silent_at = None
    if one.answered_at is None:
        one.due_at = max(one.due_at, due(application, at=at))
        one.reminded_at = None
    one.version += 1
    one.save(update_fields=["ended_at", "silent_at", "due_at", "reminded_at", "version"])
    if one.answered_at is None:
        _note_asked(application, one, how=How.HANDED_IN, why="", before=None, by=by, at=at)


def _end(application: Application, one: Endorsement, *, by: Person | None, at: datetime) -> None:
    one.ended_at = at
    one.version += 1
    one.save(update_fields=["ended_at", "version"])
    note(
        "funding.endorsement_ended",
        about=application,
        by=by,
        at=at,
        endorsement=one.pk,
        person=one.manager_id,
        name=one.manager.name,
        unit=one.unit.name if one.unit else "",
        answered=one.answered_at is not None,
    )


def _note_asked(
    application: Application,
    asked: Endorsement,
    *,
    how: How,
    why: str,
    before: Endorsement | None,
    by: Person | None,
    at: datetime,
) -> None:
    zone = application.round.programme.organisation.timezone
    note(
        "funding.endorsement_asked",
        about=application,
        by=by,
        at=at,
        endorsement=asked.pk,
        person=asked.manager_id,
        name=asked.manager.name,
        unit=asked.unit.name if asked.unit else "",
        due=days.last_day(asked.due_at, zone).isoformat(),
        due_at=asked.due_at.isoformat(),
        how=how.value,
        why=why,
        before=before.manager_id if before else None,
        before_name=before.manager.name if before else "",
    )
