"""For whom a case is open, and for whom it is shut: every room asks here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from idesluss.ideas.models.parts import OPEN, OWN, SHUT, Declaration, Involvement
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Appointment, Person, standing_of
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from idesluss.programmes.vocab import Visibility

DECIDERS_SEE = tuple(
    stage.value
    for stage in Stage
    if stage not in (Stage.DRAFT, Stage.RECEIVED, Stage.EXPLORING, Stage.REDIRECTED)
)


NEVER_SHOWN = (Stage.DRAFT.value, Stage.WITHDRAWN.value, Stage.REDIRECTED.value)


# One person's cases are few, so they are looked up once and held against the rows, whatever the
# number of rows: much cheaper than asking for each row whether the person has to do with it.


def has_part(person: Person, *parts: str, idea: str = "") -> Q:
    """Cases in which ``person`` plays one of ``parts``; ``idea`` is a path such as "idea__"."""
    theirs = Involvement.objects.filter(person=person, part__in=parts, ended_at=None)
    return Q(**{f"{idea}pk__in": theirs.values("idea")})


def declared(person: Person, *states: str, idea: str = "") -> Q:
    """Cases in which ``person``'s declaration is one of ``states``."""
    theirs = Declaration.objects.filter(person=person, state__in=states)
    return Q(**{f"{idea}pk__in": theirs.values("idea")})


def own(person: Any, *, idea: str = "") -> Q:
    """Cases that ``person`` hands in, alone or with others."""
    if not isinstance(person, Person):
        return Q(pk__in=[])
    return has_part(person, *OWN, idea=idea)


def involved(person: Any, *, at: datetime, idea: str = "") -> Q:
    """Cases that ``person`` may judge or must declare in, conflicts not yet counted."""
    if not isinstance(person, Person):
        return Q(pk__in=[])
    draft = Q(**{f"{idea}stage": Stage.DRAFT.value})
    return _judging(person, at=at, idea=idea) & ~draft & ~own(person, idea=idea)


def _judging(person: Person, *, at: datetime, idea: str) -> Q:
    """Cases given to ``person`` to assess, or before a body where they have a seat.

    Whoever has left the organisation judges nothing there any more.
    """
    standing = standing_of(person, at)
    # Where one belongs is asked of one's own few parts: SQLite would begin at the organisation.
    theirs = Involvement.objects.filter(
        person=person,
        part=Part.ASSESSOR.value,
        ended_at=None,
        idea__programme__organisation__in=standing.organisations(),
    )
    judging = Q(**{f"{idea}pk__in": theirs.values("idea")})
    if bodies := standing.bodies:
        judging |= Q(
            **{
                f"{idea}programme__in": Programme.objects.decided_by(bodies),
                f"{idea}stage__in": DECIDERS_SEE,
            },
        )
    return judging


def handled(person: Any, *, at: datetime, idea: str = "") -> Q:
    """Cases whose content is open to ``person`` because of an office, not as applicant.

    Fund administrators and registrars: every case of their organisation that is handed in.
    Coaches: those of its sluices. Managers: those of its sluices that touch their units, or that
    they are responsible for. Assessors and members of the deciding body: theirs, once they have
    declared that they have no conflict of interest. Nobody: a case with their own declared or
    decided conflict, or one they hand in themselves (FL 2017:900 § 16: a party never handles
    the case).
    """
    if not isinstance(person, Person):
        return Q(pk__in=[])
    standing = standing_of(person, at)
    offices = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
    seen = Q(**{f"{idea}programme__organisation__in": offices})
    if set(standing.organisations()) - set(offices):  # else no other ground opens anything more
        seen |= _judging(person, at=at, idea=idea) & declared(person, *OPEN, idea=idea)
        seen |= _sluicing(person, at=at, idea=idea)
    draft = Q(**{f"{idea}stage": Stage.DRAFT.value})
    shut = declared(person, *SHUT, idea=idea) | own(person, idea=idea)
    return seen & unsealed(person, at=at, idea=idea) & ~draft & ~shut


def unsealed(person: Person, *, at: datetime, idea: str = "") -> Q:
    """Cases that are not sealed for ``person``.

    What told of wrongdoing was sent on to where it belongs, and is in no step of the model any
    more: nobody of the organisation reads it but its registrars, who keep the records, and the
    one who sent it on (lagen 2021:890, ch. 7: only who needs it for the work comes at such data).
    """
    keeping = standing_of(person, at).organisations_as(Role.REGISTRAR)
    return (
        Q(**{f"{idea}edition__isnull": True})
        | Q(**{f"{idea}at_step__isnull": False})
        | Q(**{f"{idea}responsible": person})
        | Q(**{f"{idea}programme__organisation__in": keeping})
    )


def _sluicing(person: Person, *, at: datetime, idea: str) -> Q:
    """Cases of sluices that ``person`` handles as coach, or as manager."""
    standing = standing_of(person, at)
    sluiced = Q(**{f"{idea}edition__isnull": False})
    seen = Q(pk__in=[])
    if coaching := standing.organisations_as(Role.COACH):
        seen |= sluiced & Q(**{f"{idea}programme__organisation__in": coaching})
    if managing := standing.organisations_as(Role.MANAGER):
        places = Appointment.objects.valid(at.date()).filter(
            person=person, role=Role.MANAGER.value, unit__isnull=False
        )
        units = places.values("unit")
        touched = Q(**{f"{idea}unit__in": units}) | Q(**{f"{idea}unit__parent__in": units})
        theirs = touched | Q(**{f"{idea}responsible": person})
        seen |= sluiced & theirs & Q(**{f"{idea}programme__organisation__in": managing})
    return seen


def opened_to(person: Any, *, at: datetime, idea: str = "") -> Q:
    """Cases that are shown to more than those who hand them in and those who handle them.

    Never what is a draft, was taken back or was sent on to another door; inside the organisation
    never to somebody for whom the case is shut.
    """
    shown = Q(**{f"{idea}edition__isnull": False}) & ~Q(**{f"{idea}stage__in": NEVER_SHOWN})
    wide = Q(**{f"{idea}visibility": Visibility.PUBLIC.value})
    if here := standing_of(person, at).organisations():
        inside = Q(**{f"{idea}visibility": Visibility.INSIDE.value})
        there = Q(**{f"{idea}programme__organisation__in": here})
        wide |= inside & there & ~declared(person, *SHUT, idea=idea)
    return shown & wide


def sluiced_shown(person: Any, *, at: datetime) -> Q:
    """Cases of sluices that ``person`` may read, as ``Idea.objects.shown_to`` says; cheaper to ask.

    For most readers, who judge nothing and manage nobody, their roles alone tell what they handle.
    """
    if not isinstance(person, Person):
        return opened_to(person, at=at)
    standing = standing_of(person, at)
    sluiced = Q(edition__isnull=False)
    if standing.organisations_as(Role.MANAGER, Role.ASSESSOR) or standing.bodies:
        shown = own(person) | handled(person, at=at) | endorsing(person, at=at)
        return sluiced & (shown | opened_to(person, at=at))
    offices = standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR, Role.COACH)
    if set(standing.organisations()) - set(offices):
        wide = opened_to(person, at=at)
    else:  # what is shown inside is among what they handle
        wide = opened_to(None, at=at)
    shown = sluiced & (own(person) | wide)
    if not offices:
        return shown
    theirs = sluiced & Q(programme__organisation__in=offices) & ~Q(stage=Stage.DRAFT.value)
    return shown | (theirs & unsealed(person, at=at) & ~declared(person, *SHUT))


def endorsing(person: Any, *, at: datetime, idea: str = "") -> Q:
    """Cases in which ``person`` is asked, as manager, what the unit says to it.

    They read what is asked for, not how it is judged; a case shut to them stays shut.
    """
    if not isinstance(person, Person):
        return Q(pk__in=[])
    asked = Involvement.objects.filter(
        person=person,
        part=Part.ENDORSER.value,
        ended_at=None,
        idea__programme__organisation__in=standing_of(person, at).organisations(),
    )
    draft = Q(**{f"{idea}stage": Stage.DRAFT.value})
    shut = declared(person, *SHUT, idea=idea)
    open_ones = unsealed(person, at=at, idea=idea) & ~draft & ~shut
    return Q(**{f"{idea}pk__in": asked.values("idea")}) & open_ones
