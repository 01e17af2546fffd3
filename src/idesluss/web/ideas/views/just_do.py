"""What the workplace just does: marked, done, or bigger than it looked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from idesluss.ideas.usecases.just_do import just_do, just_done, turned_out_bigger
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.forms.ties import BiggerForm, DoneForm, JustDoForm
from idesluss.web.ideas.views.tying import done, page_where, shown, to_case, works


@require_http_methods(["GET", "HEAD", "POST"])
@access(MEMBER)
def just_do_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Mark it; or, when it is marked, say that it is done or turned out bigger."""
    page = page_where(request, pk, works)
    if page.idea.just_do_at is not None:
        return _marked(request, org, pk)
    form: Any = open_form(JustDoForm, request, initial={"next_on": page.idea.next_on})

    def act() -> None:
        said = form.cleaned_data
        just_do(pk, next_on=said["next_on"], what=said["what"], by=request.user, at=request.at)

    if done(request, form, act):
        messages.success(request, gettext("The workplace does it by itself from now on."))
        return to_case(page, org)
    return shown(request, "ideas/just_do.html", page, form)


def _marked(request: Request, org: str, pk: int) -> HttpResponse:
    page = page_where(request, pk, works)
    bigger = request.POST.get("do") == "bigger"
    sent = request.method == "POST"
    finished: Any = DoneForm(request.POST if sent and not bigger else None)
    grown: Any = BiggerForm(request.POST if sent and bigger else None)
    who = {"by": request.user, "at": request.at}

    def act() -> None:
        if bigger:
            turned_out_bigger(pk, **grown.cleaned_data, **who)
        else:
            just_done(pk, answer=finished.cleaned_data["answer"], **who)

    if done(request, grown if bigger else finished, act):
        told = gettext("It is back in the model.") if bigger else gettext("Done, and told.")
        messages.success(request, told)
        return to_case(page, org)
    return shown(request, "ideas/just_done.html", page, finished=finished, grown=grown)
