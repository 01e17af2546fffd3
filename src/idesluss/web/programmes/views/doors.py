"""Set up the doors of a sluice: the four of them, each opened, changed, closed and opened again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from idesluss.people.models import Appointment, Person
from idesluss.programmes.models import Door, Programme
from idesluss.programmes.usecases.doors import (
    RECEIVES,
    DoorFacts,
    change_door,
    close_door,
    open_again,
    open_door,
    usual_facts,
)
from idesluss.programmes.vocab import Audience
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, status_of
from idesluss.web.programmes.forms.doors import DoorForm, initial_of
from idesluss.web.programmes.views.sluices import find


@list_page
@access(MEMBER)
def sluice_doors(request: Request, org: str, pk: int) -> HttpResponse:
    """The four doors of a sluice, with their links and promises."""
    one = find(request, pk)
    there = {door.audience: door for door in one.doors.select_related("receiver")}
    rows = [
        {
            "audience": audience,
            "door": there.get(audience.value),
            "link": _link(org, there[audience.value]) if audience.value in there else "",
        }
        for audience in Audience
    ]
    return render(request, "programmes/sluice_doors.html", {"sluice": one, "rows": rows})


@access(MEMBER)
def sluice_door(request: Request, org: str, pk: int, audience: str) -> HttpResponse:
    """Open a door to a group, or change it; its welcome can be looked at before it is saved."""
    one = find(request, pk)
    if audience not in Audience.values:
        raise Http404
    group = Audience(audience)
    door = one.doors.filter(audience=audience).select_related("receiver").first()
    people = receivers(request, kept=door.receiver if door else None)
    form: Any = open_form(
        DoorForm, request, receivers=people, initial=initial_of(_now(request, one, group, door))
    )
    looks = request.POST.get("then") == "look"

    def save() -> None:
        who = {"by": request.user, "at": request.at}
        if door:
            change_door(door.pk, form.facts(), **who)
        else:
            open_door(pk, group, form.facts(), **who)

    if not looks and carried_out(request, form, save):
        messages.success(request, gettext("Saved.") if door else gettext("The door is open."))
        return redirect("programmes:sluice_doors", org, pk)
    context = {
        "sluice": one,
        "door": door,
        "audience": group,
        "form": form,
        "looked_at": form["welcome"].value() if looks else "",
        "whole": _link(org, door) if door else "",
    }
    status = 200 if looks and not form.errors else status_of(form)
    return render(request, "programmes/sluice_door.html", context, status=status)


@require_POST
@access(MEMBER)
def sluice_door_move(request: Request, org: str, pk: int, audience: str) -> HttpResponse:
    """Close a door, or open a closed one again."""
    one = find(request, pk)
    door = get_object_or_404(one.doors, audience=audience)
    who = {"by": request.user, "at": request.at}
    if request.POST.get("to") == "close":
        told = gettext("The door is closed. What has come in already goes on.")
        done(request, lambda: close_door(door.pk, **who), told)
    else:
        done(request, lambda: open_again(door.pk, **who), gettext("The door is open."))
    return redirect("programmes:sluice_doors", org, pk)


def receivers(request: Request, *, kept: Person | None) -> list[Person]:
    """Those who can have what comes in, by name; and who has it now."""
    roles = [role.value for role in RECEIVES]
    today = request.at.astimezone(request.organisation.timezone).date()
    here = Appointment.objects.valid(today).filter(
        organisation=request.organisation, role__in=roles, person__is_active=True
    )
    people = list(Person.objects.filter(pk__in=here.values("person")).order_by("name", "pk"))
    return people if kept is None or kept in people else [*people, kept]


def _now(request: Request, one: Programme, group: Audience, door: Door | None) -> DoorFacts:
    if door:
        return DoorFacts.of(door)
    return usual_facts(one, group, name=capfirst(str(group.label)), receiver=request.user)


def _link(org: str, door: Door) -> str:
    """The whole address of the door."""
    return settings.URL + reverse("ideas:door", args=[org, door.slug])
