"""A round as everybody may see it: the call, and then who got what; also as CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from idesluss.funding.models import Meeting
from idesluss.funding.reads.results import Granted, Results, pot_of_round, public_round, results_of
from idesluss.funding.rules import is_for, may_open_meeting, sees_call
from idesluss.logic.sheets.writing import write_rows
from idesluss.pilots.reads.listed import pages_of_round
from idesluss.programmes.models import Round
from idesluss.programmes.reads import rules_said
from idesluss.programmes.vocab import Applicants
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request


@list_page
@access(PUBLIC)
def round_page(request: Request, org: str, slug: str) -> HttpResponse:
    """What the call is, and once it is released what came of it."""
    round = _round(request, slug)
    results = results_of(round, at=request.at)
    if results:
        results = _with_projects(results, round, request)
    pot, _bound = (results.pot, 0) if results else pot_of_round(round, at=request.at)
    person = request.user
    meetings = Meeting.objects.visible_to(person, at=request.at).filter(round=round)
    is_open = round.window.is_open(request.at)
    called = sees_call(person, round, at=request.at)
    meant = called and is_for(person, round, at=request.at)
    meets = person.is_authenticated and meetings.exists()
    context = {
        "round": round,
        "programme": round.programme,
        "results": results,
        "pot": pot,
        "criteria": list(round.criteria.all()),
        "rules": rules_said(round, cap_minor=pot.cap_minor if pot else None),
        "window": round.window.state(request.at).value,
        "may_apply": is_open and called and meant,
        "for_others": called and not meant,
        "managers": round.applicants == Applicants.MANAGERS.value,
        "runs": may_open_meeting(person, round, at=request.at),
        "meets": meets,
        "links": links_of(request, round, meets=meets),
        "share_url": request.build_absolute_uri(request.path),
    }
    return _cached(request, render(request, "funding/round.html", context))


def _with_projects(results: Results, round: Round, request: Request) -> Results:
    """The results with the numbers of the projects that everybody may read about."""
    pages = pages_of_round(round.pk, at=request.at)
    granted = tuple(replace(one, project=pages.get(one.idea)) for one in results.granted)
    return replace(results, granted=granted)


def links_of(request: Request, round: Round, *, meets: bool) -> dict[str, str]:
    """Where one can go from the page of a round; the minutes are for those who met."""
    names = [request.organisation.slug, round.slug]
    pages = {"apply": "funding:apply", "handle": "funding:handle", "meeting": "funding:meeting"}
    pages["celebrate"] = "funding:celebrate"
    if meets:
        pages["minutes"] = "funding:minutes"
    return {name: reverse(page, args=names) for name, page in pages.items()}


@access(PUBLIC)
def round_csv(request: Request, org: str, slug: str) -> HttpResponse:
    """The granted list in the columns that a round is imported from, and what was changed since.

    No cell is a formula.
    """
    round, results = _results(request, slug)
    content = write_rows(results.rows(), "csv", more=results.changes())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{round.slug}.csv"'
    return _cached(request, response)


@access(PUBLIC)
def round_json(request: Request, org: str, slug: str) -> HttpResponse:
    """The same for programs: whole minor units with their currency, totals as computed."""
    round, results = _results(request, slug)
    results = _with_projects(results, round, request)
    response = JsonResponse(
        as_json(round, results, request.build_absolute_uri),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response.headers["Access-Control-Allow-Origin"] = "*"  # open data
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _cached(request, response)


def as_json(round: Round, results: Results, whole: Callable[[str], str]) -> dict[str, Any]:
    """The fields of ``round.json``; sums in whole minor units (öre, øre, cent).

    ``whole`` makes an address on this site one that works from everywhere.
    """
    pot, organisation = results.pot, round.programme.organisation
    url = whole(reverse("funding:round", args=[organisation.slug, round.slug]))
    return {
        "organisation": {"name": organisation.name, "slug": organisation.slug},
        "programme": round.programme.name,
        "round": {"name": round.name, "slug": round.slug, "url": url},
        "project_year": round.project_year,
        "invented": organisation.invented or round.invented,
        "updated": results.updated_at.isoformat(timespec="seconds"),
        "decided_by": results.decided_by,
        "decided_on": results.decided_on.isoformat() if results.decided_on else None,
        "received": results.received,
        "granted": len(results.granted),
        "not_granted": results.not_granted,
        "withdrawn": results.withdrawn,
        "pot": pot
        and {
            "year": pot.year,
            "amount_minor": pot.total_minor,
            "cap_minor": pot.cap_minor,
            "currency": pot.currency,
            "bound_minor": results.bound_minor,
            "granted_minor": results.from_pot_minor,
            "overshoot_minor": results.overshoot_minor,
            "overshoot_reason": results.overshoot_reason,
        },
        "totals": results.totals,
        "totals_by_year": {str(year): sums for year, sums in results.totals_by_year.items()},
        "stated": results.stated
        and {
            "total_minor": results.stated.minor,
            "currency": results.stated.currency,
            "difference_minor": results.stated_difference_minor,
        },
        "grants": [_grant_json(one, organisation.slug, whole) for one in results.granted],
    }


def _grant_json(one: Granted, organisation: str, whole: Callable[[str], str]) -> dict[str, Any]:
    project = one.project and reverse("pilots:project", args=[organisation, one.project])
    return {
        "title": one.title,
        "register_number": one.register_number,
        "department": one.department,
        "goals": one.goals,
        "outcome": one.outcome,
        "conditions": one.conditions,
        "invented": one.invented,
        "amounts": [
            {
                "year": share.year,
                "implementer": share.implementer,
                "amount_minor": share.amount_minor,
                "currency": share.currency,
            }
            for share in one.shares
        ],
        "changed": [
            {
                "amount_minor": change.amount_minor,
                "currency": change.currency,
                "on": change.on.isoformat(),
            }
            for change in one.changes
        ],
        "project": whole(project) if project else None,
    }


def _round(request: Request, slug: str) -> Round:
    visible = Round.objects.visible_to(request.user, at=request.at)
    rounds = visible.filter(programme__organisation=request.organisation, slug=slug)
    found = public_round(rounds).first()
    if found is None:
        raise Http404
    return found


def _results(request: Request, slug: str) -> tuple[Round, Results]:
    round = _round(request, slug)
    results = results_of(round, at=request.at)
    if results is None:
        raise Http404
    return round, results


def _cached(request: Request, response: HttpResponse) -> HttpResponse:
    """Open data may be kept by anybody for a minute; a page that knows its reader by nobody."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    elif response.headers["Content-Type"].startswith("text/html"):
        patch_cache_control(response, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=60)
    return response
