"""Who takes part in an application, its files, and what a search for a colleague found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from idesluss.funding.models import Application
from idesluss.funding.reads.applying import SHORTEST_SEARCH, colleagues
from idesluss.funding.reads.contents import contents_of
from idesluss.funding.rules import may_invite
from idesluss.ideas.models import Attachment
from idesluss.ideas.usecases.involve import NotAColleague
from idesluss.web.frame.formats import say
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.beside import AttachForm, SearchForm
from idesluss.web.funding.forms.steps import Sources


def people_context(request: Request, sources: Sources) -> dict[str, Any]:
    """What the step for people and files shows beside its form."""
    application = sources.application
    organisation = application.round.programme.organisation
    wanted = " ".join(request.GET.get("who", "").split())[:120]
    told = contents_of(application)
    taking_part = {person.pk for person in (told.owner, *told.co_applicants) if person}
    found = colleagues(organisation, wanted, at=request.at) if wanted else []
    nobody = NotAColleague(text=wanted, organisation=organisation.name)
    return {
        "contents": told,
        "may_invite": may_invite(request.user, application, at=request.at),
        "search": SearchForm({"who": wanted}) if wanted else SearchForm(),
        "wanted": wanted,
        "too_short": 0 < len(wanted) < SHORTEST_SEARCH,
        "found": [(person, person.pk in taking_part) for person in found],
        "nobody": say(nobody) if wanted and not found else "",
        "attaching": AttachForm(),
        "removed": _removed(request, application),
    }


def _removed(request: Request, application: Application) -> Attachment | None:
    """The file that was just taken away, for the button that puts it back."""
    try:
        number = UUID(request.GET.get("removed", ""))
    except ValueError:
        return None
    away = Attachment.objects.filter(idea=application.idea_id).exclude(removed_at=None)
    return away.filter(pk=number).first()
