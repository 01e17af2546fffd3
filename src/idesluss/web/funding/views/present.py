"""Who is in the room, and who steps aside in which case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from idesluss.funding.reads.agenda import Agenda, Case, Closed, agenda_of
from idesluss.funding.rules import may_decide
from idesluss.funding.usecases import recuse, set_presence
from idesluss.logic.refusals import Refusal
from idesluss.papers.minutes import ground_told
from idesluss.people.vocab import Role
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.meeting import PresenceForm, RecusalForm
from idesluss.web.funding.views.lookups import meeting_of, meeting_url


@list_page
@access(MEMBER)
def present(request: Request, org: str, slug: str) -> HttpResponse:
    """Two forms: the members in the room, and a member who steps aside."""
    meeting = meeting_of(request, slug)
    if not may_decide(request.user, meeting, at=request.at):
        raise Http404
    agenda = agenda_of(meeting, request.user, at=request.at, judged=False)
    anybody = request.user.has_role(meeting.organisation_id, Role.ADMINISTRATOR, at=request.at)
    about = {"agenda": agenda, "anybody": anybody, "by": request.user}
    steps_aside = request.POST.get("do") == "recuse"
    room: Any = PresenceForm(members=agenda.members)
    recusal: Any = RecusalForm(**about)
    if request.method == "POST" and steps_aside:
        recusal = open_form(RecusalForm, request, **about)
        done = recusal.is_valid() and _recuse(request, agenda, recusal)
    elif request.method == "POST":
        room = open_form(PresenceForm, request, members=agenda.members)
        done = room.is_valid() and _note(request, agenda, room)
    else:
        done = False
    if done:
        return redirect(meeting_url(request, meeting, "funding:present"))
    context = {
        "agenda": agenda,
        "lines": [line_of(row, agenda.names) for row in agenda.rows],
        "meeting": meeting,
        "round": meeting.round,
        "room": room,
        "recusal": recusal,
        "forms": [room, recusal],
        "back": meeting_url(request, meeting),
        "title": _("Present and recused"),
    }
    wrong = room.errors or recusal.errors
    return render(request, "funding/meeting/present.html", context, status=422 if wrong else 200)


def line_of(row: Case | Closed, names: Mapping[int, str]) -> dict[str, Any]:
    """Who decides one case, in words; of a shut one only its §."""
    if not isinstance(row, Case):
        return {"number": row.number, "recused": row.recused}
    item = row.item
    return {
        "number": row.number,
        "case": row,
        "title": str(row.decision.application),
        "asides": [(names[one.person_id], ground_told(one.ground)) for one in row.recused],
        "suspected": [names[one.person_id] for one in row.suspected],
        "chair": names[item.chair] if item and item.chair else "",
        "voting": len(item.voting) if item else 0,
        "too_few": row.too_few,
    }


def _note(request: Request, agenda: Agenda, form: Any) -> bool:
    try:
        set_presence(
            agenda.meeting.pk, people=form.cleaned_data["present"], by=request.user, at=request.at
        )
    except Refusal as refusal:
        refused(form, refusal)
        return False
    messages.success(request, _("Noted who is present."))
    return True


def _recuse(request: Request, agenda: Agenda, form: Any) -> bool:
    data = form.cleaned_data
    try:
        recuse(
            agenda.meeting.pk,
            application_id=data["case"],
            person_id=data["person"],
            ground=data["ground"],
            note=data["note"],
            by=request.user,
            at=request.at,
        )
    except Refusal as refusal:
        refused(form, refusal)
        return False
    name = agenda.names[data["person"]]
    messages.success(request, _("%(name)s steps aside in the case.") % {"name": name})
    return True
