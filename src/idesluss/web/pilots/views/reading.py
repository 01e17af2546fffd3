"""Projects as everybody may read them, and as those who have to do with them do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from idesluss.adoption.models import Adoption
from idesluss.people.models import standing_of
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.pilots.reads.following import (
    applications_of,
    expected_of,
    moved_days,
    reader_of,
    reports_of,
)
from idesluss.pilots.reads.listed import Wish, listed, years_of
from idesluss.pilots.reads.money import Sums, grants_of, money_of, sums_of
from idesluss.pilots.vocab import Status
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.views.files import POLICY
from idesluss.web.insight.reading import offer_of
from idesluss.web.pilots.forms import FilterForm
from idesluss.web.pilots.found import project_url, seen_project

PAGE = 30  # projects


@list_page
@access(PUBLIC)
def projects(request: Request, org: str) -> HttpResponse:
    """The projects that one may read about, by year and by where they are."""
    organisation, person = request.organisation, request.user
    years = years_of(organisation, person, at=request.at)
    form = FilterForm(request.GET)
    form.offer(years)
    wish: Wish = form.wish()
    found = listed(organisation, person, wish, at=request.at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    standing = standing_of(person, request.at)
    handles = organisation.pk in standing.organisations_as(Role.ADMINISTRATOR, Role.REGISTRAR)
    public_at = None if handles else request.at
    money = money_of([project.idea_id for project in rows], public_at=public_at)
    context = {
        "form": form,
        "years": years,
        "narrowed": wish != Wish(),
        "page": page,
        "rows": [(project, money.get(project.idea_id, ())) for project in rows],
        "office": organisation.pk in standing.organisations_as(Role.ADMINISTRATOR),
        "waiting": wish.waiting,
    }
    return _cached(request, render(request, "pilots/projects.html", context))


@access(PUBLIC)
def project(request: Request, org: str, pk: int) -> HttpResponse:
    """One project: its public page, and more for those who have to do with it.

    They see the page as everybody does with ``?public``. Letters lead here, so whoever is not
    signed in and may not see it is asked to sign in, whether there is such a project or not.
    """
    try:
        found = seen_project(request, pk)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    reader = reader_of(found, request.user, at=request.at)
    inside = reader.inside and "public" not in request.GET
    context = _told(request, found, inside=inside) | {"reader": reader}
    if inside:
        context |= _inside(request, found)
        return _cached(request, render(request, "pilots/inside.html", context))
    context["offer"] = offer_of(request, found)
    return _cached(request, render(request, "pilots/project.html", context))


def _told(request: Request, project: Any, *, inside: bool = False) -> dict[str, Any]:
    """What both pages say; money of a round whose results are not public only ``inside``."""
    grants = grants_of([project.idea_id], public_at=None if inside else request.at)
    adoptions = Adoption.objects.standing().select_related("unit__parent", "owner")
    return {
        "project": project,
        "idea": project.idea,
        "status": Status(project.status),
        "money": sums_of(grants),
        "applications": applications_of(grants),
        "adoption": adoptions.filter(idea=project.idea_id).first(),
        "coordinator": coordinator_of(project),
        "share_url": request.build_absolute_uri(request.path),
    }


def _inside(request: Request, project: Any) -> dict[str, Any]:
    """What only those who have to do with the project see."""
    reports = reports_of(project)
    return {
        "reports": reports,
        "expected": expected_of(project, reports, at=request.at),
        "moved": moved_days(project),
    }


def coordinator_of(project: Project) -> str:
    """The coordinator's name when that person has said yes to being named; else nothing."""
    if not project.coordinator_shown:
        return ""
    return project.coordinator.name if project.coordinator else project.coordinator_name


@access(PUBLIC)
def project_json(request: Request, org: str, pk: int) -> HttpResponse:
    """The public page for programs: whole minor units with their currency. Only what is public."""
    found = seen_project(request, pk)
    if found.published_at is None or found.published_at > request.at:
        raise Http404
    told = _told(request, found)
    response = JsonResponse(
        as_json(request, found, told), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response.headers["Access-Control-Allow-Origin"] = "*"  # open data
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _cached(request, response)


def as_json(request: Request, project: Any, told: dict[str, Any]) -> dict[str, Any]:
    """The fields of a project's JSON; sums in whole minor units (öre, øre, cent)."""
    idea, adoption = project.idea, told["adoption"]
    organisation = request.organisation
    photo = project.pictured.photo if project.pictured else None
    return {
        "organisation": {"name": organisation.name, "slug": organisation.slug},
        "programme": idea.programme.name,
        "title": idea.title,
        "register_number": idea.register_number,
        "url": request.build_absolute_uri(project_url(request, project)),
        "invented": organisation.invented or idea.invented,
        "department": idea.unit.name if idea.unit else None,
        "coordinator": told["coordinator"] or None,
        "status": told["status"].value,
        "starts_on": project.starts_on and project.starts_on.isoformat(),
        "ends_on": project.ends_on and project.ends_on.isoformat(),
        "money": [money_json(sums) for sums in told["money"]],
        "purpose": project.purpose,
        "results": project.results,
        "learned": project.learned,
        "photo": photo
        and {
            "url": request.build_absolute_uri(project_url(request, project, "photo")),
            "shows": project.pictured.photo_text,
        },
        "permanent": adoption
        and {
            "since": adoption.since.isoformat(),
            "owner": adoption.unit.name,
            "budget": adoption.budget,
            "yearly_minor": adoption.yearly_minor,
            "currency": adoption.currency,
        },
        "updated": project.changed_at.isoformat(timespec="seconds"),
    }


def money_json(sums: Sums) -> dict[str, Any]:
    """One currency's money."""
    return {
        "currency": sums.currency,
        "decided_minor": sums.decided,
        "granted_minor": sums.granted,
    }


@require_safe
@access(PUBLIC)
def photo(request: Request, org: str, pk: int) -> FileResponse:
    """The photo of the public page, for whoever may see the project."""
    found = seen_project(request, pk)
    picture = found.pictured.photo if found.pictured else None
    if picture is None or picture.removed_at is not None:
        raise Http404
    try:
        content = picture.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, filename=picture.name, content_type=picture.content_type)
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _cached(request, response)


def _cached(request: Request, response: Any) -> Any:
    """Open data may be kept by anybody for a minute; a page that knows its reader by nobody."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    elif response.headers["Content-Type"].startswith("text/html"):
        patch_cache_control(response, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=60)
    return response
