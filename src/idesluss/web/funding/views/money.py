"""The money of one project: its grants, parts and rows, and what is written in its books."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from idesluss.funding.models import Application
from idesluss.funding.reads.project_money import (
    GrantMoney,
    ProjectMoney,
    money_cases,
    money_of,
    reads_money,
)
from idesluss.funding.rules import may_keep_books, may_read_books
from idesluss.funding.usecases import (
    book_used,
    change_grant,
    plan_instalments,
    release_instalment,
    release_part,
    return_unused,
    transfer_to_next_year,
    undo_release,
)
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import MEMBER, SIGNED_IN, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.funding.forms.money import MoneyForm, PartsForms, SeenForm, UsedForm, parts_of
from idesluss.web.funding.money_words import called
from idesluss.web.people.attempts import carried_out, done, status_of

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Act:
    """An act about one grant: its words, the sum that it suggests, and what it does."""

    title: str | Promise
    lead: str | Promise
    label: str | Promise
    button: str | Promise
    done: str | Promise
    suggests: Callable[[GrantMoney], int]
    do: Callable[..., Any]
    sum_name: str = "amount_minor"
    needs_reason: bool = True
    in_closed_year: bool = False

    def possible(self, one: GrantMoney) -> bool:
        """Whether it makes sense for a grant as it is."""
        return (self.in_closed_year or not one.is_closed) and self.suggests(one) > 0


ACTS: Mapping[str, Act] = {
    "change": Act(
        title=_("Change the grant"),
        lead=_("What was decided stays to be read. The change is a row of its own."),
        label=_("The grant from now on"),
        button=_("Change the grant"),
        done=_("The grant is changed."),
        suggests=lambda one: one.account.granted,
        do=change_grant,
        sum_name="to_minor",
    ),
    "release": Act(
        title=_("Release money"),
        lead=_("For a sum that no planned part holds. It can be taken back."),
        label=_("Sum to release"),
        button=pgettext_lazy("money", "Release"),
        done=_("The money is released."),
        suggests=lambda one: one.account.unreleased,
        do=release_part,
        needs_reason=False,
    ),
    "undo": Act(
        title=_("Take back a release"),
        lead=_("For what was released by mistake. A row against it is written."),
        label=_("Sum to take back"),
        button=_("Take back"),
        done=_("The release is taken back."),
        suggests=lambda one: one.account.unused,
        do=undo_release,
    ),
    "return": Act(
        title=_("Write down what came back"),
        lead=_(
            "Money that the project gives back is free in the pot again. When the year's accounts "
            "are closed, the pot of the next open year has it."
        ),
        label=_("Sum that came back"),
        button=_("Write it down"),
        done=_("What came back is written down."),
        suggests=lambda one: one.account.unused,
        do=return_unused,
        in_closed_year=True,
    ),
    "transfer": Act(
        title=_("Move money to the next year"),
        lead=_("The money goes with the project, from this year's pot to the next one."),
        label=_("Sum to move"),
        button=_("Move it"),
        done=_("The money is moved."),
        suggests=lambda one: one.account.unreleased + one.account.unused,
        do=transfer_to_next_year,
    ),
}


def money_url(application: Application) -> str:
    """The address of the page about a project's money."""
    slug = application.round.programme.organisation.slug
    return reverse("funding:money", args=[slug, application.pk])


def _case(request: Request, pk: int) -> Application:
    """The application of the address for those who may read its money; 404 for the others."""
    seen = money_cases(request.user, at=request.at)
    seen = seen.filter(round__programme__organisation=request.organisation)
    found = get_object_or_404(seen.select_related("idea__project"), pk=pk)
    if not reads_money(request.user, found, at=request.at):
        raise Http404
    return found


def _kept(request: Request, pk: int) -> tuple[Application, ProjectMoney]:
    """The same for whoever writes in its books."""
    found = _case(request, pk)
    mine = Application.objects.handled_by(request.user, at=request.at).filter(pk=pk)
    if not may_keep_books(request.user, found.round.programme, at=request.at) or not mine.exists():
        raise Http404
    return found, money_of(found)


@list_page
@require_http_methods(METHODS)
@access(SIGNED_IN)
def money(request: Request, org: str, pk: int) -> HttpResponse:
    """What was granted and what became of it, row by row; parts are released here."""
    if request.method == "POST":
        return _release(request, pk)
    application = _case(request, pk)
    fund = application.round.programme
    own = Application.objects.owned_by(request.user).filter(pk=pk).exists()
    writes = not own and may_keep_books(request.user, fund, at=request.at)
    books = money_of(application)
    context = {
        "application": application,
        "idea": application.idea,
        "money": books,
        "totals": books.totals if len(books.grants) > 1 else (),
        "rows": [(called(line), line) for line in books.lines],
        "acts": _acts(application, books) if writes else [],
        "may_write": writes,
        "fund": fund if not own and may_read_books(request.user, fund, at=request.at) else None,
        "own": own,
    }
    return render(request, "funding/money.html", context)


def _acts(application: Application, books: ProjectMoney) -> list[tuple[str | Promise, str]]:
    """What can be written now: words and address."""
    slug = application.round.programme.organisation.slug
    found: list[tuple[str | Promise, str]] = []
    if any(one.account.released for one in books.grants):
        words = gettext("Book what is used")
        found.append((words, reverse("funding:money_used", args=[slug, application.pk])))
    for name, act in ACTS.items():
        if any(act.possible(one) for one in books.grants):
            url = reverse("funding:money_act", args=[slug, application.pk, name])
            found.append((act.title, url))
    return found


def _release(request: Request, pk: int) -> HttpResponse:
    """Release or take back the part that the button names."""
    application, books = _kept(request, pk)
    seen = SeenForm(request.POST)
    number = request.POST.get("part", "")
    parts = {str(part.instalment.pk): part for one in books.grants for part in one.parts}
    if number not in parts or not seen.is_valid():
        raise Http404
    part = parts[number].instalment

    def act() -> None:
        release_instalment(
            part.pk, version=seen.cleaned_data["version"], by=request.user, at=request.at
        )

    done(request, act, gettext("The part is released."))
    return redirect(money_url(application))


@require_http_methods(METHODS)
@access(MEMBER)
def money_act(request: Request, org: str, pk: int, act: str) -> HttpResponse:
    """One act about one of the project's grants."""
    application, books = _kept(request, pk)
    if act not in ACTS:
        raise Http404
    what = ACTS[act]
    grants = [one for one in books.grants if what.possible(one)]
    if not grants:
        messages.info(request, gettext("There is nothing to do that with just now."))
        return redirect(money_url(application))
    initial = {"version": books.version, "amount": what.suggests(grants[0])}
    form: Any = open_form(
        MoneyForm,
        request,
        grants=grants,
        label=what.label,
        needs_reason=what.needs_reason,
        initial=initial,
    )

    def do() -> None:
        given = form.cleaned_data
        what.do(
            given["grant"],
            reason=given["reason"],
            version=given["version"],
            by=request.user,
            at=request.at,
            **{what.sum_name: given["amount"]},
        )

    if carried_out(request, form, do):
        messages.success(request, str(what.done))
        return redirect(money_url(application))
    return _form_page(
        request, application, form, title=what.title, lead=what.lead, button=what.button
    )


@require_http_methods(METHODS)
@access(MEMBER)
def money_used(request: Request, org: str, pk: int) -> HttpResponse:
    """Book what the project has spent since its start."""
    application, books = _kept(request, pk)
    initial = {"version": books.version}
    currency = application.currency
    form: Any = open_form(UsedForm, request, currency=currency, initial=initial)

    def do() -> None:
        given = form.cleaned_data
        book_used(
            application.idea_id,
            total_spent_minor=given["amount"],
            currency=currency,
            reason=given["reason"],
            version=given["version"],
            by=request.user,
            at=request.at,
        )

    if carried_out(request, form, do):
        messages.success(request, gettext("What is used is booked."))
        return redirect(money_url(application))
    title, button = gettext("Book what is used"), gettext("Book it")
    return _form_page(request, application, form, title=title, lead="", button=button)


@require_http_methods(METHODS)
@access(MEMBER)
def money_plan(request: Request, org: str, pk: int, grant: int) -> HttpResponse:
    """Say in which parts the rest of a grant is released."""
    application, books = _kept(request, pk)
    one = next((it for it in books.grants if it.grant.pk == grant), None)
    if one is None or one.is_closed:
        raise Http404
    currency = one.account.currency
    waiting = [part.instalment for part in one.parts if not part.is_out]
    formset: Any = open_form(
        PartsForms,
        request,
        form_kwargs={"currency": currency},
        initial=[{"amount": it.amount_minor, "after": it.after, "day": it.day} for it in waiting],
    )
    seen: Any = open_form(SeenForm, request, initial={"version": books.version})
    if request.method == "POST" and formset.is_valid() and seen.is_valid():
        try:
            plan_instalments(
                grant,
                parts=parts_of(formset),
                version=seen.cleaned_data["version"],
                by=request.user,
                at=request.at,
            )
        except Refusal as refusal:
            refused(seen, refusal, request.organisation.timezone)
        else:
            messages.success(request, gettext("The plan is saved."))
            return redirect(money_url(application))
    context = {
        "application": application,
        "one": one,
        "formset": formset,
        "seen": seen,
        "forms": [seen, formset],
        "back": money_url(application),
    }
    wrong = request.method == "POST"
    return render(request, "funding/money_plan.html", context, status=422 if wrong else 200)


def _form_page(
    request: Request, application: Application, form: Any, **words: str | Promise
) -> HttpResponse:
    """A page with one form; ``words``: title, lead and button."""
    context = {"application": application, "form": form, "back": money_url(application), **words}
    return render(request, "funding/money_act.html", context, status=status_of(form))
