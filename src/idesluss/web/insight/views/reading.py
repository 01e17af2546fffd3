"""Read it in my language: a text beside what a machine made of it, when somebody asks for that."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from idesluss.calls.translating import one_at_a_time, translate
from idesluss.ideas.models import Translation
from idesluss.ideas.usecases.translating import Made, keep_translation, may_ask
from idesluss.insight.reading import KINDS, Reading, place_of, reading_of
from idesluss.logic.refusals import Refusal
from idesluss.people.models import Person
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.request import Request
from idesluss.web.insight.reading import Offer, page_language, page_of, spoken_to


@require_http_methods(["GET", "HEAD", "POST"])
@access(PUBLIC)
def read(request: Request, org: str, kind: str, pk: int) -> HttpResponse:
    """The original, and beside it the translation; it is asked for by posting, never before.

    Where nothing can be translated, the page of the thing itself is all there is to read.
    """
    thing = _thing(request, kind, pk)
    if thing is None:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    there = page_of(thing, request.organisation)
    reading = reading_of(thing, request.user, page_language(), at=request.at)
    if reading is None:
        return redirect(there)
    failed = ""
    if request.method == "POST":
        try:
            if reading.kept is None:
                ask(request, reading)
        except Refusal as refusal:
            failed = say(refusal, request.organisation.timezone)
        else:
            on_its_page = request.POST.get("back") == "page"
            return redirect(f"{there}#translated" if on_its_page else request.path)
    context = {
        "reading": reading,
        "told": reading.told,
        "offer": Offer(reading, org),
        "there": there,
        "failed": failed,
    }
    response = render(request, "insight/read.html", context, status=502 if failed else 200)
    patch_cache_control(response, private=True, no_store=True)
    return response


def ask(request: Request, reading: Reading) -> Translation:
    """Have the text translated, outside any transaction, and keep what comes back.

    Raises:
        EnoughForNow, GoingOn, NotConnected, CallFailed and its kin: with a sentence that says why.
    """
    here = reading.service.organisation_id
    told, service = reading.told, spoken_to(reading.service)
    may_ask(here, at=request.at)
    with one_at_a_time((here, reading.kind, reading.thing.pk, reading.target)):
        title, text = translate(service, [told.title, told.whole], reading.source, reading.target)
    made = Made(reading.target, reading.digest, reading.host, title, text)
    by = request.user if isinstance(request.user, Person) else None
    return keep_translation(here, reading.thing, made, by=by, at=request.at)


def _thing(request: Request, kind: str, pk: int) -> object | None:
    """The thing of the address, when the reader may see its page; else None."""
    shelf = KINDS.get(kind)
    if shelf is None:
        return None
    seen = shelf.shown(request.user, request.at).filter(pk=pk).values("pk")
    thing = shelf.all().filter(pk__in=seen).first()
    return thing if thing is not None and place_of(thing) == request.organisation.pk else None
