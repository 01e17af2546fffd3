"""What a release tells the applicants: the facts of each letter, as they will be noted."""

from __future__ import annotations

from typing import Any

from idesluss.funding.reads.agenda import Agenda, Case
from idesluss.people.models import Person


def news_of(agenda: Agenda, case: Case) -> dict[str, Any]:
    """The facts of the decision on one case: what ``funding.decided`` notes and the letter says.

    Sums in minor units, the day of the decision ISO 8601 in the organisation's zone.
    """
    meeting, application, choice = agenda.meeting, case.decision.application, case.choice
    organisation = meeting.round.programme.organisation
    contact = contact_of(agenda, case)
    decided_on = meeting.held_at.astimezone(organisation.timezone) if meeting.held_at else None
    return {
        "title": application.idea.title,
        "register_number": application.idea.register_number,
        "round": meeting.round.name,
        "body": meeting.body.name,
        "decided_on": decided_on.date().isoformat() if decided_on else "",
        "outcome": choice.outcome,
        "asked_minor": application.asked_minor,
        "granted_minor": choice.granted_minor,
        "currency": application.currency,
        "reason": choice.reason,
        "conditions": choice.conditions,
        "later_year": choice.later_year,
        "project_year": meeting.round.project_year,
        "contact_name": contact.name if contact else "",
        "contact_mail": (contact.email or "") if contact else organisation.contact_mail,
        "path": f"/{organisation.slug}/applications/{application.pk}/",
    }


def contact_of(agenda: Agenda, case: Case) -> Person | None:
    """Whom the applicant may ask: the case's own contact, else the round's."""
    return case.decision.application.idea.contact or agenda.meeting.round.contact
