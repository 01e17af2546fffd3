"""What is told to whom: one function per kind of news, listed by verb in the wiring.

Each writes letters in the transaction that delivers the entry; a letter that is already written
stays as it is, so a handler bears repetition.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from idesluss.assessment.models import Assessment
from idesluss.funding.models import Application, Meeting
from idesluss.ideas.models import OWN, Idea
from idesluss.mail.kinds import wish_of
from idesluss.mail.letters import Composed, compose, decision_letter, language_for
from idesluss.mail.resting import rests_with
from idesluss.people import days
from idesluss.people.models import Organisation, Person, Seat
from idesluss.people.vocab import MailWish, Role
from idesluss.records.models import Entry
from idesluss.records.usecases import write_letter
from idesluss.records.vocab import LetterState

STATES = {
    MailWish.AT_ONCE: LetterState.QUEUED,
    MailWish.DAILY: LetterState.HELD,
    MailWish.NEVER: LetterState.UNWANTED,
}


def received(entry: Entry, at: datetime) -> None:
    """A receipt to everybody who applies."""
    application = application_of(entry)
    closes_at = application.round.closes_at
    facts = facts_of(application)
    for person in applicants(application.idea):
        organisation = application.round.programme.organisation
        facts["closes"] = moment(closes_at, person, organisation) if closes_at else ""
        facts["managers"] = rests_with(application, person, organisation)
        tell(entry, "received", person, organisation, at, **facts)


def involved(entry: Entry, at: datetime) -> None:
    """To a new co-applicant: who asked, and what for."""
    application = application_of(entry)
    person = Person.objects.get(pk=entry.data["person"])
    by = Person.objects.get(pk=entry.by_id or 0)
    facts = {**facts_of(application), "contact_name": "", "contact_mail": "", "by": by.name}
    tell(entry, "involved", person, application.round.programme.organisation, at, **facts)


def withdrawn(entry: Entry, at: datetime) -> None:
    """A confirmation to everybody who applied."""
    tell_applicants(entry, "withdrawn", at)


def completion_asked(entry: Entry, at: datetime) -> None:
    """What is missing, and until when."""
    tell_applicants(
        entry, "completion_asked", at, what=entry.data["what"], due_on=entry.data["due"]
    )


def completed(entry: Entry, at: datetime) -> None:
    """To the contact person, whose turn it is again."""
    application = application_of(entry)
    if contact := application.idea.contact:
        facts = {**facts_of(application), "contact_name": "", "contact_mail": ""}
        facts["path"] = path_of("funding:check", application)
        tell(entry, "completed", contact, application.round.programme.organisation, at, **facts)


def accepted(entry: Entry, at: datetime) -> None:
    """The application is complete and goes on."""
    tell_applicants(entry, "accepted", at)


def redirected(entry: Entry, at: datetime) -> None:
    """Wrong door: where the case has gone."""
    tell_applicants(
        entry, "redirected", at, to=entry.data["to"], message=entry.data.get("message", "")
    )


def incomplete(entry: Entry, at: datetime) -> None:
    """Closed as incomplete, with the reason."""
    tell_applicants(entry, "incomplete", at, reason=entry.data["reason"])


def assigned(entry: Entry, at: datetime) -> None:
    """To the assessor: say whether you have a conflict, then assess; one letter for all cases."""
    if cases := entry.data.get("cases", 1):
        tell_assessor(entry, "assigned", at, cases=cases)


def reopened(entry: Entry, at: datetime) -> None:
    """To the assessor: your locked assessment is open again, for this reason."""
    tell_assessor(entry, "reopened", at, reason=entry.data["reason"])


def meeting_opened(entry: Entry, at: datetime) -> None:
    """To everybody with a seat in the body."""
    meeting = Meeting.objects.select_related("body", "round__programme__organisation").get(
        pk=entry.about_id
    )
    organisation = meeting.round.programme.organisation
    seats = Seat.objects.valid(at.date()).filter(body=meeting.body).select_related("person")
    for person in {seat.person for seat in seats}:
        tell(
            entry,
            "meeting_opened",
            person,
            organisation,
            at,
            round=meeting.round.name,
            body=meeting.body.name,
            held=moment(meeting.held_at, person, organisation) if meeting.held_at else "",
            place=meeting.place,
            path=reverse("assessment:declare", args=[organisation.slug, meeting.round.slug]),
        )


def decided(entry: Entry, at: datetime) -> None:
    """The decision to everybody who applied, word for word as it was previewed."""
    application = application_of(entry)
    organisation = application.round.programme.organisation
    news: Any = entry.data
    for person in applicants(application.idea):
        letter = decision_letter(news, person=person, organisation=organisation)
        put(entry, "decided", person, letter, at)


def invited(entry: Entry, at: datetime) -> None:
    """To somebody who has been given access: how to sign in."""
    person = Person.objects.get(pk=entry.about_id)
    if not person.email:  # cannot sign in, so is told in another way
        return
    organisation = Organisation.objects.get(pk=entry.organisation_id or 0)
    by = Person.objects.filter(pk=entry.by_id or 0).first()
    with translation.override(language_for(person, organisation)):
        roles = ", ".join(sorted(str(Role(role).label) for role in entry.data["roles"]))
    tell(
        entry,
        "invited",
        person,
        organisation,
        at,
        by=by.name if by else organisation.name,
        roles=roles,
        path=reverse("account_login"),
    )


def application_of(entry: Entry) -> Application:
    """The application that an entry is about: itself, or the idea's latest."""
    applications = Application.objects.select_related(
        "idea__contact", "round__programme__organisation"
    )
    if entry.about_kind == Application._meta.label_lower:
        return applications.get(pk=entry.about_id)
    return applications.filter(idea=entry.about_id).latest("pk")


def applicants(idea: Idea) -> list[Person]:
    """Everybody who hands in the idea, the owner first."""
    own = idea.involvements.filter(part__in=OWN, ended_at=None).select_related("person")
    return [one.person for one in own.order_by("id")]


def path_of(page: str, application: Application) -> str:
    """The path of a page about an application."""
    return reverse(page, args=[application.round.programme.organisation.slug, application.pk])


def facts_of(application: Application) -> dict[str, Any]:
    """What every letter to an applicant may say of the application."""
    idea = application.idea
    contact = idea.contact
    return {
        "title": idea.title,
        "register_number": idea.register_number,
        "round": application.round.name,
        "answer_on": idea.answer_by.isoformat() if idea.answer_by else "",
        "contact_name": contact.name if contact else "",
        "contact_mail": (contact.email if contact else "") or "",
        "path": path_of("funding:application", application),
    }


def moment(at: datetime, person: Person, organisation: Organisation) -> str:
    """A moment as the person reads it: day and time in the organisation's zone."""
    with translation.override(language_for(person, organisation)):
        return days.moment(at, organisation.timezone)


def tell_applicants(entry: Entry, kind: str, at: datetime, **facts: Any) -> None:
    """Write the letter ``kind`` to everybody who applies."""
    application = application_of(entry)
    organisation = application.round.programme.organisation
    for person in applicants(application.idea):
        tell(entry, kind, person, organisation, at, **facts_of(application), **facts)


def tell_assessor(entry: Entry, kind: str, at: datetime, **facts: Any) -> None:
    """Write the letter ``kind`` to the assessor of the entry's assessment."""
    assessment = Assessment.objects.select_related(
        "assessor", "idea", "round__programme__organisation"
    ).get(pk=entry.about_id)
    organisation = assessment.round.programme.organisation
    facts |= {
        "round": assessment.round.name,
        "register_number": assessment.idea.register_number,
        "path": reverse("assessment:mine", args=[organisation.slug]),
    }
    tell(entry, kind, assessment.assessor, organisation, at, **facts)


def tell(
    entry: Entry,
    kind: str,
    person: Person,
    organisation: Organisation,
    at: datetime,
    *,
    calendar: str = "",
    **facts: Any,
) -> None:
    """Write the letter ``kind`` to ``person`` because of ``entry``."""
    letter = compose(
        kind,
        name=person.name,
        language=language_for(person, organisation),
        organisation=organisation,
        **facts,
    )
    put(entry, kind, person, letter, at, calendar=calendar)


def put(
    entry: Entry,
    kind: str,
    person: Person,
    letter: Composed,
    at: datetime,
    *,
    calendar: str = "",
) -> None:
    """Write a composed letter, to be told as ``person`` wishes to be told that kind.

    What carries an invitation for the calendar, or belongs to no organisation, cannot be told in
    the daily letter and goes at once. So does what goes to a guest, who reads no daily letter; one
    who did not say how to be reached finds the news with the follow-up code, and nobody is bothered
    with a letter that cannot be sent.
    """
    wish = wish_of(person, kind)
    if wish is MailWish.DAILY and (calendar or person.guest or not entry.organisation_id):
        wish = MailWish.AT_ONCE
    to = person.reach_mail if person.guest else person.email or ""
    if person.guest and not to:
        wish = MailWish.NEVER
    write_letter(
        kind=kind,
        person_id=person.pk,
        to=to,
        subject=letter.subject,
        text=letter.text,
        language=letter.language,
        at=at,
        entry=entry,
        reply_to=letter.reply_to,
        link=letter.link,
        words=letter.words,
        calendar=calendar,
        state=STATES[wish],
    )
