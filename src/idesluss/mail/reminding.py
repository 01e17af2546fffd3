"""The friendly letter to somebody whose turn it is."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from idesluss.insight.acts import Act
from idesluss.mail.handlers import tell
from idesluss.mail.letters import language_for
from idesluss.people.models import Organisation, Person
from idesluss.records.models import Entry


def reminded(entry: Entry, at: datetime) -> None:
    """To the one who is reminded: of which act, by whom; the cases are told where one signs in.

    Fund administrators look after letters, also those to whom one of the cases may be shut.
    """
    person = Person.objects.get(pk=entry.about_id)
    organisation = Organisation.objects.get(pk=entry.organisation_id or 0)
    by = Person.objects.get(pk=entry.by_id or 0)
    with translation.override(language_for(person, organisation)):
        what = str(Act(entry.data["what"]).label)
    tell(
        entry,
        "reminded",
        person,
        organisation,
        at,
        what=what,
        by=by.name,
        contact_name=by.name,
        contact_mail=by.email or "",
        path=reverse("insight:mine"),
    )
