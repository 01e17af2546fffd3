"""Addresses of signing in, under the names that allauth looks for; only those that we use."""

from django.urls import path

from idesluss.web.people.views import passkeys, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/again/", signing_in.to_sign_in, name="account_request_login_code"),
    path("sign-in/code/", signing_in.code, name="account_confirm_login_code"),
    path("sign-in/passkey/", signing_in.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("sign-out/", signing_in.sign_out, name="account_logout"),
    path("closed/", signing_in.closed, name="account_inactive"),
    path("passkeys/", passkeys.passkeys, name="mfa_list_webauthn"),
    path("passkeys/all/", passkeys.index, name="mfa_index"),
    path("passkeys/add/", passkeys.passkey_add, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", passkeys.passkey_rename, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.passkey_remove, name="mfa_remove_webauthn"),
]
