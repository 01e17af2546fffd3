"""The public page of a project is written, published and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.logic.refusals import Refusal
from idesluss.pilots.reads.following import Reader, photos_of, proposal
from idesluss.pilots.usecases import present, take_back
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.pilots.forms import PageForm
from idesluss.web.pilots.found import project_for, project_url


@require_http_methods(["GET", "HEAD", "POST"])
@access(SIGNED_IN)
def page(request: Request, org: str, pk: int) -> HttpResponse:
    """What everybody may read, proposed from what there is; saved, published or taken back."""
    project, reader = project_for(request, pk, "presents")
    if request.method == "POST" and request.POST.get("do") == "take_back":
        return _take_back(request, project)
    photos = photos_of(project)
    form: Any = open_form(
        PageForm,
        request,
        project=project,
        photos=photos,
        names=_names(project, reader),
        initial={
            **proposal(project),
            "version": project.version,
            "pictured": project.pictured_id or "",
            "coordinator_name": project.coordinator_name,
            "named": project.coordinator_shown,
        },
    )
    publish = request.POST.get("do") == "publish"
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        how = {"page": form.page, "version": version, "publish": publish}
        try:
            present(pk, **how, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            said = gettext("Everybody can read the page now.") if publish else gettext("Saved.")
            messages.success(request, said)
            return redirect(project_url(request, project))
    context = {"project": project, "idea": project.idea, "form": form, "photos": photos}
    return render(request, "pilots/page.html", context, status=422 if form.errors else 200)


def _names(project: Any, reader: Reader) -> str:
    """Who may say yes to the coordinator's name: see ``PageForm``."""
    if reader.coordinates:
        return "self"
    return "other" if project.coordinator_id is None and reader.answers else ""


def _take_back(request: Request, project: Any) -> HttpResponse:
    try:
        take_back(project.pk, by=request.user, at=request.at)
    except Refusal as refusal:
        messages.info(request, say(refusal))
    else:
        messages.success(request, gettext("The page is shown to nobody else now. It is kept."))
    return redirect(project_url(request, project))
