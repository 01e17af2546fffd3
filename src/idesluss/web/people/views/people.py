"""Set up people: the list, add one, paste many, one person's roles and deputies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext

from idesluss.logic.refusals import Refusal
from idesluss.people import usecases
from idesluss.people.models import Appointment, Organisation, Person
from idesluss.people.names import day_after, find_person
from idesluss.people.reads import (
    Known,
    known_people,
    people_of,
    suggestions,
    unit_choices,
)
from idesluss.people.rules import may_correct
from idesluss.people.vocab import Role
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, set_up_here, status_of
from idesluss.web.people.forms.people import (
    AddPersonForm,
    AddRoleForm,
    CorrectForm,
    DeputyForm,
    EndForm,
    PasteForm,
)

PER_PAGE = 50


@access(MEMBER)
@list_page
def people(request: Request, org: str) -> HttpResponse:
    """Everybody with a role in the organisation."""
    organisation = set_up_here(request)
    search = request.GET.get("search", "").strip()
    found = people_of(organisation, by=request.user, at=request.at, search=search)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    known = known_people(page, organisation, at=request.at)
    context = {"page": page, "people": known, "search": search}
    return render(request, "people/people.html", context)


@access(MEMBER)
def person_add(request: Request, org: str) -> HttpResponse:
    """Add one person; the letter says how to sign in."""
    organisation = set_up_here(request)
    initial = {"roles": [Role.EMPLOYEE.value]}
    form = open_form(AddPersonForm, request, units=unit_choices(organisation), initial=initial)

    def add() -> None:
        given = form.cleaned_data
        usecases.add_person(
            organisation.pk,
            name=given["name"],
            email=given["email"],
            roles=given["roles"],
            unit_id=given["unit"],
            starts=given["starts"],
            ends=day_after(given["ends"]),
            by=request.user,
            at=request.at,
        )

    if carried_out(request, form, add):
        name = form.cleaned_data["name"]
        messages.success(request, gettext("%(name)s is added.") % {"name": name})
        return redirect("people:people", org)
    return render(request, "people/person_add.html", {"form": form}, status=status_of(form))


@access(MEMBER)
def people_paste(request: Request, org: str) -> HttpResponse:
    """Paste many; see what was read, every problem by row; nothing is written before the yes."""
    organisation = set_up_here(request)
    form = open_form(PasteForm, request)
    rows: list[usecases.Row] = []
    if request.method == "POST" and form.is_valid():
        shown = {role.value: str(role.label) for role in Role}
        try:
            rows = usecases.read_rows(
                form.cleaned_data["rows"], units=unit_choices(organisation), shown=shown
            )
        except Refusal as refusal:
            refused(form, refusal)
    wrong = [row for row in rows if row.problem]
    if rows and not wrong and "confirm" in request.POST:
        added, had = usecases.add_people(organisation.pk, rows, by=request.user, at=request.at)
        messages.success(request, _told(added, had))
        return redirect("people:people", org)
    shown_rows = [(row, say(row.problem) if row.problem else "") for row in rows]
    context = {"form": form, "rows": shown_rows, "wrong": len(wrong)}
    status = 422 if wrong or form.errors else 200
    return render(request, "people/people_paste.html", context, status=status)


def _told(added: int, had: int) -> str:
    told = ngettext("%(count)s person is added.", "%(count)s people are added.", added)
    kept = ngettext("%(count)s was here already.", "%(count)s were here already.", had)
    first = told % {"count": added}
    return f"{first} {kept % {'count': had}}" if had else first


@access(MEMBER)
@list_page
def person(request: Request, org: str, pk: int) -> HttpResponse:
    """One person: name and address, roles now and before, deputies; add a role."""
    organisation, somebody, known = _known(request, pk)
    form = open_form(AddRoleForm, request, units=unit_choices(organisation))

    def give() -> None:
        given = form.cleaned_data
        usecases.appoint(
            pk,
            organisation_id=organisation.pk,
            role=given["role"],
            unit_id=given["unit"],
            starts=given["starts"],
            ends=day_after(given["ends"]),
            by=request.user,
            at=request.at,
        )

    if carried_out(request, form, give):
        messages.success(request, gettext("The role is given."))
        return redirect("people:person", org, pk)
    asked = not any(not it.invited_as for it in [*known.roles, *known.past])
    context = {
        "known": known,
        "form": form,
        "today": request.at.date(),
        "may_correct": asked or may_correct(request.user, somebody, request.at),
    }
    return render(request, "people/person.html", context, status=status_of(form))


@access(MEMBER)
def person_correct(request: Request, org: str, pk: int) -> HttpResponse:
    """Correct a name or an address, while nobody else knows the person."""
    organisation, _, known = _known(request, pk)
    initial = {"name": known.name, "email": known.email}
    form = open_form(CorrectForm, request, initial=initial)
    changed: list[Person] = []

    def correct() -> None:
        changed.append(
            usecases.correct_person(
                pk,
                organisation_id=organisation.pk,
                **form.cleaned_data,
                by=request.user,
                at=request.at,
            )
        )

    if carried_out(request, form, correct):
        messages.success(request, gettext("Saved."))
        return redirect("people:person", org, changed[0].pk)
    context = {"form": form, "known": known}
    return render(request, "people/person_correct.html", context, status=status_of(form))


@access(MEMBER)
def role_end(request: Request, org: str, pk: int) -> HttpResponse:
    """End a role, now or later."""
    role = _role(request, pk)
    form = open_form(EndForm, request)

    def end() -> None:
        ends = day_after(form.cleaned_data["ends"])
        usecases.end_appointment(pk, ends=ends, by=request.user, at=request.at)

    if carried_out(request, form, end):
        messages.success(request, gettext("The role ends."))
        return redirect("people:person", org, role.person_id)
    context = {"form": form, "role": role}
    return render(request, "people/role_end.html", context, status=status_of(form))


@access(MEMBER)
def role_deputy(request: Request, org: str, pk: int) -> HttpResponse:
    """Let somebody hold the role for a time."""
    role = _role(request, pk)
    organisation = request.organisation
    form = open_form(DeputyForm, request, suggestions=suggestions(organisation, at=request.at))

    def deputise() -> None:
        given = form.cleaned_data
        usecases.deputise(
            pk,
            person=find_person(given["person"], organisation_id=organisation.pk, at=request.at),
            starts=given["starts"],
            ends=day_after(given["ends"]),
            by=request.user,
            at=request.at,
        )

    if carried_out(request, form, deputise):
        messages.success(request, gettext("The deputy holds the role for that time."))
        return redirect("people:person", org, role.person_id)
    context = {"form": form, "role": role}
    return render(request, "people/role_deputy.html", context, status=status_of(form))


def _known(request: Request, pk: int) -> tuple[Organisation, Person, Known]:
    """The person as the organisation knows them, for its fund administrators."""
    organisation = set_up_here(request)
    found = people_of(organisation, by=request.user, at=request.at)
    somebody = get_object_or_404(found, pk=pk)
    return organisation, somebody, known_people([somebody], organisation, at=request.at)[0]


def _role(request: Request, pk: int) -> Any:
    """A role of this organisation, for its fund administrators."""
    organisation = set_up_here(request)
    mine = Appointment.objects.set_up_by(request.user, at=request.at)
    found = mine.filter(organisation=organisation).select_related(
        "person", "unit", "deputy_for__person"
    )
    return get_object_or_404(found, pk=pk)
