"""Mask a passage that tells of somebody's private life, seen first; registrars put it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from idesluss.ideas.models import Masking
from idesluss.ideas.reads.case import CasePage
from idesluss.ideas.reads.ties import masked_in
from idesluss.ideas.usecases.masking import mask, may_unmask, preview, unmask, words_of
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.ties import MaskForm
from idesluss.web.ideas.views.tying import done, page_where, shown, to_case


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def mask_page(request: Request, org: str, pk: int) -> HttpResponse:
    """The words, what will stand there instead, and then the act; nothing of it is in an address.

    Registrars also read here what is masked, and put it back.
    """
    page = page_where(request, pk, lambda it: it.office)
    registrar = may_unmask(request.user, page.idea, at=request.at)
    if registrar and "unmask" in request.POST:
        return _put_back(request, page, org)
    form: Any = MaskForm(request.POST or None, kept=page.files)
    made: list[Any] = []

    def act() -> None:
        said, files = form.cleaned_data, form.chosen()
        passage, reason = said["passage"], said["reason"]
        made.append(mask(pk, passage, reason=reason, files=files, by=request.user, at=request.at))

    hit: list[Any] = []
    remains: list[Any] = []
    if request.POST.get("do") == "mask" and done(request, form, act):
        _tell(request, made[0])
        return to_case(page, org)
    if request.method == "POST" and form.is_valid():
        passage = form.cleaned_data["passage"]
        hit, remains = preview(page.idea, passage, by=request.user, at=request.at)
        if not hit and not form.chosen():
            form.add_error("passage", gettext("These words stand nowhere in the case."))
    masked = [(it, words_of(it) if registrar else []) for it in masked_in(page.idea)]
    more = {"hit": hit, "remains": remains, "masked": masked, "registrar": registrar}
    return shown(request, "ideas/mask.html", page, form, **more)


def _tell(request: Request, made: Any) -> None:
    told = ngettext("Masked in %(n)s place.", "Masked in %(n)s places.", made.places)
    messages.success(request, told % {"n": made.places})
    if made.letters_left:
        left = ngettext(
            "%(n)s letter with the words had left already and cannot be called back.",
            "%(n)s letters with the words had left already and cannot be called back.",
            made.letters_left,
        )
        messages.warning(request, left % {"n": made.letters_left})


def _put_back(request: Request, page: CasePage, org: str) -> HttpResponse:
    number = request.POST["unmask"]
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Http404
    if not Masking.objects.filter(pk=int(number), idea=page.idea.pk).exists():
        raise Http404
    try:
        unmask(int(number), by=request.user, at=request.at)
    except Refusal as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, gettext("The words stand where they stood."))
    return redirect("ideas:mask", org, page.idea.pk)
