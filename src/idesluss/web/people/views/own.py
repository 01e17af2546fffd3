"""One's own page: name, language, address, passkeys, roles, deputies, invitations."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from idesluss.logic.refusals import Refusal
from idesluss.people import usecases
from idesluss.people.reads import own_organisations
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, status_of
from idesluss.web.people.forms.people import NewAddressForm, OwnForm


@access(SIGNED_IN)
@list_page
def own(request: Request) -> HttpResponse:
    """Everything about oneself on one page."""
    person = request.user
    form = open_form(OwnForm, request, initial={"name": person.name, "language": person.language})

    def save() -> None:
        usecases.change_own(**form.cleaned_data, by=person, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        response = redirect("people:own")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # this choice is the newer one
        return response
    context = {
        "form": form,
        "places": own_organisations(person, at=request.at),
        "passkeys": Authenticator.objects.filter(user=person).count(),
        "today": request.at.date(),
    }
    return render(request, "people/own.html", context, status=status_of(form))


@access(SIGNED_IN)
def address_ask(request: Request) -> HttpResponse:
    """Ask to sign in with another address; the link goes there."""
    form = open_form(NewAddressForm, request)

    def ask() -> None:
        usecases.ask_address(form.cleaned_data["email"], by=request.user, at=request.at)

    if carried_out(request, form, ask):
        email = form.cleaned_data["email"]
        messages.success(request, gettext("A link is on its way to %(email)s.") % {"email": email})
        return redirect("people:own")
    return render(request, "people/address_ask.html", {"form": form}, status=status_of(form))


@access(SIGNED_IN)
def address(request: Request, link: str) -> HttpResponse:
    """Where the link leads: confirm the new address."""
    try:
        email = usecases.read_address_link(link, by=request.user, at=request.at)
    except Refusal as refusal:
        return render(request, "people/bad_link.html", {"words": say(refusal)}, status=410)
    if request.method == "POST":
        done(
            request,
            lambda: usecases.change_address(link, by=request.user, at=request.at),
            gettext("From now on you sign in with %(email)s.") % {"email": email},
        )
        return redirect("people:own")
    context = {
        "title": gettext("Confirm your new e-mail address"),
        "email": email,
        "after": gettext("From then on codes go to this address, and no longer to the old one."),
        "button": gettext("Use this address"),
        "back": reverse("people:own"),
    }
    return render(request, "people/address.html", context)


@require_POST
@access(SIGNED_IN)
def invitation(request: Request, pk: int) -> HttpResponse:
    """Say yes or no to the roles that the organisation ``pk`` offers."""
    if request.POST.get("answer") == "yes":
        act, told = usecases.accept_invitation, gettext("You said yes. The roles hold from now on.")
    else:
        act, told = usecases.decline_invitation, gettext("You said no. Nothing else changes.")
    offered = {place.organisation.pk for place in own_organisations(request.user, at=request.at)}
    if pk in offered:
        done(request, lambda: act(pk, by=request.user, at=request.at), told)
    return redirect("people:own")
