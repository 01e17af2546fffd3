"""Text that somebody wrote while their session ran out is kept for an hour and given back.

Posting to a guarded view without being signed in keeps what was typed (never files, never
passwords) in the session, encrypted; the key is only in a cookie of that browser, so what lies in
the database cannot be read without it, and after an hour by nobody. It is bound to the person who
was signed in last, when that is known, and given to nobody else.

After sign-in the same address is asked for again. A view that opens its form with ``open_form``
shows the text in its place, not saved; for any other view a page offers to send it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from django.contrib import messages
from django.core import signing
from django.forms import BaseFormSet
from django.forms.utils import ErrorList
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from idesluss.web.frame.request import Request

HOUR = timedelta(hours=1)
LARGEST = 1_000_000  # characters; more than every question of a round filled to its limit
MOST = 8  # pages that one browser may have had open when the session ran out
SLOT = "kept"
KEY_COOKIE = "idesluss_kept"
WHO_COOKIE = "idesluss_who"
NEVER = (
    "csrfmiddlewaretoken",
    "password",
    "password1",
    "password2",
    "oldpassword",
    "code",
    "api_key",
)


def keep(request: Request, response: HttpResponse) -> bool:
    """Keep what was posted until after sign-in. True if there was something to keep."""
    if request.method != "POST":
        return False
    typed = [(name, request.POST.getlist(name)) for name in request.POST if name not in NEVER]
    text = json.dumps(typed)
    if not any(value.strip() for _, values in typed for value in values) or len(text) > LARGEST:
        return False
    key = _key(request) or Fernet.generate_key()
    slots = request.session.get(SLOT, {})
    slots.pop(request.get_full_path(), None)
    slots[request.get_full_path()] = {
        "at": request.at.isoformat(),
        "who": last_person(request),
        "files": bool(request.FILES),
        "text": Fernet(key).encrypt(text.encode()).decode(),
    }
    request.session[SLOT] = dict(list(slots.items())[-MOST:])
    response.set_cookie(
        KEY_COOKIE,
        key.decode(),
        max_age=HOUR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return True


def _key(request: Request) -> bytes | None:
    """The key in this browser's cookie, if it is one."""
    key = request.COOKIES.get(KEY_COOKIE, "").encode()
    try:
        Fernet(key)
    except ValueError:
        return None
    return key


class Kept:
    """What was typed, and whether the view took it back."""

    def __init__(self, data: QueryDict, *, files: bool) -> None:
        self.data = data
        self.files = files  # files were chosen, and must be chosen again
        self.taken = False


def give_back(request: Request, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer with ``view``; when something was kept for this address, offer it first."""
    if request.method == "POST":
        forget(request)
        return view()
    kept = find(request)
    if kept is None:
        return view()
    request.kept = kept
    response = view()
    if not kept.taken:
        return _offer(request, kept)
    forget(request)
    return response


def find(request: Request) -> Kept | None:
    """What is kept for this address and this person, if it is no older than an hour."""
    slot = request.session.get(SLOT, {}).get(request.get_full_path())
    if slot is None:
        return None
    too_old = request.at - datetime.fromisoformat(slot["at"]) >= HOUR
    somebody_else = slot["who"] not in (None, request.user.pk)
    key = _key(request)
    if too_old or somebody_else or key is None:
        forget(request)
        return None
    try:
        typed = json.loads(Fernet(key).decrypt(slot["text"].encode()))
    except InvalidToken:
        forget(request)
        return None
    data = QueryDict(mutable=True)
    for name, values in typed:
        data.setlist(name, values)
    return Kept(data, files=slot["files"])


def forget(request: Request) -> None:
    """Throw away what was kept for this address."""
    slots = request.session.get(SLOT, {})
    if slots.pop(request.get_full_path(), None) is None:
        return
    if slots:
        request.session[SLOT] = slots
    else:
        del request.session[SLOT]


Form = TypeVar("Form")


def open_form(form_class: Callable[..., Form], request: Request, **kwargs: Any) -> Form:
    """The form of a page: bound when posted; else empty, or with text kept from before sign-in.

    A form with kept text shows it without complaints and is never valid, so nothing is written
    before the person sends it again.
    """
    if request.method == "POST":
        return form_class(request.POST, request.FILES, **kwargs)
    kept = getattr(request, "kept", None)
    form = form_class(**kwargs)
    if kept is None or not _belongs(kept.data, form):
        return form
    form = _quiet(form_class(kept.data, **kwargs))
    if not kept.taken:
        kept.taken = True
        messages.warning(request, _welcome_back(kept))
    return form


def _belongs(data: QueryDict, form: Any) -> bool:
    """Whether the text was typed in this form, and not in another one of the page."""
    if isinstance(form, BaseFormSet):
        return f"{form.prefix}-TOTAL_FORMS" in data
    return any(form.add_prefix(name) in data for name in form.fields)


def _quiet(form: Any) -> Any:
    """The bound form without complaints, and never valid: it only shows what was typed."""
    is_set = isinstance(form, BaseFormSet)
    for row in form.forms if is_set else ():
        _quiet(row)
    form._errors = [{} for _ in form.forms] if is_set else {}  # noqa: SLF001  cleaned already
    form._non_form_errors = ErrorList()  # noqa: SLF001  the same, for a set of forms
    form.is_valid = lambda: False
    return form


def _welcome_back(kept: Kept) -> str:
    text = _(
        "You were signed out while you wrote. Your text is back in the form below, but it is not "
        "saved yet: look it through and send it again."
    )
    return f"{text} {_('Files must be chosen again.')}" if kept.files else text


def _offer(request: Request, kept: Kept) -> HttpResponse:
    """A page that shows what was typed and sends it again when the person says so."""
    typed = [(name, value) for name, values in kept.data.lists() for value in values]
    context = {"typed": typed, "long": [v for _, v in typed if len(v) > 40], "kept": kept}
    return render(request, "frame/kept.html", context)


def last_person(request: Request) -> int | None:
    """Number of the person last signed in with this browser, unless they signed out themselves."""
    try:
        return int(signing.loads(request.COOKIES.get(WHO_COOKIE, ""), salt=WHO_COOKIE))
    except (signing.BadSignature, ValueError):
        return None


def remember_person(request: Request, response: HttpResponse, *, was_signed_in: bool) -> None:
    """Note who is signed in, for ``last_person``; forget it when they sign out."""
    signed_in = request.user.is_authenticated
    if signed_in and request.user.guest:  # leaves no trace on a machine that others may use
        return
    if signed_in and last_person(request) != request.user.pk:
        response.set_cookie(
            WHO_COOKIE,
            signing.dumps(request.user.pk, salt=WHO_COOKIE),
            max_age=timedelta(days=30),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    elif was_signed_in and not signed_in:
        response.delete_cookie(WHO_COOKIE, samesite="Lax")
