"""A year's accounts: the pot is changed, the year is closed after a preview, and opened again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.funding.models import Pot
from idesluss.funding.reads.closing import ClosingPlan, Year, plan_closing, undecided_of, year_of
from idesluss.funding.rules import may_keep_books
from idesluss.funding.usecases import add_to_pot, close_year, reopen_year
from idesluss.logic.refusals import ChangedMeanwhile, Refusal
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.closing import FATES, ClosingForm, PotChangeForm, ReasonForm
from idesluss.web.funding.views.ledger import fund_of, ledger_url
from idesluss.web.people.attempts import carried_out, status_of

METHODS = ["GET", "HEAD", "POST"]


def _pot(request: Request, pk: int, year: int) -> Pot:
    """The pot of the address, for whoever keeps the books; 404 for everybody else."""
    fund = fund_of(request, pk)
    if not may_keep_books(request.user, fund, at=request.at):
        raise Http404
    pot = get_object_or_404(Pot.objects.select_related("closed_by"), programme=fund, year=year)
    pot.programme = fund
    return pot


@require_http_methods(METHODS)
@access(MEMBER)
def pot_add(request: Request, org: str, pk: int, year: int) -> HttpResponse:
    """Add to the pot, or take off it, with a reason."""
    pot = _pot(request, pk, year)
    form: Any = open_form(PotChangeForm, request, currency=pot.currency)

    def add() -> None:
        add_to_pot(
            pk,
            year=year,
            amount_minor=form.signed(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=request.at,
        )

    back = ledger_url(request, pot.programme, year)
    if carried_out(request, form, add):
        messages.success(request, gettext("The pot is changed."))
        return redirect(back)
    context = {"pot": pot, "form": form, "back": back}
    return render(request, "funding/pot_add.html", context, status=status_of(form))


@list_page
@require_http_methods(METHODS)
@access(MEMBER)
def year_close(request: Request, org: str, pk: int, year: int) -> HttpResponse:
    """Choose project by project; look at what it comes to; then it is done, once."""
    pot = _pot(request, pk, year)
    if pot.closed_at is not None:
        if request.method == "POST":
            messages.info(request, gettext("The accounts were closed already."))
        return redirect(ledger_url(request, pot.programme, year))
    now = year_of(pot, request.user, at=request.at)
    form: Any = open_form(ClosingForm, request, year=now)
    if request.method == "POST" and form.is_valid() and "again" not in request.POST:
        plan = plan_closing(now, form.choices())
        zone = request.organisation.timezone
        for problem in plan.problems:
            refused(form, problem, zone)
        if not plan.problems:
            if "confirmed" in request.POST:
                return _close(request, form, plan)
            return _preview(request, form, plan)
    return _choose(request, form, now)


def _choose(request: Request, form: Any, year: Year) -> HttpResponse:
    context = {
        "form": form,
        "year": year,
        "pot": year.pot,
        "undecided": undecided_of(year.pot, at=request.at),
        "back": ledger_url(request, year.pot.programme, year.pot.year),
    }
    return render(request, "funding/year_close.html", context, status=status_of(form))


def _preview(request: Request, form: Any, plan: ClosingPlan, status: int = 200) -> HttpResponse:
    year = plan.year
    context = {
        "form": form,
        "plan": plan,
        "year": year,
        "pot": year.pot,
        "undecided": undecided_of(year.pot, at=request.at),
        "projects": [
            (one, FATES[plan.choices.fates[one.application.pk].fate],
             plan.choices.fates[one.application.pk].reason)
            for one in year.asked
        ],
        "lacks_minor": max(-plan.free, 0),
        "title": gettext("Close the accounts of %(year)s?") % {"year": year.pot.year},
        "after": gettext(
            "From then on only what projects give back, and what they have used, is written "
            "for the year. The accounts can be opened again, with a reason."
        )
        if plan.closes
        else gettext("The accounts stay open for the second round."),
        "button": gettext("Close the year") if plan.closes else gettext("Settle the projects"),
        "back": ledger_url(request, year.pot.programme, year.pot.year),
    }  # fmt: skip
    return render(request, "funding/year_preview.html", context, status=status)


def _close(request: Request, form: Any, plan: ClosingPlan) -> HttpResponse:
    pot = plan.year.pot
    try:
        done = close_year(
            pot.programme_id,
            year=pot.year,
            choices=plan.choices,
            fingerprint=request.POST.get("fingerprint", ""),
            by=request.user,
            at=request.at,
        )
    except ChangedMeanwhile as refusal:
        messages.error(request, say(refusal))
        return _preview(request, form, plan, status=409)
    except Refusal as refusal:
        refused(form, refusal, request.organisation.timezone)
        return _choose(request, form, plan.year)
    if not done.is_closed:
        messages.success(request, gettext("The projects are settled. Now add the second round."))
        return redirect("programmes:round_add", request.organisation.slug, pot.programme_id)
    messages.success(request, gettext("The accounts of %(year)s are closed.") % {"year": pot.year})
    return redirect(ledger_url(request, pot.programme, pot.year))


@require_http_methods(METHODS)
@access(MEMBER)
def year_reopen(request: Request, org: str, pk: int, year: int) -> HttpResponse:
    """Open a closed year again, with a reason."""
    pot = _pot(request, pk, year)
    back = ledger_url(request, pot.programme, year)
    form: Any = open_form(ReasonForm, request)

    def reopen() -> None:
        reason = form.cleaned_data["reason"]
        reopen_year(pk, year=year, reason=reason, by=request.user, at=request.at)

    if carried_out(request, form, reopen):
        messages.success(request, gettext("The accounts are open again."))
        return redirect(back)
    if pot.closed_at is None and not form.is_bound:
        return redirect(back)
    context = {
        "pot": pot,
        "form": form,
        "title": gettext("Open the accounts of %(year)s again?") % {"year": year},
        "after": gettext(
            "What was carried over, handed back or added when they were closed is taken back. "
            "What was settled with projects stays."
        ),
        "button": gettext("Open the accounts again"),
        "back": back,
    }
    return render(request, "funding/year_reopen.html", context, status=status_of(form))
