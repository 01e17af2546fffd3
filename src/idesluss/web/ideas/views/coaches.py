"""The coaches: find one, ask for a talk; and for themselves their desk, their card, their leave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from idesluss.ideas.models import Coach, Idea, Talk
from idesluss.ideas.reads.coaches import chosen, desk, directory
from idesluss.ideas.reads.holders import able_here
from idesluss.ideas.usecases.coach_cards import Card, may_keep_card, write_card
from idesluss.ideas.usecases.coaching import (
    agree_talk,
    ask_talk,
    call_off_talk,
    hold_talk,
    set_away,
)
from idesluss.ideas.usecases.codes import give_code
from idesluss.ideas.usecases.guests import make_guest
from idesluss.ideas.usecases.handing_over import hand_over, may_hand_over, move_unit, theirs
from idesluss.people.models import Person, Unit
from idesluss.people.vocab import Role
from idesluss.web.frame.access import MEMBER, PUBLIC, SIGNED_IN, access
from idesluss.web.frame.kept import open_form
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.ideas.counting import too_often
from idesluss.web.ideas.forms.coaching import (
    AgreeForm,
    AwayForm,
    CardForm,
    HandOverForm,
    MoveUnitForm,
    OffForm,
    StrangerTalkForm,
    TalkForm,
)
from idesluss.web.ideas.views.codes import code_context
from idesluss.web.people.adapters import TOO_MANY
from idesluss.web.people.attempts import carried_out, done, set_up_here, status_of

RATE = "5/h/ip,20/d/ip"  # talks asked for from one place, without an account


@list_page
@access(PUBLIC)
def coaches(request: Request, org: str) -> HttpResponse:
    """The directory: by unit and skill; how much each has is shown to those who belong here."""
    cards = list(directory(request.organisation, at=request.at))
    inside = request.user.is_authenticated and (
        request.organisation.pk in request.user.standing(request.at).organisations()
    )
    if not inside:
        cards = [card for card in cards if card.bookable]
    unit, skill = request.GET.get("unit", ""), request.GET.get("skill", "")
    units = {it.pk: it.name for card in cards for it in card.units.all()}
    number = int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 18 else None
    context = {
        "cards": chosen(cards, unit=number, skill=skill),
        "units": sorted((name, pk) for pk, name in units.items()),
        "skills": sorted({word for card in cards for word in card.skills}),
        "unit": number,
        "skill": skill,
        "inside": inside,
        "about": request.GET.get("case", ""),
        "administers": request.user.is_authenticated
        and request.user.has_role(request.organisation.pk, Role.ADMINISTRATOR, at=request.at),
    }
    return render(request, "ideas/coaches.html", context)


@access(PUBLIC)
def book(request: Request, org: str, pk: int) -> HttpResponse:
    """Ask a coach for a talk; without an account one gets a code to follow it with."""
    card = get_object_or_404(directory(request.organisation, at=request.at), pk=pk)
    signed_in = request.user.is_authenticated
    form: Any = open_form(TalkForm if signed_in else StrangerTalkForm, request)
    idea = _own_case(request)
    asked: list[tuple[Talk, str]] = []

    @transaction.atomic
    def ask() -> None:
        said, code = form.cleaned_data, ""
        who = request.user
        if not signed_in:
            guest = form.guest()
            who = make_guest(guest, language=get_language() or request.organisation.language)
            code = give_code(who, by=None, at=request.at, organisation_id=card.organisation_id)
        wanted = {"about": said["about"], "wishes": said["wishes"], "idea": idea}
        asked.append((ask_talk(card.pk, by=who, at=request.at, **wanted), code))

    if request.method == "POST" and not signed_in and too_often(request, "talk", RATE):
        form.add_error(None, TOO_MANY)
    elif carried_out(request, form, ask):
        talk, code = asked[0]
        more = code_context(code) if code else {}
        response = render(request, "ideas/booked.html", {"talk": talk, **more})
        response["Cache-Control"] = "no-store"
        return response
    context = {"card": card, "form": form, "idea": idea}
    return render(request, "ideas/book.html", context, status=status_of(form))


@access(SIGNED_IN)
def talk(request: Request, org: str, pk: int) -> HttpResponse:
    """A talk: what was asked, what was agreed; the coach answers, either may call it off."""
    seen = Talk.objects.visible_to(request.user, at=request.at)
    here = seen.filter(organisation=request.organisation)
    one = get_object_or_404(here.select_related("coach", "asked_by", "idea", "organisation"), pk=pk)
    runs = request.user.has_role(one.organisation_id, Role.ADMINISTRATOR, at=request.at)
    answers = one.coach_id == request.user.pk or runs
    who = {"by": request.user, "at": request.at}
    act = request.POST.get("do", "")
    shown = {"agreed_at": one.agreed_at, "place": one.place, "words": one.words}
    agree: Any = AgreeForm(
        request.POST if act == "agree" else None, initial=shown, zone=one.organisation.timezone
    )
    off: Any = OffForm(request.POST if act == "off" else None, prefix="off")
    if act == "held" and done(request, lambda: hold_talk(pk, **who), gettext("Noted as held.")):
        return redirect("ideas:desk", org)
    if act == "agree" and carried_out(
        request, agree, lambda: agree_talk(pk, **agree.cleaned_data, **who)
    ):
        messages.success(request, gettext("Whoever asked is told."))
        return redirect("ideas:talk", org, pk)
    if act == "off" and carried_out(
        request, off, lambda: call_off_talk(pk, why=off.cleaned_data["words"], **who)
    ):
        messages.success(request, gettext("The talk is called off, and the other one is told."))
        return redirect("ideas:talk", org, pk)
    context = {"talk": one, "answers": answers, "agree": agree, "off": off}
    return render(request, "ideas/talk.html", context, status=status_of(agree, off))


@list_page
@access(MEMBER)
def desk_page(request: Request, org: str) -> HttpResponse:
    """What waits on one's desk: late, soon, later, for the giver; talks; what has gone quiet."""
    has = (Role.COACH, Role.MANAGER, Role.ADMINISTRATOR)
    if not request.user.has_role(request.organisation.pk, *has, at=request.at):
        raise Http404
    found = desk(request.organisation, request.user, at=request.at)
    card = Coach.objects.filter(organisation=request.organisation, person=request.user).first()
    groups = [
        (gettext("Late"), found.late),
        (gettext("Within a week"), found.soon),
        (gettext("Later"), found.later),
        (gettext("Waiting for the giver"), found.waiting),
    ]
    is_coach = request.user.has_role(request.organisation.pk, Role.COACH, at=request.at)
    context = {"desk": found, "groups": groups, "card": card, "is_coach": is_coach}
    return render(request, "ideas/desk.html", context)


@access(MEMBER)
def card(request: Request, org: str, pk: int) -> HttpResponse:
    """Write the card of the coach ``pk`` (a person): one's own, or as administrator."""
    coach = _coach(request, pk)
    there = request.organisation
    one = Coach.objects.filter(organisation=there, person=coach).first()
    usual = Card()
    initial = {
        "about": one.about if one else "",
        "skills": ", ".join(one.skills) if one else "",
        "units": [str(it) for it in one.units.values_list("pk", flat=True)] if one else [],
        "room_for": one.room_for if one else usual.room_for,
        "bookable": one.bookable if one else True,
        "version": one.version if one else 0,
    }
    units = Unit.objects.current().filter(organisation=there).select_related("parent")
    form: Any = open_form(CardForm, request, initial=initial, units=list(units))

    def write() -> None:
        version = form.cleaned_data["version"]
        who = {"by": request.user, "at": request.at}
        write_card(there.pk, coach, form.card(), version=version, **who)
        messages.success(request, gettext("The card is saved."))

    if carried_out(request, form, write):
        return redirect("ideas:coaches", org)
    return _act(
        request,
        form,
        title=gettext("The card of %(name)s") % {"name": coach.name},
        lead=gettext("It is shown in the directory, to those who look for somebody to talk to."),
        button=gettext("Save"),
        back=reverse("ideas:coaches", args=[org]),
    )


@access(MEMBER)
def leave(request: Request, org: str, pk: int) -> HttpResponse:
    """Say when the coach ``pk`` (a person) is away, and who stands in."""
    coach = _coach(request, pk)
    one = get_object_or_404(Coach, organisation=request.organisation, person=coach)
    initial = {name: getattr(one, name) for name in ("away_from", "away_until")}
    people = [it for it in able_here(request.organisation, at=request.at) if it.pk != coach.pk]
    initial["deputy"] = one.deputy_id
    form: Any = open_form(AwayForm, request, initial=initial, people=people)

    def save() -> None:
        said = form.cleaned_data
        days = {"away_from": said["away_from"], "away_until": said["away_until"]}
        deputy = form.people.get(said["deputy"] or 0)
        set_away(one.pk, deputy=deputy, by=request.user, at=request.at, **days)
        messages.success(request, gettext("Saved."))

    if carried_out(request, form, save):
        return redirect("ideas:coaches", org)
    return _act(
        request,
        form,
        title=gettext("When %(name)s is away") % {"name": coach.name},
        lead=gettext("Cases that are going on stay, unless you hand them over."),
        button=gettext("Save"),
        back=reverse("ideas:coaches", args=[org]),
    )


@access(MEMBER)
def hand_over_page(request: Request, org: str, pk: int) -> HttpResponse:
    """Give everything that a person has to somebody else: chosen, looked over, done."""
    there = request.organisation
    people = able_here(there, at=request.at)
    whose = Person.objects.filter(pk=pk, appointments__organisation=there).distinct().first()
    if whose is None or not may_hand_over(request.user, whose, there.pk, at=request.at):
        raise Http404
    form: Any = open_form(HandOverForm, request, people=[it for it in people if it.pk != pk])
    preview = None
    if request.method == "POST" and form.is_valid():
        to = form.people[form.cleaned_data["to"]]
        preview = theirs(there, whose, to)
        if request.POST.get("do") == "yes":
            who = {"by": request.user, "at": request.at, "why": form.cleaned_data["why"]}
            if carried_out(request, form, lambda: hand_over(there, whose, to, **who)):
                messages.success(request, gettext("Handed over. The givers are told."))
                return redirect("ideas:coaches", org)
    context = {"whose": whose, "form": form, "preview": preview}
    return render(request, "ideas/hand_over.html", context, status=status_of(form))


@access(MEMBER)
def unit_cases(request: Request, org: str, pk: int) -> HttpResponse:
    """Let the cases of a unit that is reorganised go to another one."""
    there = set_up_here(request)
    units = list(Unit.objects.filter(organisation=there).select_related("parent"))
    unit = next((it for it in units if it.pk == pk), None)
    if unit is None:
        raise Http404
    others = [it for it in units if it.pk != pk and it.archived_at is None]
    form: Any = open_form(MoveUnitForm, request, units=others)
    live = Idea.objects.sluiced().live().filter(unit=unit).count()

    def move() -> None:
        to = form.units[form.cleaned_data["to"]]
        moved = move_unit(unit, to, by=request.user, at=request.at)
        told = gettext("%(n)s cases now belong to %(unit)s.") % {"n": moved, "unit": to.name}
        messages.success(request, told)

    if carried_out(request, form, move):
        return redirect("people:units", org)
    return _act(
        request,
        form,
        title=gettext("Move what belongs to %(unit)s") % {"unit": unit.name},
        lead=gettext(
            "%(n)s live cases, its posters and its coaches go to another unit. What has ended "
            "stays where it was."
        )
        % {"n": live},
        button=gettext("Move it"),
        back=reverse("people:units", args=[org]),
    )


def _coach(request: Request, pk: int) -> Person:
    """The coach ``pk`` of this organisation, for those who keep the card; else 404."""
    here = Person.objects.filter(
        appointments__organisation=request.organisation, appointments__role=Role.COACH.value
    )
    coach: Person = get_object_or_404(here.distinct(), pk=pk)
    if not may_keep_card(request.user, coach, request.organisation.pk, at=request.at):
        raise Http404
    return coach


def _own_case(request: Request) -> Idea | None:
    """The case in the address that one would like to talk about, if it is one's own."""
    number = request.GET.get("case", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    own = Idea.objects.owned_by(request.user)
    return own.filter(pk=int(number), programme__organisation=request.organisation).first()


def _act(request: Request, form: Any, **words: Any) -> HttpResponse:
    context = {"form": form, **words}
    return render(request, "ideas/coach_act.html", context, status=status_of(form))
