"""After the decision: cheques and diplomas, and one page from which everything else is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from idesluss.funding.models import Celebration, News
from idesluss.funding.reads.celebrating import Celebrated, occasion_of, told_of
from idesluss.funding.rules import may_celebrate
from idesluss.papers.prizes import cheques_pdf, diplomas_pdf
from idesluss.programmes.models import Round
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.views.lookups import rounds_here

Papers = Callable[..., bytes]


@list_page
@access(MEMBER)
def celebrate(request: Request, org: str, slug: str) -> HttpResponse:
    """Every granted project with its papers; the gathering; the news; the screen."""
    round = celebrated_round(request, slug)
    occasion = occasion_of(round, person=request.user, at=request.at)
    celebration = gathering_of(round)
    names = wants_names(request)
    context = {
        "round": round,
        "occasion": occasion,
        "celebration": celebration,
        "invited": len(told_of(celebration)),
        "news": news_of(round),
        "public": round.results_at is not None and round.results_at <= request.at,
        "names": names,
        "query": "?names=yes" if names else "",
        "title": _("Celebrate"),
    }
    return render(request, "funding/celebrate/celebrate.html", context)


def round_after(request: Request, slug: str) -> Round:
    """The round of the address with its gathering and its news, if there are any; else 404."""
    found = rounds_here(request, slug).select_related(
        "programme__organisation", "programme__body", "contact", "celebration", "news"
    )
    return get_object_or_404(found)


def gathering_of(round: Round) -> Celebration | None:
    """The round's gathering, which ``round_after`` has fetched with it."""
    return getattr(round, "celebration", None)


def news_of(round: Round) -> News | None:
    """The round's news, in the same way."""
    return getattr(round, "news", None)


def celebrated_round(request: Request, slug: str) -> Round:
    """The same round, for whoever may celebrate it; else 404."""
    round = round_after(request, slug)
    if not may_celebrate(request.user, round, at=request.at):
        raise Http404
    return round


def celebrate_url(request: Request, round: Round, page: str = "celebrate") -> str:
    """The address of one of the pages."""
    return reverse(f"funding:{page}", args=[request.organisation.slug, round.slug])


def wants_names(request: Request) -> bool:
    """Whether the people behind a project are to be named."""
    return request.GET.get("names") == "yes"


@access(MEMBER)
def cheques(request: Request, org: str, slug: str) -> HttpResponse:
    """The cheques of the round as one document, or that of the project in ``?project=``."""
    return _papers(request, slug, cheques_pdf, _("cheques"), _("cheque"))


@access(MEMBER)
def diplomas(request: Request, org: str, slug: str) -> HttpResponse:
    """The diplomas, in the same way."""
    return _papers(request, slug, diplomas_pdf, _("diplomas"), _("diploma"))


def _papers(request: Request, slug: str, make: Papers, many: str, one: str) -> HttpResponse:
    round = celebrated_round(request, slug)
    projects = _wanted(request, occasion_of(round, person=request.user, at=request.at).projects)
    if not projects:
        raise Http404
    content = make(round, projects, names=wants_names(request))
    single = "project" in request.GET
    name = slugify(f"{one} {projects[0].title}" if single else f"{many} {round.slug}")
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _wanted(request: Request, projects: Sequence[Celebrated]) -> Sequence[Celebrated]:
    wish = request.GET.get("project")
    if wish is None:
        return projects
    return [one for one in projects if str(one.application_id) == wish]
