"""Where the questions to managers rest, as letters say it in the reader's language."""

from __future__ import annotations

from django.utils import translation

from idesluss.funding.models import Application, Endorsement
from idesluss.funding.reads.endorsing import SILENCE_MEANS
from idesluss.mail.letters import language_for
from idesluss.people import days
from idesluss.people.models import Organisation, Person


def resting(
    endorsement: Endorsement, silence: str, reader: Person, organisation: Organisation
) -> dict[str, str]:
    """Who is asked on behalf of what, until when, and what ``silence`` means."""
    with translation.override(language_for(reader, organisation)):
        return {
            "manager": endorsement.manager.name,
            "unit": endorsement.unit.name if endorsement.unit else "",
            "until": days.until(endorsement.due_at, organisation.timezone),
            "silence": str(SILENCE_MEANS[silence]),
        }


def rests_with(
    application: Application, reader: Person, organisation: Organisation
) -> list[dict[str, str]]:
    """Every question that waits for an answer, for the receipt; none where nobody is asked."""
    if not application.round.endorsed:
        return []
    waiting = Endorsement.objects.filter(application=application).waiting()
    found = waiting.select_related("manager", "unit").order_by("pk")
    return [resting(one, application.round.silence, reader, organisation) for one in found]
