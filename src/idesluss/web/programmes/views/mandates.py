"""Set up who decides up to which sum in a fund, and bring back what was taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from idesluss.people.models import Body
from idesluss.programmes import usecases
from idesluss.programmes.models import Mandate, Programme
from idesluss.programmes.reads import taken_away
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of
from idesluss.web.programmes.forms import MandateForm
from idesluss.web.programmes.views.funds import bodies_of, fund_of


@access(MEMBER)
@list_page
def mandates(request: Request, org: str, pk: int) -> HttpResponse:
    """Who decides in the fund, from the smallest sum up; and what was taken away."""
    one = fund_of(request, pk)
    if request.method == "POST":
        bring_back(request, one)
        return redirect("programmes:mandates", org, pk)
    context = {
        "fund": one,
        "mandates": list(one.mandates.select_related("body")),
        "away": taken_away(one),
    }
    return render(request, "programmes/mandates.html", context)


@access(MEMBER)
def mandate_add(request: Request, org: str, pk: int) -> HttpResponse:
    """Let a body decide up to a sum in the fund ``pk``."""
    one = fund_of(request, pk)
    form = open_form(MandateForm, request, **_choices(request, one))

    def add() -> None:
        usecases.add_mandate(pk, form.facts(), by=request.user, at=request.at)

    return _page(request, form, add, fund=one, title=gettext("Let a body decide up to a sum"))


@access(MEMBER)
def mandate(request: Request, org: str, pk: int) -> HttpResponse:
    """Change a body's right to decide."""
    one = _mandate(request, pk)
    now = {"body": one.body_id, "up_to_minor": one.up_to_minor, "reference": one.reference}
    choices = _choices(request, one.programme, kept=one.body_id)
    form = open_form(MandateForm, request, **choices, initial=now)

    def save() -> None:
        usecases.change_mandate(pk, form.facts(), by=request.user, at=request.at)

    return _page(request, form, save, fund=one.programme, title=one.body.name)


@require_POST
@access(MEMBER)
def mandate_away(request: Request, org: str, pk: int) -> HttpResponse:
    """Take a body's right to decide away."""
    one = _mandate(request, pk)
    done(request, lambda: usecases.remove_mandate(pk, by=request.user, at=request.at))
    return redirect("programmes:mandates", org, one.programme_id)


def bring_back(request: Request, thing: Any) -> None:
    """Bring back to a round or a fund what the pressed button names."""
    number = request.POST.get("entry", "")
    entry = int(number) if number.isdecimal() and len(number) < 18 else 0
    who = {"by": request.user, "at": request.at}
    told = gettext("It is back.")
    done(request, lambda: usecases.bring_back(entry, about=thing, **who), told)


def _choices(request: Request, fund: Programme, *, kept: int | None = None) -> dict[str, Any]:
    bodies: list[Body] = bodies_of(request, kept=kept)
    others = [body for body in bodies if body.pk != fund.body_id]
    return {"bodies": others, "currency": request.organisation.currency}


def _page(
    request: Request, form: Any, act: Callable[[], None], *, fund: Programme, title: str
) -> HttpResponse:
    """The form's page, or back to the fund's deciders when ``act`` is done."""
    back = reverse("programmes:mandates", args=[request.organisation.slug, fund.pk])
    if carried_out(request, form, act):
        messages.success(request, gettext("Saved."))
        return redirect(back)
    context = {"form": form, "title": title, "over": fund.name, "back": back}
    return render(request, "programmes/form.html", context, status=status_of(form))


def _mandate(request: Request, pk: int) -> Mandate:
    here = set_up_here(request)
    mine = (
        Programme.objects.funds().set_up_by(request.user, at=request.at).filter(organisation=here)
    )
    found = Mandate.objects.filter(programme__in=mine)
    return get_object_or_404(found.select_related("body", "programme"), pk=pk)
