"""One's own passkeys: list, add, rename, remove. Whoever changes them has just signed in."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ListWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext

from idesluss.people.usecases import note_passkey
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.request import Request

FRESH = 15 * 60  # seconds since the sign-in
LIST = reverse_lazy("mfa_list_webauthn")
View = Callable[..., HttpResponse]


def fresh(view: View) -> View:
    """Let through who signed in a quarter of an hour ago at most; others do it again first.

    Somebody who finds a computer that was left signed in must not be able to leave a key of
    their own behind.
    """

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < FRESH:
            return view(request, *args, **kwargs)
        context = {"next": request.get_full_path()}
        return render(request, "account/again.html", context, status=403)

    return guarded


class AddPasskey(AddWebAuthnView):
    template_name = "account/passkey_add.html"
    success_url = LIST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # Only a key that finds its owner by itself can sign in without an address.
        options = auth.begin_registration(self.request.user, passwordless=True)
        context["js_data"] = {"creation_options": options}
        context["form"] = kwargs.get("form", context["form"])
        return context

    def get_success_url(self) -> str:
        return str(LIST)

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _noted(self.request, form.cleaned_data["name"], added=True)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ListPasskeys(ListWebAuthnView):
    template_name = "account/passkeys.html"


class RemovePasskey(RemoveWebAuthnView):
    template_name = "account/passkey_remove.html"
    success_url = LIST

    def form_valid(self, form: Any) -> HttpResponse:
        name = self.object.wrap().name
        response: HttpResponse = super().form_valid(form)
        _noted(self.request, name, added=False)
        return response


class RenamePasskey(EditWebAuthnView):
    template_name = "account/passkey_rename.html"
    success_url = LIST

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, gettext("Saved."))
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _noted(request: Any, name: str, *, added: bool) -> None:
    note_passkey(added=added, name=name, by=request.user, at=request.at)


passkeys = access(SIGNED_IN)(ListPasskeys.as_view())
passkey_add = access(SIGNED_IN)(fresh(AddPasskey.as_view()))
passkey_remove = access(SIGNED_IN)(fresh(RemovePasskey.as_view()))
passkey_rename = access(SIGNED_IN)(fresh(RenamePasskey.as_view()))


@access(SIGNED_IN)
def index(request: Request) -> HttpResponse:
    """The name by which allauth knows the list."""
    return redirect(str(LIST))
