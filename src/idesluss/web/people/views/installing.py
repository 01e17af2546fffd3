"""The first administrator's page, and the organisations of the installation."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from idesluss.logic.refusals import Refusal
from idesluss.people import usecases
from idesluss.people.models import Organisation, Person
from idesluss.people.vocab import Role
from idesluss.web.frame.access import PLATFORM, PUBLIC, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, status_of
from idesluss.web.people.forms.organisations import InstallerForm, OrganisationForm, usual
from idesluss.web.people.forms.people import CorrectForm


@never_cache
@access(PUBLIC)
def start(request: Request, link: str) -> HttpResponse:
    """Where the one-time link leads: who installs, and the first organisation."""
    try:
        usecases.check_link(link, at=request.at)
    except Refusal as refusal:
        return render(request, "people/bad_link.html", {"words": say(refusal)}, status=410)
    first = not Organisation.objects.exists()
    installer = InstallerForm(request.POST if request.method == "POST" else None)
    posted = request.POST if request.method == "POST" and first else None
    place = OrganisationForm(posted, initial=usual())
    if request.method == "POST" and installer.is_valid() and (not first or place.is_valid()):
        given = installer.cleaned_data
        try:
            person = usecases.redeem(
                link,
                name=given["installer_name"],
                email=given["email"],
                organisation=place.facts() if first else None,
                at=request.at,
            )
        except Refusal as refusal:
            form = place if first and refusal.field in place.fields else installer
            refused(form, refusal)
        else:
            return _welcome(request, person, new=first)
    forms = [installer, place] if first else [installer]
    context = {"installer": installer, "place": place if first else None, "forms": forms}
    return render(request, "people/start.html", context, status=status_of(*forms))


def _welcome(request: Request, person: Person, *, new: bool) -> HttpResponse:
    """Signed in by the link itself: mail may not work before somebody can set it up."""
    get_adapter().login(request, person)
    record_authentication(request, person, method="link")
    messages.success(request, gettext("You are in."))
    place = Organisation.objects.set_up_by(person, at=request.at).first()
    if place is None:
        return redirect("people:install")
    return redirect("programmes:guide" if new else "programmes:setup", place.slug)


@access(PLATFORM)
@list_page
def install(request: Request) -> HttpResponse:
    """Every organisation of the installation, those that lie aside too."""
    found = Organisation.objects.order_by(F("archived_at").asc(nulls_first=True), "name")
    return render(request, "people/install.html", {"organisations": found})


@access(PLATFORM)
def organisation_add(request: Request) -> HttpResponse:
    """One more organisation."""
    form = open_form(OrganisationForm, request, initial=usual())

    def add() -> None:
        usecases.add_organisation(form.facts(), by=request.user, at=request.at)

    if carried_out(request, form, add):
        messages.success(request, gettext("The organisation is added."))
        return redirect("people:install")
    return render(request, "people/organisation_add.html", {"form": form}, status=status_of(form))


@access(PLATFORM)
def administrator_add(request: Request, pk: int) -> HttpResponse:
    """Make somebody fund administrator of an organisation."""
    place = get_object_or_404(Organisation.objects.filter(archived_at=None), pk=pk)
    form = open_form(CorrectForm, request)

    def add() -> None:
        usecases.add_person(
            pk,
            **form.cleaned_data,
            roles=[Role.ADMINISTRATOR.value],
            by=request.user,
            at=request.at,
        )

    if carried_out(request, form, add):
        name = form.cleaned_data["name"]
        messages.success(request, gettext("%(name)s is added.") % {"name": name})
        return redirect("people:install")
    context = {"form": form, "place": place}
    return render(request, "people/administrator_add.html", context, status=status_of(form))


@require_POST
@access(PLATFORM)
def organisation_move(request: Request, pk: int) -> HttpResponse:
    """Lay an organisation aside, or bring it back."""
    get_object_or_404(Organisation, pk=pk)
    if request.POST.get("to") == "back":
        done(request, lambda: usecases.restore_organisation(pk, by=request.user, at=request.at))
    else:
        done(request, lambda: usecases.archive_organisation(pk, by=request.user, at=request.at))
    return redirect("people:install")
