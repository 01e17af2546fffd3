"""Colleagues and files of an application: added and taken away from its step for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext

from idesluss.funding.models import Application
from idesluss.funding.usecases import attach, detach, involve, put_back, uninvolve
from idesluss.ideas.models import Attachment
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Person
from idesluss.web.frame.formats import say
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.applying import StepForm
from idesluss.web.funding.forms.beside import AttachForm
from idesluss.web.funding.views.desk import own_application, sources_of, step_url, zone_of
from idesluss.web.funding.views.saving import Page, step_page

Act = Callable[[Request, Application], HttpResponse]


def together(request: Request, application: Application) -> HttpResponse:
    """Do the act that was asked for, and show the step again; refused: say why beside it."""
    try:
        return ACTS[request.POST["act"]](request, application)
    except Refusal as refusal:
        messages.error(request, say(refusal, zone_of(application)))
        return _back(application, "people")


def _back(application: Application, part: str, query: str = "") -> HttpResponse:
    return redirect(f"{step_url(application, 'people')}{query}#{part}")


def _attach(request: Request, application: Application) -> HttpResponse:
    """Attach every file that can be; those that cannot are told one by one."""
    form = AttachForm(request.POST, request.FILES)
    kept = 0
    for upload in form.cleaned_data["file"] if form.is_valid() else ():
        try:
            attach(
                application.pk,
                name=upload.name,
                content=upload,
                size=upload.size,
                by=request.user,
                at=request.at,
            )
            kept += 1
        except Refusal as refusal:
            form.add_error("file", say(refusal, zone_of(application)))
    if kept:
        told = ngettext("%(n)s file was attached.", "%(n)s files were attached.", kept)
        messages.success(request, told % {"n": kept})
    if form.errors:
        sources = sources_of(request, own_application(request, application.pk))
        page = Page(sources, "people", StepForm(sources=sources, step="people"))
        return step_page(request, page, attaching=form)
    return _back(application, "files")


def _detach(request: Request, application: Application) -> HttpResponse:
    number = _file(request, application)
    gone = detach(application.pk, attachment_id=number, by=request.user, at=request.at)
    return _back(application, "files", f"?removed={gone.pk}")


def _put_back(request: Request, application: Application) -> HttpResponse:
    number = _file(request, application)
    put_back(application.pk, attachment_id=number, by=request.user, at=request.at)
    return _back(application, "files")


def _involve(request: Request, application: Application) -> HttpResponse:
    person = Person.objects.filter(pk=_number(request)).first()
    if person is None:
        raise Http404
    involve(application.pk, person=person, by=request.user, at=request.at)
    told = gettext("%(name)s now hands in the application together with you.")
    messages.success(request, told % {"name": person.name})
    return _back(application, "people")


def _uninvolve(request: Request, application: Application) -> HttpResponse:
    number = _number(request)
    uninvolve(application.pk, person_id=number, by=request.user, at=request.at)
    return _back(application, "people")


ACTS: Mapping[str, Act] = {
    "attach": _attach,
    "detach": _detach,
    "put_back": _put_back,
    "involve": _involve,
    "uninvolve": _uninvolve,
}


def _number(request: Request) -> int:
    """The person that the button names; 404 for anything else."""
    number = request.POST.get("person", "")
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    return int(number)


def _file(request: Request, application: Application) -> UUID:
    """The file that the button names; 404 when the application has no such file."""
    try:
        number = UUID(request.POST.get("file", ""))
    except ValueError:
        raise Http404 from None
    if not Attachment.objects.filter(idea=application.idea_id, pk=number).exists():
        raise Http404
    return number
