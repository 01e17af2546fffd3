"""Set up the translation service of an organisation: connect, try with one sentence, turn off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from idesluss.calls.translating import one_at_a_time, translate
from idesluss.ideas.models import TranslationService
from idesluss.ideas.usecases.translating import connect_service, turn_off_service
from idesluss.logic.addresses import read_address
from idesluss.logic.refusals import Refusal
from idesluss.logic.text.folding import Lang, language
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.translating import ServiceForm
from idesluss.web.insight.reading import spoken_to
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of

SENTENCES: dict[Lang, str] = {
    "sv": "Vi vill låna ut cyklar till alla som börjar ett nytt arbete.",
    "da": "Vi vil gerne låne cykler ud til alle, der begynder på et nyt arbejde.",
}
"""What is tried with, by the language it is in."""


@access(MEMBER)
def translation(request: Request, org: str) -> HttpResponse:
    """How the service is reached, and whether it is in use."""
    here = set_up_here(request)
    service = _service(request)
    form: Any = open_form(
        ServiceForm,
        request,
        has_key=bool(service and service.key_sealed),
        initial=_initial(service),
    )

    def save() -> None:
        seen = form.cleaned_data["seen"]
        connect_service(here.pk, form.connection(), seen=seen, by=request.user, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("The service is connected. Try it with one sentence."))
        return redirect("ideas:translation", org)
    return _page(request, service, form, status=status_of(form))


@require_POST
@access(MEMBER)
def translation_try(request: Request, org: str) -> HttpResponse:
    """Have one sentence translated, and say what came of it."""
    set_up_here(request)
    service = _service(request)
    if service is None or service.off_at is not None:
        raise Http404
    target: Lang = language(get_language() or "en")
    source: Lang = "sv" if target != "sv" else "da"
    tried: dict[str, Any] = {"sentence": SENTENCES[source], "source": source, "target": target}
    try:
        with one_at_a_time(("try", service.organisation_id)):
            [tried["answer"]] = translate(spoken_to(service), [SENTENCES[source]], source, target)
    except Refusal as refusal:
        tried["failed"] = say(refusal)
    form = ServiceForm(has_key=bool(service.key_sealed), initial=_initial(service))
    return _page(request, service, form, status=502 if "failed" in tried else 200, tried=tried)


@require_POST
@access(MEMBER)
def translation_off(request: Request, org: str) -> HttpResponse:
    """Turn it off; its key is forgotten."""
    here = set_up_here(request)
    told = gettext("The service is turned off, and its key is forgotten.")
    done(request, lambda: turn_off_service(here.pk, by=request.user, at=request.at), told)
    return redirect("ideas:translation", org)


def _service(request: Request) -> TranslationService | None:
    seen = TranslationService.objects.visible_to(request.user, at=request.at)
    found: TranslationService | None = seen.filter(organisation=request.organisation).first()
    return found


def _initial(service: TranslationService | None) -> dict[str, Any]:
    if service is None:
        return {"seen": 0}
    names = ("speaks", "address", "model", "inside")
    return {name: getattr(service, name) for name in names} | {"seen": service.version}


def _page(
    request: Request, service: TranslationService | None, form: Any, *, status: int, **more: Any
) -> HttpResponse:
    on = service is not None and service.off_at is None
    context = {
        "form": form,
        "service": service,
        "on": on,
        "host": read_address(service.address).host if service and on else "",
        **more,
    }
    return render(request, "ideas/translation.html", context, status=status)
