"""Hand in at a door, at one's own machine or at a shared one; and the thanks afterwards."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from idesluss.ideas.models import Arrival, Challenge, Idea
from idesluss.ideas.reads.bank import needs_to_choose
from idesluss.ideas.usecases.drafting import drafts_of
from idesluss.ideas.usecases.guests import NOBODY
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.taking import Sent, code_of, keep_draft, take_in
from idesluss.ideas.vocab import Channel, Suspicion
from idesluss.logic.refusals import Refusal
from idesluss.logic.sensitive import Hint, find
from idesluss.people.models import Unit
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Audience
from idesluss.web.frame.access import MEMBER, PUBLIC, access
from idesluss.web.frame.formats import refused
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.alike import Seen
from idesluss.web.ideas.counting import too_often
from idesluss.web.ideas.forms.door import TRAP, DoorForm, initial_of
from idesluss.web.ideas.views.alike import LOOK, Asking, look
from idesluss.web.ideas.views.codes import code_context

TOKEN = "idesluss.ideas.door"  # noqa: S105  the salt of its signature
TOO_FAST = timedelta(seconds=3)  # no person reads and writes so quickly
THANKS = "sluice_thanks"
SHOWN_FOR = timedelta(minutes=10)
KIOSK_SECONDS = 60  # the thanks stay so long on a shared machine
WRITTEN = ("title", "need", "for_whom", "evidence")


@access(PUBLIC)
def door(request: Request, org: str, slug: str) -> HttpResponse:
    """The form of a door; one for employees only asks them to sign in first."""
    one = _door(request, slug)
    page = access(MEMBER)(_page) if one.signed_in else _page
    response: HttpResponse = page(request, one)
    return response


@access(PUBLIC)
def kiosk(request: Request, org: str, slug: str) -> HttpResponse:
    """The same on a machine that many share: nobody is signed in, and nothing stays."""
    one = _door(request, slug)
    if one.signed_in:
        raise Http404
    request.session.pop(THANKS, None)  # of the one before
    if request.user.is_authenticated:
        response = render(request, "ideas/kiosk_sign_out.html", {"door": one})
    else:
        response = _page(request, one, shared=True)
    response["Cache-Control"] = "no-store"
    return response


@access(PUBLIC)
def thanks(request: Request, org: str, slug: str) -> HttpResponse:
    """What was handed in, who has it, what is promised, and the code: for ten minutes, here only.

    On a shared machine until the next one begins: by itself after a minute, or after ten if the
    reader asks for more time (WCAG 2.2.1).
    """
    one = _door(request, slug)
    told = request.session.get(THANKS) or {}
    here = told.get("door") == one.pk
    late = not here or request.at - datetime.fromisoformat(told["at"]) >= SHOWN_FOR
    if request.method == "POST" or late:
        request.session.pop(THANKS, None)
    if request.method == "POST":
        return redirect("ideas:door", org, slug)
    if late:
        return redirect("ideas:follow_up")
    arrivals = Arrival.objects.select_related("idea__responsible", "organisation")
    arrival = arrivals.filter(pk=told["arrival"] or 0).first()
    longer = "longer" in request.GET
    context = {
        "door": one,
        "idea": arrival.idea if arrival else None,
        "is_draft": arrival is None,
        "shared": told["shared"],
        "seconds": KIOSK_SECONDS,
        "longer": longer,
        "kept_as": kept_as(one),
        **(code_context(code_of(told["token"])) if told["token"] else {}),
    }
    if told.get("joined"):
        seen = Idea.objects.shown_to(request.user, at=request.at)
        context["idea"] = idea = seen.filter(pk=told["joined"]).first()
        context["supporters"] = idea.supports.count() if idea else 0
    page = "ideas/joined.html" if told.get("joined") else "ideas/thanks.html"
    response = render(request, page, context)
    response["Cache-Control"] = "no-store"
    if told["shared"]:
        seconds = SHOWN_FOR.seconds if longer else KIOSK_SECONDS
        response["Refresh"] = f"{seconds}; url={reverse('ideas:kiosk', args=[org, slug])}"
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # the next one reads another
    return response


@dataclass(slots=True)
class Visit:
    """One visit to the form: what is known before anything is typed."""

    door: Door
    shared: bool
    token: str
    since: datetime  # when the form was shown first
    draft: Idea | None
    challenge: Challenge | None
    need: Idea | None = None  # of the need bank, that it is an idea for

    def given(self, form: Any) -> Given:
        """What was written, with what it answers."""
        return replace(form.given(self.challenge), answers_to=self.need)


def _page(request: Request, one: Door, *, shared: bool = False) -> HttpResponse:
    if request.htmx and request.POST.get("then") == LOOK:
        return look(request, one, shared=shared)
    visit = _visit(request, one, shared=shared)
    person = None if shared or not request.user.is_authenticated else request.user
    initial = initial_of(one, visit.draft, unit=_preset_unit(request, one))
    asked = {"door": one, "person": person, "shared": shared}
    form: Any = open_form(DoorForm, request, initial=initial, **asked)
    saves = request.POST.get("then") == "save" and not shared
    if saves:
        form.fields["need"].required = False
    hints: set[Hint] = set()
    changes = request.POST.get("then") == "change"  # comes back from what is like it
    if request.method == "POST" and form.is_valid() and not changes:
        hints = set() if saves or "anyway" in request.POST else _hints(form)
        if not hints:
            try:
                return (_save if saves else _hand_in)(request, visit, form)
            except Refusal as refusal:
                refused(form, refusal, one.organisation.timezone)
    context = {
        "door": one,
        "form": form,
        "visit": visit,
        "signed": _signed(visit),
        "hints": hints,
        "is_open": Door.objects.open(request.at).filter(pk=one.pk).exists(),
        "outside": one.audience != Audience.STAFF,
        "others": _other_doors(request, one),
        "trap": TRAP,
        "kept_as": "" if shared else kept_as(one),
        "seen": replace(Seen.read(request.POST.get("alike", "")), now=()).write(),
        "poster": request.POST.get("way") or ("poster" if "poster" in request.GET else ""),
    }
    status = 422 if hints or (form.is_bound and form.errors) else 200
    return render(
        request, "ideas/kiosk.html" if shared else "ideas/door.html", context, status=status
    )


def _hand_in(request: Request, visit: Visit, form: Any) -> HttpResponse:
    """Hand it in, unless it is like something: then that is shown first, or joined instead."""
    about = (visit.challenge, visit.need)
    asking = Asking(request, visit.door, form, _who(request, visit, form), visit.shared, about)
    if asking.chosen("joins") is not None:
        if joined := asking.join():
            return _to_thanks(request, visit, asking.sent, None, joined=joined)
        return asking.page(**_written(request, visit))
    if not asking.goes_on:
        return asking.page(**_written(request, visit))
    visit.challenge = _challenge(request, visit.door, asking.answers) or visit.challenge
    sent = _sent(request, visit, form)
    given = replace(visit.given(form), aside=asking.aside())
    arrival = take_in(visit.door, given, sent, at=request.at)
    return _to_thanks(request, visit, sent, arrival)


def _save(request: Request, visit: Visit, form: Any) -> HttpResponse:
    sent = _sent(request, visit, form)
    draft = keep_draft(visit.door, visit.given(form), sent, at=request.at)
    if sent.giver is None:
        return _to_thanks(request, visit, sent, None)
    messages.success(request, gettext("Saved. Go on here whenever you like."))
    here = reverse("ideas:door", args=[visit.door.organisation.slug, visit.door.slug])
    return redirect(f"{here}?draft={draft.pk}")


def _who(request: Request, visit: Visit, form: Any) -> Sent:
    """Who sent the form."""
    known = request.user.is_authenticated and not visit.shared
    return Sent(
        token=visit.token,
        giver=request.user if known else None,
        guest=NOBODY if known else form.guest(),
    )


def _sent(request: Request, visit: Visit, form: Any) -> Sent:
    """What was sent, by whom, and what speaks against its being meant."""
    way = Channel.POSTER if request.POST.get("way") == "poster" else Channel.WEB
    return replace(
        _who(request, visit, form),
        suspicion=_suspicion(request, visit),
        channel=Channel.KIOSK if visit.shared else way,
        draft_id=visit.draft.pk if visit.draft else None,
    )


def _suspicion(request: Request, visit: Visit) -> str:
    """Why somebody should look at it first: "" for what a person seems to have written.

    Counted for each person who is signed in, because a whole town hall may have one address.
    """
    per = "user" if request.user.is_authenticated else "ip"
    if too_often(request, f"door:{visit.door.pk}", f"{visit.door.hourly_limit}/h/{per}"):
        return Suspicion.FLOOD.value
    if request.POST.get(TRAP):
        return Suspicion.TRAP.value
    return Suspicion.FAST.value if request.at - visit.since < TOO_FAST else ""


def _to_thanks(
    request: Request,
    visit: Visit,
    sent: Sent,
    arrival: Arrival | None,
    *,
    joined: Idea | None = None,
) -> HttpResponse:
    request.session[THANKS] = {
        "door": visit.door.pk,
        "arrival": arrival.pk if arrival else None,
        "joined": joined.pk if joined else None,
        "token": "" if sent.giver else sent.token,
        "shared": visit.shared,
        "at": request.at.isoformat(),
    }
    return redirect("ideas:thanks", visit.door.organisation.slug, visit.door.slug)


def _written(request: Request, visit: Visit) -> dict[str, Any]:
    """What the form holds beside what was typed."""
    return {
        "visit": visit,
        "signed": _signed(visit),
        "kept_as": "" if visit.shared else kept_as(visit.door),
        "poster": request.POST.get("way", ""),
        "trap": TRAP,
    }


def _hints(form: Any) -> set[Hint]:
    """What the text may give away of somebody."""
    text = "\n".join(form.cleaned_data.get(name, "") for name in WRITTEN)
    return {passage.hint for passage in find(text)}


def kept_as(one: Door) -> str:
    """Under which name the browser keeps what is being written at the door."""
    return f"door-{one.pk}"


def _door(request: Request, slug: str) -> Door:
    """The door of the address, open or closed: what it takes is asked by ``take_in``."""
    here = Door.objects.filter(organisation=request.organisation, programme__archived_at=None)
    return get_object_or_404(here.select_related("programme", "organisation"), slug=slug)


def _visit(request: Request, one: Door, *, shared: bool) -> Visit:
    token, since = _token(request)
    draft = None
    if request.user.is_authenticated and not shared:
        number = request.POST.get("draft") or request.GET.get("draft") or ""
        mine = drafts_of(request.user).filter(door=one)
        draft = mine.filter(pk=int(number)).first() if _is_number(number) else None
        if number and draft is None:
            raise Http404
    wished = request.POST.get("challenge") or request.GET.get("challenge") or ""
    wished = wished or (str(draft.challenge_id) if draft and draft.challenge_id else "")
    challenge = _challenge(request, one, wished)
    need = _need(request, one, draft)
    return Visit(one, shared, token, since, draft, challenge, need)


def _need(request: Request, one: Door, draft: Idea | None) -> Idea | None:
    """The need that an idea is for, if whoever writes may read it."""
    number = request.GET.get("need") or (
        str(draft.answers_to_id) if draft and draft.answers_to_id else ""
    )
    if not _is_number(number):
        return None
    seen = needs_to_choose(one.programme_id, request.user, at=request.at)
    need: Idea | None = seen.filter(pk=int(number)).first()
    return need


def _challenge(request: Request, one: Door, number: str) -> Challenge | None:
    """The challenge that is answered, if it is put to those who come through this door."""
    if not _is_number(number):
        return None
    seen = Challenge.objects.visible_to(request.user, at=request.at).open(request.at)
    found = seen.filter(pk=int(number), programme=one.programme_id).first()
    return found if found and Audience(one.audience) in found.asked else None


def _preset_unit(request: Request, one: Door) -> int | None:
    number = request.GET.get("unit", "")
    if not _is_number(number):
        return None
    units = Unit.objects.current().filter(organisation=one.organisation_id, pk=int(number))
    return units.values_list("pk", flat=True).first()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _token(request: Request) -> tuple[str, datetime]:
    """The secret of this one form and when it was shown; new when there is none that is ours."""
    try:
        said = signing.loads(request.POST.get("form", ""), salt=TOKEN)
    except signing.BadSignature:
        return secrets.token_urlsafe(24), request.at
    return said["token"], datetime.fromisoformat(said["since"])


def _signed(visit: Visit) -> str:
    said = {"token": visit.token, "since": visit.since.isoformat()}
    return signing.dumps(said, salt=TOKEN, compress=True)


def _other_doors(request: Request, one: Door) -> list[Door]:
    seen = Door.objects.visible_to(request.user, at=request.at)
    return list(seen.filter(programme=one.programme_id).exclude(pk=one.pk))
