"""The meeting page: cases, choices and the pot, on one page for a room with a projector."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from idesluss.funding.models import Meeting
from idesluss.funding.reads.agenda import Case, Closed, agenda_of
from idesluss.funding.reads.arranged import Group, arranged
from idesluss.funding.rules import may_decide, may_open_meeting, may_prepare, may_release
from idesluss.funding.usecases import save_choices
from idesluss.funding.vocab import Arrangement, OutcomeName
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.forms import sign
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.deciding import DecidingForm, TypedRow
from idesluss.web.funding.views.lookups import (
    arrangement,
    chosen,
    meeting_of,
    meeting_url,
    meetings_here,
    round_of,
)
from idesluss.web.funding.views.opening import opening

OUTCOMES = [("", gettext_lazy("– choose –")), *OutcomeName.choices[:-1]]
"""What can be chosen; a withdrawal is the applicant's own act."""


@list_page
@access(MEMBER)
def meeting(request: Request, org: str, slug: str) -> HttpResponse:
    """The open meeting of a round, or its latest; before that, what opening it takes."""
    found = meetings_here(request, slug)
    if not found:
        round = round_of(request, slug)
        if not may_open_meeting(request.user, round, at=request.at):
            raise Http404
        return opening(request, round)
    current = chosen(request, found)
    if request.method == "POST" and may_decide(request.user, current, at=request.at):
        return _posted(request, current, found)
    form = DecidingForm(None, agenda_of(current, request.user, at=request.at))
    return _page(request, form, found)


def _posted(request: Request, current: Meeting, found: list[Meeting]) -> HttpResponse:
    """Save, or only count what is typed."""
    agenda = agenda_of(current, request.user, at=request.at)
    form = DecidingForm(request.POST, agenda)
    if quick := request.POST.get("quick", ""):
        form.take(quick)
    if request.POST.get("do") == "propose":
        form.take_proposals()
    if request.POST.get("do") != "save":
        return _page(request, form, found)
    try:
        saved = save_choices(
            current.pk,
            rows=form.to_save,
            overshoot=form.explanation,
            by=request.user,
            at=request.at,
        )
    except Refusal as refusal:
        messages.error(request, say(refusal))
        return _page(request, form, found, status=422)
    if saved.saved or (form.explanation and not saved.overshoot):
        messages.success(request, _told(len(saved.saved)))
    form = DecidingForm(request.POST, agenda_of(fresh(current), request.user, at=request.at))
    form.complain(saved)
    if form.wrong or form.overshoot_error:
        return _page(request, form, found, status=422)
    return redirect(request.get_full_path())


def _told(count: int) -> str:
    if not count:
        return _("Saved.")
    return ngettext("%(count)s case saved.", "%(count)s cases saved.", count) % {"count": count}


@dataclass(frozen=True, slots=True)
class Section:
    """A group as the page shows it: rows to fill in, and rows that are shut."""

    name: str
    group: Group
    rows: tuple[TypedRow | Closed, ...]


def sections_of(form: DecidingForm, by: Arrangement) -> list[Section]:
    """The rows of the form in the order that was asked for."""
    found = []
    for group in arranged(form.live, by):
        rows = tuple(
            form.rows[row.decision.pk] if isinstance(row, Case) else row for row in group.rows
        )
        if rows:
            found.append(Section(_name(group, by), group, rows))
    return found


def _name(group: Group, by: Arrangement) -> str:
    if group.name:
        return group.name
    if not group.cases:
        return _("Closed to you")
    if by is Arrangement.DEPARTMENT:
        return _("No department")
    return _("No goal") if by is Arrangement.GOAL else _("Cases")


def _page(
    request: Request, form: DecidingForm, found: list[Meeting], status: int = 200
) -> HttpResponse:
    current, by = form.live.meeting, arrangement(request)
    currency = form.live.meter.currency
    context = {
        "form": form,
        "agenda": form.live,
        "meeting": current,
        "round": current.round,
        "sections": sections_of(form, by),
        "arrangements": [(it.value, it.label, it is by) for it in Arrangement],
        "others": [one for one in found if one != current],
        "may_decide": may_decide(request.user, current, at=request.at),
        "may_prepare": may_prepare(request.user, current, at=request.at),
        "may_release": may_release(request.user, current, at=request.at),
        "here": request.get_full_path(),
        "links": links_of(request, current),
        "outcomes": [(value, capfirst(str(label))) for value, label in OUTCOMES],
        "sign": sign(currency),
        "proposed": any(it.decision.recommended_minor is not None for it in form.live.cases),
        "next_year": current.round.project_year + 1,
        "title": _("Meeting: %(round)s") % {"round": current.round.name},
    }
    return render(request, "funding/meeting/page.html", context, status=status)


def links_of(request: Request, current: Meeting) -> dict[str, str]:
    """Addresses of the pages about one meeting."""
    pages = {
        "present": "funding:present",
        "facts": "funding:meeting_facts",
        "cases": "funding:meeting_cases",
        "proposals": "funding:proposals",
        "agenda": "funding:agenda",
        "release": "funding:release",
        "minutes": "funding:minutes",
    }
    links = {name: meeting_url(request, current, page) for name, page in pages.items()}
    number = request.GET.get("meeting")
    links["order"] = f"?meeting={number}&by=" if number else "?by="
    names = [request.organisation.slug, current.round.slug]
    links["declare"] = reverse("assessment:declare", args=names)
    return links


@list_page
@access(MEMBER)
def agenda(request: Request, org: str, slug: str) -> HttpResponse:
    """The same to print: what is decided about, without anything to fill in."""
    current = meeting_of(request, slug)
    form = DecidingForm(None, agenda_of(current, request.user, at=request.at))
    by = arrangement(request)
    asked = [case.decision.application.asked_minor or 0 for case in form.live.cases]
    context = {
        "agenda": form.live,
        "meeting": current,
        "round": current.round,
        "sections": sections_of(form, by),
        "asked_minor": sum(asked),
        "proposed": any(it.decision.recommended_minor is not None for it in form.live.cases),
        "by": by,
        "back": meeting_url(request, current),
    }
    return render(request, "funding/meeting/agenda.html", context)


def fresh(meeting: Meeting) -> Meeting:
    """The meeting as it is saved now."""
    meeting.refresh_from_db(fields=["overshoot_reason", "version", "released_at"])
    return meeting
