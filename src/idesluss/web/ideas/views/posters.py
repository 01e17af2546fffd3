"""Posters: make one for a workplace, print it, take it out of use; and where its code leads."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext

from idesluss.ideas.models import Challenge, Poster
from idesluss.ideas.usecases.posters import make_poster, may_make_posters, retire_poster
from idesluss.people.models import Unit
from idesluss.programmes.models import Door
from idesluss.web.frame.access import MEMBER, PUBLIC, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.proxy import PosterForm
from idesluss.web.people.attempts import carried_out, done, status_of

A_PAGE = 30


@access(PUBLIC)
def poster_link(request: Request, org: str, key: str) -> HttpResponse:
    """Where a poster's code leads: its door, with unit and challenge filled in.

    One that is out of use may still hang somewhere: it leads to the door alone.
    """
    posters = Poster.objects.filter(organisation=request.organisation).select_related("door")
    poster = get_object_or_404(posters, key=key.lower())
    presets: dict[str, Any] = {"poster": poster.key}
    if poster.retired_at is None:
        presets |= {"unit": poster.unit_id, "challenge": poster.challenge_id}
    query = urlencode({name: value for name, value in presets.items() if value})
    return redirect(f"{reverse('ideas:door', args=[org, poster.door.slug])}?{query}")


@list_page
@access(MEMBER)
def posters(request: Request, org: str) -> HttpResponse:
    """The posters in use, the newest first, and those that are not."""
    _makers(request)
    here = Poster.objects.filter(organisation=request.organisation)
    used = here.filter(retired_at=None).select_related("door__programme", "unit", "challenge")
    context = {
        "page": Paginator(used.order_by("-id"), A_PAGE).get_page(request.GET.get("page")),
        "retired": here.filter(retired_at__isnull=False).count(),
        "doors": _doors(request),
    }
    return render(request, "ideas/posters.html", context)


@access(MEMBER)
def poster_add(request: Request, org: str) -> HttpResponse:
    """Make one."""
    _makers(request)
    units = Unit.objects.current().filter(organisation=request.organisation)
    form: Any = open_form(
        PosterForm,
        request,
        initial={"unit": request.GET.get("unit")},
        doors=_doors(request),
        units=list(units.select_related("parent")),
        challenges=_challenges(request),
    )

    def make() -> None:
        said = form.cleaned_data
        unit = form.units.get(said["unit"] or 0)
        asked = {"challenge": said["challenge"], "words": said["words"]}
        make_poster(said["door"], unit=unit, by=request.user, at=request.at, **asked)
        messages.success(request, gettext("The poster is ready to be printed."))

    if carried_out(request, form, make):
        return redirect("ideas:posters", org)
    return render(request, "ideas/poster_add.html", {"form": form}, status=status_of(form))


@access(MEMBER)
def poster_pdf(request: Request, org: str, pk: int) -> HttpResponse:
    """The sheet, to print."""
    from idesluss.papers import posters as papers  # noqa: PLC0415  (brings the typesetter along)

    _makers(request)
    here = Poster.objects.filter(organisation=request.organisation)
    seen = here.select_related("organisation", "door__programme", "door__organisation")
    poster = get_object_or_404(seen.select_related("unit", "challenge"), pk=pk)
    url = request.build_absolute_uri(reverse("ideas:poster_link", args=[org, poster.key]))
    return served(papers.poster_pdf(poster, url), f"{slugify(gettext('Poster'))}-{poster.key}.pdf")


@access(MEMBER)
def poster_retire(request: Request, org: str, pk: int) -> HttpResponse:
    """Take one out of use, after asking."""
    _makers(request)
    here = Poster.objects.filter(organisation=request.organisation, retired_at=None)
    poster = get_object_or_404(here.select_related("door__programme", "unit"), pk=pk)
    if request.method != "POST":
        return render(request, "ideas/poster_retire.html", {"poster": poster})
    told = gettext("The poster is out of use. What hangs on a wall leads to the way in alone.")
    done(request, lambda: retire_poster(pk, by=request.user, at=request.at), told)
    return redirect("ideas:posters", org)


def served(pdf: bytes, name: str) -> HttpResponse:
    """A document to look at or print."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _makers(request: Request) -> None:
    if not may_make_posters(request.user, request.organisation.pk, at=request.at):
        raise Http404


def _doors(request: Request) -> Any:
    open_here = Door.objects.open(request.at).filter(organisation=request.organisation)
    return open_here.select_related("programme", "organisation")


def _challenges(request: Request) -> Any:
    seen = Challenge.objects.visible_to(request.user, at=request.at).open(request.at)
    return seen.filter(programme__organisation=request.organisation)
