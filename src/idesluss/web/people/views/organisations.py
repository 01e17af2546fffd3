"""Set up the organisation itself: what it says, its units, its bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from idesluss.people import usecases
from idesluss.people.models import Body, Seat, Unit
from idesluss.people.names import day_after, find_person
from idesluss.people.reads import all_units, seats_of, suggestions
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of
from idesluss.web.people.forms.organisations import (
    BodyForm,
    NewBodyForm,
    OrganisationForm,
    SeatForm,
    UnitForm,
    UnitsForm,
)
from idesluss.web.people.forms.people import EndForm
from idesluss.web.people.previews import preview_of


@access(MEMBER)
def organisation(request: Request, org: str) -> HttpResponse:
    """What the organisation says of itself, with a preview of colour and register numbers."""
    here = set_up_here(request)
    now = {name: getattr(here, name) for name in usecases.Facts.__slots__}
    form = open_form(OrganisationForm, request, initial=now)
    given: Mapping[str, Any] = request.POST if request.method == "POST" else now
    context = {"form": form, "preview": preview_of(given, year=request.at.year)}
    if "preview" in request.POST:  # only to look at: nothing is saved, nothing is wrong
        context["form"] = OrganisationForm(initial=request.POST.dict())
        return render(request, "people/organisation.html", context)

    def save() -> None:
        usecases.change_organisation(here.pk, form.facts(), by=request.user, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        here.refresh_from_db()
        return redirect("people:organisation", here.slug)
    return render(request, "people/organisation.html", context, status=status_of(form))


@access(MEMBER)
@list_page
def units(request: Request, org: str) -> HttpResponse:
    """Every unit; add more, one on each line."""
    here = set_up_here(request)
    form = open_form(UnitsForm, request)
    added: list[Unit] = []

    def add() -> None:
        lines = form.cleaned_data["lines"]
        added.extend(usecases.add_units(here.pk, lines, by=request.user, at=request.at))

    if carried_out(request, form, add):
        told = ngettext("%(count)s unit is added.", "%(count)s units are added.", len(added))
        messages.success(request, told % {"count": len(added)})
        return redirect("people:units", org)
    context = {"form": form, "units": all_units(here, by=request.user, at=request.at)}
    return render(request, "people/units.html", context, status=status_of(form))


@access(MEMBER)
def unit(request: Request, org: str, pk: int) -> HttpResponse:
    """Another name for a unit."""
    one = _unit(request, pk)
    form = open_form(UnitForm, request, initial={"name": one.name})

    def rename() -> None:
        usecases.rename_unit(pk, form.cleaned_data["name"], by=request.user, at=request.at)

    if carried_out(request, form, rename):
        messages.success(request, gettext("Saved."))
        return redirect("people:units", org)
    return render(request, "people/unit.html", {"form": form, "unit": one}, status=status_of(form))


@require_POST
@access(MEMBER)
def unit_move(request: Request, org: str, pk: int) -> HttpResponse:
    """Lay a unit aside, or bring it back."""
    _unit(request, pk)
    if request.POST.get("to") == "back":
        done(request, lambda: usecases.restore_unit(pk, by=request.user, at=request.at))
    else:
        done(request, lambda: usecases.archive_unit(pk, by=request.user, at=request.at))
    return redirect("people:units", org)


@access(MEMBER)
@list_page
def bodies(request: Request, org: str) -> HttpResponse:
    """Every body that decides."""
    here = set_up_here(request)
    found = Body.objects.set_up_by(request.user, at=request.at).filter(organisation=here)
    shown = found.order_by(F("archived_at").asc(nulls_first=True), "name").prefetch_related("seats")
    return render(request, "people/bodies.html", {"bodies": shown, "today": request.at.date()})


@access(MEMBER)
def body_add(request: Request, org: str) -> HttpResponse:
    """Add a body with its members."""
    here = set_up_here(request)
    form = open_form(NewBodyForm, request, initial={"quorum": 3})
    made: list[Body] = []

    def add() -> None:
        given = form.cleaned_data
        members = usecases.read_members(given["members"], organisation_id=here.pk, at=request.at)
        made.append(
            usecases.add_body(
                here.pk,
                name=given["name"],
                members=members,
                quorum=given["quorum"],
                delegation=given["delegation"],
                by=request.user,
                at=request.at,
            )
        )

    if carried_out(request, form, add):
        messages.success(request, gettext("The body is added."))
        return redirect("people:body", org, made[0].pk)
    context = {"form": form, "suggestions": suggestions(here, at=request.at)}
    return render(request, "people/body_add.html", context, status=status_of(form))


@access(MEMBER)
@list_page
def body(request: Request, org: str, pk: int) -> HttpResponse:
    """One body: its name, quorum and right to decide, and its seats in order."""
    one = _body(request, pk)
    now = {"name": one.name, "quorum": one.quorum, "delegation": one.delegation}
    form = open_form(BodyForm, request, initial=now)

    def save() -> None:
        usecases.change_body(pk, **form.cleaned_data, by=request.user, at=request.at)

    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        return redirect("people:body", org, pk)
    context = {"form": form, "body": one, "seats": seats_of(one, at=request.at)}
    return render(request, "people/body.html", context, status=status_of(form))


@access(MEMBER)
def seat_add(request: Request, org: str, pk: int) -> HttpResponse:
    """Give somebody a seat, of their own or as a deputy."""
    one = _body(request, pk)
    members = [seat for seat in seats_of(one, at=request.at) if seat.deputy_for_id is None]
    names = suggestions(request.organisation, at=request.at)
    form = open_form(SeatForm, request, suggestions=names, members=members)

    def give() -> None:
        given = form.cleaned_data
        here = request.organisation.pk
        usecases.seat(
            pk,
            person=find_person(given["person"], organisation_id=here, at=request.at),
            deputy_for_id=given["deputy_for"],
            starts=given["starts"],
            ends=day_after(given["ends"]),
            by=request.user,
            at=request.at,
        )

    if carried_out(request, form, give):
        messages.success(request, gettext("The seat is given."))
        return redirect("people:body", org, pk)
    return render(
        request, "people/seat_add.html", {"form": form, "body": one}, status=status_of(form)
    )


@access(MEMBER)
def seat_end(request: Request, org: str, pk: int) -> HttpResponse:
    """End a seat, now or later."""
    seat = _seat(request, pk)
    form = open_form(EndForm, request)

    def end() -> None:
        ends = day_after(form.cleaned_data["ends"])
        usecases.unseat(pk, ends=ends, by=request.user, at=request.at)

    if carried_out(request, form, end):
        messages.success(request, gettext("The seat ends."))
        return redirect("people:body", org, seat.body_id)
    context = {"form": form, "seat": seat}
    return render(request, "people/seat_end.html", context, status=status_of(form))


@require_POST
@access(MEMBER)
def seat_move(request: Request, org: str, pk: int) -> HttpResponse:
    """Move a seat in the order of the chair, or let its member be the chair."""
    seat = _seat(request, pk)
    to = request.POST.get("to")
    who = {"by": request.user, "at": request.at}
    if to == "chair":
        done(request, lambda: usecases.give_chair(pk, **who))
    else:
        done(request, lambda: usecases.move_seat(pk, up=to == "up", **who))
    return redirect("people:body", org, seat.body_id)


@require_POST
@access(MEMBER)
def body_move(request: Request, org: str, pk: int) -> HttpResponse:
    """Lay a body aside, or bring it back."""
    _body(request, pk)
    if request.POST.get("to") == "back":
        done(request, lambda: usecases.restore_body(pk, by=request.user, at=request.at))
    else:
        done(request, lambda: usecases.archive_body(pk, by=request.user, at=request.at))
    return redirect("people:bodies", org)


def _unit(request: Request, pk: int) -> Unit:
    here = set_up_here(request)
    mine = Unit.objects.set_up_by(request.user, at=request.at).filter(organisation=here)
    return get_object_or_404(mine, pk=pk)


def _body(request: Request, pk: int) -> Body:
    here = set_up_here(request)
    mine = Body.objects.set_up_by(request.user, at=request.at).filter(organisation=here)
    return get_object_or_404(mine, pk=pk)


def _seat(request: Request, pk: int) -> Any:
    here = set_up_here(request)
    bodies = Body.objects.set_up_by(request.user, at=request.at).filter(organisation=here)
    return get_object_or_404(Seat.objects.select_related("person", "body"), pk=pk, body__in=bodies)
