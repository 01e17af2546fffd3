"""All of one's own cases, wherever they were handed in: where each is, what one is to do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from idesluss.ideas.reads.mine import cases_of_giver
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request


@list_page
@require_safe
@access(SIGNED_IN)
def mine(request: Request) -> HttpResponse:
    """What one has handed in; a guest's page has their code beside it."""
    if request.user.guest:
        return redirect("ideas:follow_up")
    rows = cases_of_giver(request.user, at=request.at)
    places = {row.idea.organisation_id for row in rows}
    context = {"rows": rows, "several_places": len(places) > 1}
    return render(request, "ideas/mine.html", context)
