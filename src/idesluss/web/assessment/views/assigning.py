"""The administrator gives cases to assessors, many at a time, and takes them back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from idesluss.assessment.models import Assessment
from idesluss.assessment.reads.assigning import Case, Cell, Table, table_of
from idesluss.assessment.usecases import assign, unassign
from idesluss.ideas.models import Idea
from idesluss.logic.refusals import Refusal
from idesluss.people.vocab import Role
from idesluss.web.assessment.found import office_round
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request

PAGE = 50  # cases


@dataclass(frozen=True, slots=True)
class Proposed:
    """One pair that somebody wants, as the page shows it before it is made."""

    case: Case
    cell: Cell


@list_page
@access(MEMBER)
def assign_page(request: Request, org: str, slug: str) -> HttpResponse:
    """Cases by assessors. Ticks on whole cases and whole assessors are multiplied."""
    round = office_round(request, slug, Role.ADMINISTRATOR)
    table = table_of(round, request.user, at=request.at)
    short = request.GET.get("show") == "short"
    shown = [case for case in table.cases if case.missing] if short else table.cases
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {"round": round, "table": table, "page": page, "short": short}
    if request.method != "POST":
        return render(request, "assessment/assign.html", context)
    wanted = _wanted(request, table)
    if not wanted:
        context["nothing"] = True
        return render(request, "assessment/assign.html", context, status=422)
    doubtful = [it for it in wanted if it.cell.hints and not it.cell.obstacle]
    impossible = [it for it in wanted if it.cell.obstacle]
    if (doubtful or impossible) and "sure" not in request.POST:
        context |= {
            "plain": [it for it in wanted if not it.cell.hints and not it.cell.obstacle],
            "doubtful": doubtful,
            "impossible": impossible,
        }
        return render(request, "assessment/assign_preview.html", context)
    pairs = [(it.case.idea.pk, it.cell.assessor.person.pk) for it in wanted]
    done = assign(round.pk, pairs=pairs, by=request.user, at=request.at)
    made = len(done.made)
    words = ngettext("%(n)s assessment is given.", "%(n)s assessments are given.", made)
    messages.success(request, words % {"n": made})
    return redirect(request.get_full_path())


def _wanted(request: Request, table: Table) -> list[Proposed]:
    """The pairs that are ticked and not made yet: single cells, and cases × assessors."""
    cases = set(request.POST.getlist("case"))
    people = set(request.POST.getlist("assessor"))
    cells = set(request.POST.getlist("pair"))
    proposed = [Proposed(case, cell) for case in table.cases for cell in case.cells]
    return [
        it
        for it in proposed
        if it.cell.assessment is None
        and (
            it.cell.key in cells
            or (str(it.case.idea.pk) in cases and str(it.cell.assessor.person.pk) in people)
        )
    ]


@access(MEMBER)
def take_back(request: Request, org: str, pk: int) -> HttpResponse:
    """Ask once, then take a case back from its assessor."""
    if not request.user.has_role(request.organisation.pk, Role.ADMINISTRATOR, at=request.at):
        raise Http404
    handled = Idea.objects.handled_by(request.user, at=request.at)
    mine = Assessment.objects.filter(
        round__programme__organisation=request.organisation, idea__in=handled.values("pk")
    )
    assessment = get_object_or_404(
        mine.select_related("assessor", "idea", "round__programme"), pk=pk
    )
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "")
            unassign(pk, reason=reason, by=request.user, at=request.at)
        except Refusal as refusal:
            messages.info(request, say(refusal, request.organisation.timezone))
        else:
            name = {"name": assessment.assessor.name}
            messages.success(request, _("%(name)s no longer has the case.") % name)
        return redirect("assessment:assign", org, assessment.round.slug)
    return render(request, "assessment/take_back.html", {"assessment": assessment})
