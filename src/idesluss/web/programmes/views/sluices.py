"""Set up a sluice: name, model, doors; its overview; laid aside and brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_POST

from idesluss.ideas.models import Idea
from idesluss.programmes.models import Edition, Programme
from idesluss.programmes.sets import in_language
from idesluss.programmes.sets.sluices import MODELS
from idesluss.programmes.usecases import archive_programme, restore_programme
from idesluss.programmes.usecases.model import NEWEST, NOTHING, begin_edition
from idesluss.programmes.usecases.sluices import add_sluice, change_sluice
from idesluss.programmes.vocab import ProgrammeKind
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.frame.templatetags.frame import Step, lock
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of
from idesluss.web.programmes.forms.sluices import NewSluiceForm, SluiceForm


@access(MEMBER)
def sluice_add(request: Request, org: str) -> HttpResponse:
    """First step of a new sluice: what it is called."""
    here = set_up_here(request)
    usual = {"name": gettext("The idea sluice"), "public": True}
    form = open_form(NewSluiceForm, request, initial=usual)
    made: list[Programme] = []

    def add() -> None:
        given = form.cleaned_data
        made.append(add_sluice(here.pk, **given, by=request.user, at=request.at))

    if carried_out(request, form, add):
        return redirect("programmes:sluice_model", org, made[0].pk)
    context = {"form": form, "chambers": guided(0)}
    return render(request, "programmes/sluice_add.html", context, status=status_of(form))


@access(MEMBER)
def sluice(request: Request, org: str, pk: int) -> HttpResponse:
    """A sluice: its start page, its model in editions, its doors."""
    one = find(request, pk)
    editions = list(Edition.objects.filter(programme=one).select_related("made_by"))
    opened = [it for it in editions if it.opened_at]
    running = Idea.objects.live().sluiced().filter(programme=one)
    elsewhere = running.exclude(edition=opened[0]).count() if opened else 0
    context = {
        "sluice": one,
        "editions": editions,
        "current": opened[0] if opened else None,
        "writing": next((it for it in editions if not it.opened_at), None),
        "running": running.count(),
        "elsewhere": elsewhere,
        "doors": one.doors.order_by("id"),
        "doors_url": address("programmes:sluice_doors", request.organisation.slug, one.pk),
        "start_url": address("ideas:sluice", request.organisation.slug, one.slug),
    }
    return render(request, "programmes/sluice.html", context)


@access(MEMBER)
def sluice_change(request: Request, org: str, pk: int) -> HttpResponse:
    """Change what a sluice is called and what its start page says."""
    one = find(request, pk)
    now = {name: getattr(one, name) for name in SluiceForm.base_fields}
    form = open_form(SluiceForm, request, initial=now)

    def save() -> None:
        change_sluice(pk, **form.cleaned_data, by=request.user, at=request.at)

    back = reverse("programmes:sluice", args=[org, pk])
    if carried_out(request, form, save):
        messages.success(request, gettext("Saved."))
        return redirect(back)
    context = {"form": form, "title": one.name, "back": back}
    return render(request, "programmes/form.html", context, status=status_of(form))


@access(MEMBER)
def sluice_model(request: Request, org: str, pk: int) -> HttpResponse:
    """Choose what the next edition starts from: each model is drawn."""
    one = find(request, pk)
    made: list[Edition] = []
    if request.method == "POST":
        start = request.POST.get("start", "")

        def begin() -> None:
            made.append(begin_edition(pk, start, by=request.user, at=request.at))

        if done(request, begin):
            return redirect("programmes:sluice_edition", org, pk, made[0].number)
        return redirect("programmes:sluice_model", org, pk)
    language = one.organisation.language
    models = [
        (
            key,
            in_language(it.name, request.LANGUAGE_CODE),
            in_language(it.about, request.LANGUAGE_CODE),
            [Step(one.name, "later") for one in it.plan(language)],
            [(one.name, one.guidance) for one in it.plan(language)],
        )
        for key, it in MODELS.items()
    ]
    newest = Edition.objects.filter(programme=one).opened().first()
    context = {
        "sluice": one,
        "models": models,
        "newest": newest,
        "start_newest": NEWEST,
        "start_nothing": NOTHING,
        "chambers": None if newest else guided(1),
        "writing": Edition.objects.filter(programme=one, opened_at=None).first(),
    }
    return render(request, "programmes/sluice_model.html", context)


@require_POST
@access(MEMBER)
def sluice_move(request: Request, org: str, pk: int) -> HttpResponse:
    """Lay a sluice aside, or bring it back."""
    find(request, pk)
    act = archive_programme if request.POST.get("to") == "aside" else restore_programme
    done(request, lambda: act(pk, by=request.user, at=request.at), gettext("Saved."))
    return redirect("programmes:sluice", org, pk)


def find(request: Request, pk: int) -> Programme:
    """The sluice, for the administrators of its organisation; else 404."""
    here = set_up_here(request)
    mine = Programme.objects.set_up_by(request.user, at=request.at)
    sluices = mine.filter(organisation=here, kind=ProgrammeKind.SLUICE.value)
    return get_object_or_404(sluices.select_related("organisation"), pk=pk)


def guided(now: int) -> list[Step]:
    """The steps of setting up a new sluice."""
    names = [
        pgettext("step of setting up a sluice", "Name"),
        pgettext("step of setting up a sluice", "Model"),
        pgettext("step of setting up a sluice", "Steps"),
        pgettext("step of setting up a sluice", "Doors"),
    ]
    return lock(names, now)


def address(name: str, *args: Any) -> str:
    """The address of a page, "" when there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
