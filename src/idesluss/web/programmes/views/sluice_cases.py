"""Move running cases to another edition of the model, knowingly; and back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from idesluss.ideas.reads.editions import standing_elsewhere
from idesluss.ideas.usecases.editions import MOVED, MOVED_BACK, move_back, move_cases
from idesluss.programmes.models import Edition
from idesluss.records.models import Entry
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import carried_out, done, status_of
from idesluss.web.programmes.forms.sluices import PlacesForm
from idesluss.web.programmes.views.sluices import find


@access(MEMBER)
def sluice_cases(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """Which cases would go from which step to which, and the button that moves them all."""
    edition = _opened(request, pk, number)
    standing = standing_elsewhere(edition, request.user, at=request.at)
    form = open_form(PlacesForm, request, standing=standing)
    moved: list[int] = []

    def act() -> None:
        given = {"why": form.cleaned_data["why"], "by": request.user, "at": request.at}
        moved.append(move_cases(edition.pk, form.places(), **given))

    if carried_out(request, form, act):
        messages.success(request, _told(moved[0]))
        return redirect("programmes:sluice_cases", org, pk, number)
    context = {
        "sluice": edition.programme,
        "edition": edition,
        "form": form,
        "standing": standing,
        "count": sum(it.count for it in standing),
        "last": last_act(edition),
    }
    return render(request, "programmes/sluice_cases.html", context, status=status_of(form))


@require_POST
@access(MEMBER)
def sluice_cases_back(request: Request, org: str, pk: int, number: int) -> HttpResponse:
    """Undo the last move to this edition."""
    edition = _opened(request, pk, number)
    last = last_act(edition)
    if last is None:
        raise Http404
    moved: list[int] = []

    def act() -> None:
        moved.append(move_back(last.pk, by=request.user, at=request.at))

    if done(request, act):
        messages.success(
            request,
            ngettext("%(n)s case went back.", "%(n)s cases went back.", moved[0]) % {"n": moved[0]},
        )
    return redirect("programmes:sluice_cases", org, pk, number)


def last_act(edition: Edition) -> Entry | None:
    """The last move of cases to this edition that has not been undone."""
    acts = Entry.objects.about(edition)
    undone = acts.filter(verb=MOVED_BACK).values_list("data__undoes", flat=True)
    return acts.filter(verb=MOVED).exclude(pk__in=list(undone)).last()


def _opened(request: Request, pk: int, number: int) -> Edition:
    sluice = find(request, pk)
    editions = Edition.objects.set_up_by(request.user, at=request.at).filter(programme=sluice)
    opened = editions.filter(opened_at__isnull=False)
    return get_object_or_404(opened.select_related("programme__organisation"), number=number)


def _told(moved: int) -> str:
    if not moved:
        return gettext("No case had to be moved.")
    return ngettext("%(n)s case was moved.", "%(n)s cases were moved.", moved) % {"n": moved}
