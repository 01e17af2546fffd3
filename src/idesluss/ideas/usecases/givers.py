"""Who hands in a case of a sluice together: invited, leaving, handing it over, keeping it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction

from idesluss.ideas.models import OWN, Idea, Involvement
from idesluss.ideas.rules import has_own_part, may_work
from idesluss.ideas.usecases.codes import give_code
from idesluss.ideas.usecases.guests import NAME_LENGTH, Guest, make_guest
from idesluss.ideas.usecases.involve import TooManyPeople, end_part
from idesluss.ideas.vocab import MOST_CO_APPLICANTS, Part
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.people.names import read_address, tidy
from idesluss.records.usecases import note


class HandlesIt(Refusal):
    """Whoever handles a case cannot hand it in too. Needs ``name``."""

    sentence = gettext_noop(
        "%(name)s is responsible for the case, and nobody handles a case of their own. Ask that it "
        "be given to somebody else first."
    )
    field = "address"


class LastGiver(Refusal):
    """Nobody would be left who hands it in."""

    sentence = gettext_noop(
        "You hand this in alone, so somebody must take over before you leave. You can also keep "
        "it with a follow-up code, or take the case back."
    )


class NotAGiver(Refusal):
    """Somebody who does not hand in the case, or does not any more."""

    sentence = gettext_noop("That person does not hand in the case any more. Nothing was changed.")


class StillHere(Refusal):
    """The giver can do it alone. Needs ``name``."""

    sentence = gettext_noop(
        "%(name)s still works here and signs in as usual, so only %(name)s can do this."
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A guest who has a case from now on, and the code that is shown this once."""

    person: Person
    code: str


@transaction.atomic
def invite_giver(
    idea_id: int, address: str, *, name: str = "", by: Person, at: datetime
) -> Involvement:
    """Let the person with the e-mail ``address`` hand in the case together with ``by``.

    A colleague is found by the address; anybody else becomes a guest, whether or not the address
    is known in another organisation, and takes a follow-up code of their own by the link in the
    letter. Notes ``ideas.giver_joined``, if it is new.

    Raises:
        NotAllowed: ``by`` does not hand it in.
        Missing, NotAnAddress: the address.
        HandlesIt: the person is responsible for it.
        TooManyPeople: there is no room for another one.
    """
    idea = _own(idea_id, by=by)
    to = read_address(address, field="address")
    if to is None:
        raise Missing(field="address")
    own = Involvement.objects.filter(idea=idea, part__in=OWN, ended_at=None)
    person = _colleague(idea, to, at=at)
    already = own.filter(person=person) if person else own.filter(person__reach_mail__iexact=to)
    if there := already.first():
        return there
    require(
        own.filter(part=Part.CO_APPLICANT.value).count() < MOST_CO_APPLICANTS,
        TooManyPeople(limit=MOST_CO_APPLICANTS, field="address"),
    )
    if person and person.pk == idea.responsible_id:
        raise HandlesIt(name=person.name)
    person = person or make_guest(Guest(tidy(name)[:NAME_LENGTH], mail=to), language=by.language)
    return _joins(idea, person, Part.CO_APPLICANT, by=by, at=at)


@transaction.atomic
def leave(idea_id: int, *, by: Person, at: datetime) -> None:
    """Let ``by`` no longer hand in the case; an owner hands it over first.

    Notes ``ideas.part_ended``.

    Raises:
        NotAllowed: ``by`` does not hand it in.
        LastGiver: ``by`` owns it.
    """
    idea = _own(idea_id, by=by)
    part = _part_of(idea, by)
    require(part.part != Part.OWNER.value, LastGiver)
    end_part(part, by=by, at=at)


@transaction.atomic
def hand_over(idea_id: int, to: Person, *, stay: bool = True, by: Person, at: datetime) -> None:
    """Make ``to``, who hands it in already, the owner; ``by`` stays as co-giver, or leaves.

    Notes ``ideas.handed_over``.

    Raises:
        NotAllowed: ``by`` does not own it.
        NotAGiver: ``to`` does not hand it in.
    """
    idea = _own(idea_id, by=by)
    mine = _part_of(idea, by)
    require(mine.part == Part.OWNER.value)
    if to.pk == by.pk:
        return
    theirs = _part_of(idea, to)
    Involvement.objects.filter(pk__in=[mine.pk, theirs.pk]).update(ended_at=at)
    Involvement.objects.create(idea=idea, person=to, part=Part.OWNER.value, since=at)
    if stay:
        Involvement.objects.create(idea=idea, person=by, part=Part.CO_APPLICANT.value, since=at)
    note(
        "ideas.handed_over",
        about=idea,
        by=by,
        at=at,
        to=to.pk,
        name=to.name,
        before=by.name,
        stays=stay,
        title=idea.title,
    )


@transaction.atomic
def keep_with_code(
    idea_id: int, person: Person, *, reach_mail: str = "", by: Person, at: datetime
) -> Kept:
    """Let a giver who leaves the municipality keep the case as a guest, by a follow-up code.

    The guest bears the same name and takes over the giver's part; what the giver wrote stays as it
    is. By the giver, or for one who has left already by who works with the case. Notes
    ``ideas.kept_with_code``.

    Raises:
        NotAllowed: ``by`` is neither.
        NotAGiver: ``person`` does not hand it in.
        StillHere: the giver still works here and can do it alone.
        NotAnAddress: ``reach_mail``.
    """
    idea = _own(idea_id, by=None)
    require(by == person or may_work(by, idea, at=at))
    part = _part_of(idea, person)
    if by != person and idea.organisation_id in person.standing(at).organisations():
        raise StillHere(name=person.name)
    if person.guest:
        return Kept(person, give_code(person, by=by, at=at, organisation_id=idea.organisation_id))
    guest = make_guest(
        Guest(person.name, mail=read_address(reach_mail, field="reach_mail") or ""),
        language=person.language,
    )
    Involvement.objects.filter(pk=part.pk).update(ended_at=at)
    Involvement.objects.create(idea=idea, person=guest, part=part.part, since=at)
    code = give_code(guest, by=by, at=at, organisation_id=idea.organisation_id)
    note("ideas.kept_with_code", about=idea, by=by, at=at, person=person.pk, guest=guest.pk)
    return Kept(guest, code)


# --- The code of somebody who was invited by mail ----------------------------------------------

SALT = "idesluss.ideas.guest"
LINK_HOLDS = timedelta(days=30)


class LinkOver(Refusal):
    """The link of the letter leads nowhere any more."""

    sentence = gettext_noop(
        "This link has been used, or is too old. Enter your follow-up code instead; if you have "
        "none, ask whoever invited you, or the municipality, for a new one."
    )


def invitation_link(person_id: int, *, asked_at: datetime) -> str:
    """The secret part of the link by which an invited guest takes a code, once."""
    until = (asked_at + LINK_HOLDS).isoformat()
    return signing.dumps({"person": person_id, "until": until}, salt=SALT, compress=True)


def invited_by_link(link: str, *, at: datetime) -> Person:
    """The guest whom ``link`` lets take a code.

    Raises:
        LinkOver: it is none of ours, too old, or a code has been taken already.
    """
    try:
        said = signing.loads(link, salt=SALT)
    except signing.BadSignature:
        raise LinkOver from None
    require(at < datetime.fromisoformat(said["until"]), LinkOver)
    person = Person.objects.filter(pk=said["person"], guest=True, follow_up_codes=None).first()
    if person is None:
        raise LinkOver
    return person


@transaction.atomic
def take_code(link: str, *, at: datetime) -> Kept:
    """Give the invited guest their follow-up code, once.

    Raises:
        LinkOver: as ``invited_by_link``.
    """
    person = invited_by_link(link, at=at)
    Person.objects.select_for_update().get(pk=person.pk)
    require(not person.follow_up_codes.exists(), LinkOver)
    return Kept(person, give_code(person, by=person, at=at))


def _own(idea_id: int, *, by: Person | None) -> Idea:
    """The locked case of a sluice, when ``by`` hands it in (None: asked elsewhere)."""
    found = Idea.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    idea = found.get(pk=idea_id)
    require(idea.edition_id is not None and idea.stage != Stage.DRAFT.value)
    require(by is None or has_own_part(by, idea))
    return idea


def _part_of(idea: Idea, person: Person) -> Involvement:
    parts = Involvement.objects.filter(idea=idea, person=person, part__in=OWN, ended_at=None)
    part = parts.order_by("id").first()
    if part is None:
        raise NotAGiver
    return part


def _colleague(idea: Idea, address: str, *, at: datetime) -> Person | None:
    person = Person.objects.filter(email__iexact=address, is_active=True).first()
    belongs = person is not None and idea.organisation_id in person.standing(at).organisations()
    return person if belongs else None


def _joins(idea: Idea, person: Person, part: Part, *, by: Person, at: datetime) -> Involvement:
    involvement = Involvement.objects.create(idea=idea, person=person, part=part.value, since=at)
    note(
        "ideas.giver_joined",
        about=idea,
        by=by,
        at=at,
        person=person.pk,
        guest=person.guest,
        title=idea.title,
        inviter=by.name,
    )
    return involvement
