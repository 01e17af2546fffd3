"""Write down what others said: by paper, phone or talk, a workshop's notes, a table."""

from __future__ import annotations

import secrets
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from idesluss.ideas.models import Arrival
from idesluss.ideas.usecases.guests import Guest
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.proxy import Note, Slip, enter, enter_all, token_of
from idesluss.ideas.vocab import Channel
from idesluss.logic.codes import spelled
from idesluss.logic.notes import Noted, Notes, UnknownUnit, read_lines, read_notes
from idesluss.logic.refusals import Refusal
from idesluss.logic.sheets import Problem, read_table
from idesluss.people.models import Unit
from idesluss.programmes.models import Door
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.request import Request
from idesluss.web.ideas.alike import Seen
from idesluss.web.ideas.forms.door import initial_of
from idesluss.web.ideas.forms.proxy import NotesForm, ProxyForm, TableForm
from idesluss.web.ideas.views.alike import LOOK, look
from idesluss.web.ideas.views.posters import served
from idesluss.web.people.attempts import carried_out, status_of

TOKEN = "idesluss.ideas.proxy"  # noqa: S105  the salt of its signature
SLIPS = "sluice_slips"


@access(MEMBER)
def proxy(request: Request, org: str) -> HttpResponse:
    """Which way in, and how: one at a time, a workshop's notes, a table, the paper form."""
    doors = _doors(request)
    return render(request, "ideas/proxy.html", {"doors": doors})


@access(MEMBER)
def proxy_one(request: Request, org: str, slug: str) -> HttpResponse:
    """The form of a door for what somebody else said, and what is like it while one writes."""
    door = get_object_or_404(_doors(request), slug=slug)
    if request.htmx and request.POST.get("then") == LOOK:
        return look(request, door, for_others=True)
    token = _token(request)
    initial = {**initial_of(door), "channel": Channel.PAPER.value}
    form: Any = open_form(ProxyForm, request, initial=initial, door=door)
    slips: list[Slip] = []

    def write_down() -> None:
        note = Note(form.given(None), form.guest())
        channel = Channel(form.cleaned_data["channel"])
        slips.append(
            enter(door, note, token=token, by=request.user, at=request.at, channel=channel)
        )

    if carried_out(request, form, write_down):
        return _to_slips(request, door, slips)
    signed = signing.dumps(token, salt=TOKEN)
    context = {"door": door, "form": form, "signed": signed, "seen": Seen().write()}
    return render(request, "ideas/proxy_one.html", context, status=status_of(form))


@access(MEMBER)
def proxy_notes(request: Request, org: str, slug: str) -> HttpResponse:
    """A workshop's notes: written, looked over, handed in."""
    door = get_object_or_404(_doors(request), slug=slug)
    form: Any = open_form(NotesForm, request)
    found = Notes(())
    if request.method == "POST" and form.is_valid():
        found = read_lines(form.cleaned_data["notes"])
        taken = _take_in(
            request, door, form, found, token=_token(request), channel=Channel.WORKSHOP
        )
        if taken is not None:
            return taken
    return _many(request, "ideas/proxy_notes.html", door, form, found, field="notes")


@access(MEMBER)
def proxy_table(request: Request, org: str, slug: str) -> HttpResponse:
    """A table of needs: chosen, looked over, handed in; the same file twice changes nothing."""
    door = get_object_or_404(_doors(request), slug=slug)
    form: Any = open_form(TableForm, request)
    found, kept = Notes(()), ""
    if request.method == "POST" and form.is_valid():
        name, data = form.cleaned_data["file"]
        kept = form.keep()
        try:
            found = read_notes(read_table(data, name))
        except Refusal as refusal:
            form.add_error("file", say(refusal))
        else:
            taken = _take_in(
                request, door, form, found, token=token_of(data), channel=Channel.SHEET
            )
            if taken is not None:
                return taken
    return _many(request, "ideas/proxy_table.html", door, form, found, field="file", kept=kept)


@access(MEMBER)
def slips(request: Request, org: str, slug: str) -> HttpResponse:
    """What the givers take along, to be printed and cut apart; shown until it is closed."""
    door = get_object_or_404(_doors(request), slug=slug)
    told = request.session.get(SLIPS) or {}
    if request.method == "POST" or told.get("door") != door.pk:
        request.session.pop(SLIPS, None)
        return redirect("ideas:proxy", org)
    codes = {int(pk): code for pk, code in told["slips"]}
    arrivals = Arrival.objects.filter(pk__in=codes).select_related("idea__responsible")
    rows = [(one.idea, codes[one.pk], _spelled(codes[one.pk])) for one in arrivals.order_by("id")]
    follow = request.build_absolute_uri(reverse("ideas:follow_up"))
    context = {"door": door, "rows": rows, "follow_url": follow}
    response = render(request, "ideas/slips.html", context)
    response["Cache-Control"] = "no-store"
    return response


@access(MEMBER)
def paper_form(request: Request, org: str, slug: str) -> HttpResponse:
    """The paper form of a door, to print."""
    from idesluss.papers.posters import form_pdf  # noqa: PLC0415  (brings the typesetter along)

    door = get_object_or_404(_doors(request), slug=slug)
    url = request.build_absolute_uri(reverse("ideas:door", args=[org, slug]))
    name = slugify(f"{gettext('form')} {door.slug}")
    return served(form_pdf(door, request.at, url), f"{name}.pdf")


def _doors(request: Request) -> Any:
    """The open doors of the organisation, each with its sluice."""
    here = Door.objects.open(request.at).filter(organisation=request.organisation)
    return here.select_related("programme", "organisation", "receiver")


def _token(request: Request) -> str:
    try:
        token: str = signing.loads(request.POST.get("form", ""), salt=TOKEN)
    except signing.BadSignature:
        return secrets.token_urlsafe(24)
    return token


def _take_in(
    request: Request, door: Door, form: Any, found: Notes, *, token: str, channel: Channel
) -> HttpResponse | None:
    """Hand the notes in, if that was asked for and nothing is wrong with them."""
    notes, problems = _notes(door, found)
    form.problems, form.token = [*found.problems, *problems], token
    if request.POST.get("do") != "take" or form.problems:
        return None
    try:
        taken = enter_all(door, notes, token=token, by=request.user, at=request.at, channel=channel)
    except Refusal as refusal:
        refused(form, refusal, door.organisation.timezone)
        return None
    return _to_slips(request, door, taken)


def _notes(door: Door, found: Notes) -> tuple[list[Note], list[Problem]]:
    """The notes with their units and givers looked up, and what was not found."""
    here = Unit.objects.current().filter(organisation=door.organisation_id)
    units = {unit.name.casefold(): unit for unit in here}
    notes: list[Note] = []
    problems: list[Problem] = []
    for noted in found.notes:
        unit = units.get(noted.unit.casefold())
        if noted.unit and unit is None:
            problems.append(Problem(noted.row, "", UnknownUnit(text=noted.unit)))
        try:
            guest = Guest.read(noted.name, noted.reach)
        except Refusal as refusal:
            problems.append(Problem(noted.row, "", refusal))
            continue
        notes.append(Note(_given(noted, unit), guest))
    return notes, problems


def _given(noted: Noted, unit: Unit | None) -> Given:
    return Given(
        need=noted.need,
        title=noted.title,
        for_whom=noted.for_whom,
        how_many=noted.how_many,
        evidence=noted.evidence,
        unit=unit,
        language=get_language() or "en",
    )


def _many(
    request: Request,
    template: str,
    door: Door,
    form: Any,
    found: Notes,
    *,
    field: str,
    kept: str = "",
) -> HttpResponse:
    """The page of many notes: the form, and what it would do when something was sent."""
    problems = [(it.row, it.column, say(it.what)) for it in getattr(form, "problems", [])]
    shown = bool(found.notes or problems) and not form.errors
    if problems:
        form.add_error(field, gettext("Put right what is listed above, and send it again."))
    context = {
        "door": door,
        "form": form,
        "field": form[field],
        "found": found,
        "problems": problems,
        "shown": shown,
        "kept": kept,
        "signed": signing.dumps(getattr(form, "token", _token(request)), salt=TOKEN),
    }
    return render(request, template, context, status=status_of(form))


def _to_slips(request: Request, door: Door, taken: list[Slip]) -> HttpResponse:
    request.session[SLIPS] = {
        "door": door.pk,
        "slips": [(slip.arrival.pk, slip.code) for slip in taken],
    }
    return redirect("ideas:slips", door.organisation.slug, door.slug)


def _spelled(code: str) -> str:
    """How a code is read aloud; "" for none."""
    groups = spelled(code, get_language() or "en") if code else []
    return ", ".join(" ".join(words) for words in groups)
