"""Sign in with a code or a passkey, sign out. The flows are allauth's; the pages are ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.views import (
    AccountInactiveView,
    ConfirmLoginCodeView,
    LogoutView,
    RequestLoginCodeView,
)
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext

from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.request import Request

TWO_WEEKS = int(timedelta(days=14).total_seconds())
UNTIL_THE_BROWSER_CLOSES = 0


class SignIn(RequestLoginCodeView):
    template_name = "account/sign_in.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Code(ConfirmLoginCodeView):
    template_name = "account/code.html"

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super()._verify_form_valid(form)
        stay = form.cleaned_data["remember"]
        self.request.session.set_expiry(TWO_WEEKS if stay else UNTIL_THE_BROWSER_CLOSES)
        return response

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        messages.success(
            self.request, gettext("If we know the address, a new code is on its way to it now.")
        )
        response: HttpResponse = super()._resend_form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response


class SignInWithPasskey(LoginWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        """Passkeys live on devices of one's own, so one stays signed in there."""
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            self.request.session.set_expiry(TWO_WEEKS)
        return response


class SignOut(LogoutView):
    template_name = "account/sign_out.html"


class Closed(AccountInactiveView):
    template_name = "account/closed.html"


sign_in = access(PUBLIC)(SignIn.as_view())
code = access(PUBLIC)(Code.as_view())
sign_in_with_passkey = access(PUBLIC)(SignInWithPasskey.as_view())
sign_out = access(PUBLIC)(SignOut.as_view())
closed = access(PUBLIC)(Closed.as_view())


@access(PUBLIC)
def to_sign_in(request: Request) -> HttpResponse:
    """The same page under the name that allauth asks for; remembers where to go next."""
    following = request.GET.get("next")
    query = f"?{urlencode({'next': following})}" if following else ""
    response = redirect("account_login")
    response["Location"] += query
    return response
