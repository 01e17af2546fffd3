"""A project is noted as permanent; it is put right, and it is ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.adoption.models import Adoption
from idesluss.adoption.reads import people_of, units_of
from idesluss.adoption.rules import ADOPTABLE
from idesluss.adoption.usecases import Facts, adopt, correct, end
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.pilots.forms import EndForm, PermanentForm
from idesluss.web.pilots.found import project_for, project_url


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def permanent(request: Request, org: str, pk: int) -> HttpResponse:
    """Since when, whose it is, which budget pays; the same page puts it right."""
    project, _reader = project_for(request, pk, "answers")
    noted = Adoption.objects.standing().filter(idea=project.idea_id).first()
    if noted is None and project.idea.stage not in ADOPTABLE:
        raise Http404
    form: Any = open_form(
        PermanentForm,
        request,
        units=units_of(request.organisation, noted),
        people=people_of(request.organisation, noted, at=request.at),
        currency=noted.currency if noted else request.organisation.currency,
        initial=_noted(noted, project),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, pk, form.cleaned_data, noted)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            said = gettext("Saved.") if noted else gettext("It is noted as permanent. Well done!")
            messages.success(request, said)
            return redirect(project_url(request, project))
    context = {"project": project, "idea": project.idea, "form": form, "noted": noted}
    return render(request, "pilots/permanent.html", context, status=422 if form.errors else 200)


def _noted(noted: Adoption | None, project: Any) -> dict[str, Any]:
    """What stands in the form from the beginning."""
    if noted is None:
        return {"unit": project.idea.unit_id, "version": ""}
    names = ("since", "budget", "owner_name", "words", "version")
    return {
        "unit": noted.unit_id,
        "owner": noted.owner_id,
        "yearly": noted.yearly_minor,
        **{name: getattr(noted, name) for name in names},
    }


def _write(request: Request, pk: int, given: dict[str, Any], noted: Adoption | None) -> None:
    facts = Facts(
        since=given["since"],
        unit=given["unit"],
        budget=given["budget"],
        owner=given["owner"],
        owner_name=given["owner_name"],
        yearly_minor=given["yearly"],
        words=given["words"],
    )
    if noted is None:
        adopt(pk, facts=facts, by=request.user, at=request.at)
    else:
        version = given["version"] or 0
        correct(pk, facts=facts, version=version, by=request.user, at=request.at)


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def end_page(request: Request, org: str, pk: int) -> HttpResponse:
    """It is no longer permanent, or never was: which of the two, and why."""
    project, _reader = project_for(request, pk, "answers")
    noted = Adoption.objects.standing().filter(idea=project.idea_id).first()
    if noted is None:
        raise Http404
    form: Any = open_form(EndForm, request, initial={"version": noted.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        how = {"version": given["version"], "mistake": given["why"] == "mistake"}
        try:
            end(pk, reason=given["reason"], **how, by=request.user, at=request.at)
        except Refusal as refusal:
            refused(form, refusal, request.organisation.timezone)
        else:
            messages.success(request, gettext("It is no longer noted as permanent."))
            return redirect(project_url(request, project))
    context = {"project": project, "idea": project.idea, "form": form, "noted": noted}
    return render(request, "pilots/permanent_end.html", context, status=422 if form.errors else 200)
