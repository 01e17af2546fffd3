"""Who sees a case: chosen, tried out as the others would see it, and saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.ideas.reads.case import CasePage, as_others_see
from idesluss.ideas.reads.names import Reader
from idesluss.ideas.usecases.hand_in import WIDTH
from idesluss.ideas.usecases.width import set_width
from idesluss.logic.refusals import Refusal
from idesluss.programmes.vocab import Visibility
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.width import WidthForm
from idesluss.web.ideas.views.case import page_for, told


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def width(request: Request, org: str, pk: int) -> HttpResponse:
    """Choose who may see it; with ``do=try`` nothing is saved, but shown as others would see it."""
    page = page_for(request, pk)
    if not (page.gives or page.works):
        raise Http404
    idea = page.idea
    now = {"visibility": idea.visibility, "name_shown": idea.name_shown}
    form: Any = open_form(WidthForm, request, page=page, widest=widest_for(page), initial=now)
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        visibility, name_shown = form.wish()
        if request.POST.get("do") == "try":
            preview = _as_others(request, page, visibility, name_shown)
        else:
            try:
                set_width(pk, visibility, name_shown, by=request.user, at=request.at)
            except Refusal as refusal:
                refused(form, refusal)
            else:
                messages.success(request, gettext("Saved."))
                return redirect("ideas:case", org, pk)
    context = {"page": page, "idea": idea, "form": form, "preview": preview}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ideas/width.html", context, status=status)


def widest_for(page: CasePage) -> str:
    """The widest that the reader may choose: the owner as the door has it, others as it is."""
    idea = page.idea
    if not page.owns or idea.door is None:
        return str(idea.visibility)
    return max(idea.visibility, idea.door.visibility, key=WIDTH.index)


def _as_others(
    request: Request, page: CasePage, visibility: Visibility, name_shown: Visibility
) -> dict[str, Any]:
    """What others would see of the case; nothing when it is shown to nobody else."""
    if visibility is Visibility.CLOSED:
        return {"shut": True}
    reader = Reader.OUTSIDE if visibility is Visibility.PUBLIC else Reader.INSIDE
    page.idea.name_shown = name_shown.value
    seen = as_others_see(page, reader, at=request.at)
    return told(request, seen) | {"reader": reader.value}
