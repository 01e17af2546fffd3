"""How allauth speaks and acts in this house: our words, our letters, no sign-up, no password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from idesluss.mail.signing_in import send_code
from idesluss.people.models import Person
from idesluss.people.reads import own_organisations

CODE = "account/email/login_code"
SAID = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added. It signs you in from now on."),
    "mfa/messages/webauthn_removed.txt": _(
        "The passkey is removed here. Remove it from your device too, if it is still there."
    ),
}
"""What allauth says by the name of a template, in our words; what is not here is not said."""
TOO_MANY = _("There have been too many attempts. Wait a while and try again.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code in the letter. Look again and write it anew."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "account_inactive": _("This account has been closed."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a fund administrator adds people."""
        return False

    def get_login_stages(self) -> list[str]:
        """The code, or a passkey in its stead; neither asks for the other on top."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code through our own letters; allauth has nothing else to tell."""
        if template_prefix != CODE:
            return
        request: Any = context["request"]
        person = Person.objects.get(email=email.lower())
        language = person.language or get_language() or "en"
        send_code(person, context["code"], language=language, at=request.at)

    def add_message(  # noqa: PLR0917  (allauth's own signature)
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        """Say ours, or what is said outright."""
        words = message or SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody lands who did not ask for a page: the one place they belong to."""
        person: Any = request.user
        places = own_organisations(person, at=request.at)  # type: ignore[attr-defined]
        if any(place.offered for place in places):
            return reverse("people:own")
        if len(places) == 1:
            return reverse("programmes:organisation", args=[places[0].organisation.slug])
        return reverse("frame:home")


class PasskeyAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "The passkey was not accepted. Try again, or let us mail you a code instead."
        ),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, _type: Any = None) -> str:
        """What a new passkey is called unless its owner says something better."""
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The service as the device shows it; passkeys hold for its host name."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Idésluss"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """The person as the device shows them."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": str(user)}
