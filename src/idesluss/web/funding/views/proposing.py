"""Before the meeting: the office writes the sum that it proposes for each case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from idesluss.funding.reads.agenda import agenda_of
from idesluss.funding.rules import may_prepare
from idesluss.funding.usecases import recommend
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.proposing import ProposalsForm
from idesluss.web.funding.views.lookups import meeting_of, meeting_url


@list_page
@access(MEMBER)
def proposals(request: Request, org: str, slug: str) -> HttpResponse:
    """Every case that is open to the reader, with what is asked for and what is proposed."""
    meeting = meeting_of(request, slug)
    if not may_prepare(request.user, meeting, at=request.at):
        raise Http404
    agenda = agenda_of(meeting, request.user, at=request.at)
    form: Any = open_form(ProposalsForm, request, agenda=agenda)
    if request.method == "POST":
        form.is_valid()
        try:
            result = recommend(meeting.pk, proposed=form.proposed, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            form.complain(result)
            if result.saved or not form.errors:
                messages.success(request, _told(len(result.saved)))
        if not form.errors:
            return redirect(meeting_url(request, meeting))
    context = {
        "form": form,
        "agenda": agenda,
        "meeting": meeting,
        "round": meeting.round,
        "back": meeting_url(request, meeting),
        "proposed_minor": sum(case.decision.recommended_minor or 0 for case in agenda.cases),
        "title": _("Proposed sums"),
    }
    wrong = 422 if form.errors else 200
    return render(request, "funding/meeting/proposals.html", context, status=wrong)


def _told(count: int) -> str:
    told = ngettext("%(count)s proposal saved.", "%(count)s proposals saved.", count)
    return told % {"count": count}
