"""An idea of a sluice asks a fund for money, nothing typed twice; what the fund says comes back.

The application is a case of its own in the fund's programme, grown from the idea: each keeps its
own number, stage and people, because another body decides about the money than the one that
answers the giver.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from idesluss.funding.models import Application
from idesluss.funding.rules import may_apply
from idesluss.funding.usecases.apply import first_kind
from idesluss.ideas.models import LIVE, OWN, Attachment, Idea, Involvement, Message
from idesluss.ideas.reads.sheet import answer_field
from idesluss.ideas.rules import has_own_part, may_work
from idesluss.ideas.usecases.involve import involve
from idesluss.ideas.usecases.moving import arrive
from idesluss.ideas.usecases.owning import WHAT_LENGTH
from idesluss.ideas.usecases.start import start
from idesluss.ideas.usecases.worked import NotAtWork, today
from idesluss.ideas.usecases.write import put
from idesluss.ideas.vocab import FindingKind, Part
from idesluss.logic.lifecycle import Stage, ways_out
from idesluss.logic.merging import Value
from idesluss.logic.money import format_amount
from idesluss.logic.outcomes import GIVES_MONEY
from idesluss.logic.refusals import Refusal, gettext_noop, require
from idesluss.logic.windows import working_days_after
from idesluss.people.models import Person
from idesluss.programmes.models import Goal, Question, Round, Step
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Entry
from idesluss.records.usecases import note

DAYS_TO_TALK = 10  # working days from the fund's answer to the case's next date
ANSWERED = "ideas.money_answered"
CANVAS = {"for-whom": ("who",), "evidence": ("know",)}
"""Questions of a round that a field of the need canvas answers, by their keys."""


class NobodyApplies(Refusal):
    """The round is for others than the person who is to apply. Needs ``name`` and ``round``."""

    sentence = gettext_noop(
        "%(name)s cannot apply in %(round)s. Somebody who works here and whom the round is for "
        "has to apply; whoever gave the idea stays named in it."
    )
    field = "applicant"


@transaction.atomic
def carry_in(
    idea_id: int, round_id: int, *, applicant: Person, by: Person, at: datetime
) -> Application:
    """Make the draft of an application out of a live case of a sluice, and return it.

    ``applicant`` owns it, completes it and hands it in as usual. Title, need, unit, goals of the
    same name, the other givers who work here, files (the same stored ones) and what is answered
    already come along. The case comes to its deciding step, if its model has one that it can go
    to. In that round already: the same application. Notes ``ideas.money_asked`` about the case.

    Raises:
        NotAllowed: ``by`` neither works with the case nor hands it in.
        NotAtWork: the case has ended.
        NobodyApplies: the round is not for ``applicant``.
        NotOpenYet, Closed: the round is not open.
    """
    found = Idea.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    idea = found.get(pk=idea_id)
    gives = idea.edition_id is not None and has_own_part(by, idea)
    require(gives or may_work(by, idea, at=at))
    require(idea.stage in LIVE, NotAtWork)
    if there := asked_in_round(idea, round_id):
        return there
    round = Round.objects.select_related("programme__organisation").get(pk=round_id)
    here = round.organisation_id == idea.organisation_id
    able = here and may_apply(applicant, round, at=at)
    require(able, NobodyApplies(name=applicant.name, round=round.name))
    round.window.require_open(at)
    # Locked, so that no question is taken away between here and the end.
    Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    application = _draft(idea, round, applicant, by=by, at=at)
    said = _said(idea.programme.organisation.language, round)
    _to_be_decided(idea, round, said, by=by, at=at)
    note(
        "ideas.money_asked",
        about=idea,
        by=by,
        at=at,
        application=application.pk,
        round=round.name,
        applicant=applicant.pk,
        title=idea.title,
    )
    return application


def asked_in_round(idea: Idea, round_id: int) -> Application | None:
    """The application that grew from ``idea`` in a round, unless it was taken back."""
    grown = Application.objects.filter(round=round_id, idea__grown_from=idea)
    held = grown.filter(
        idea__involvements__part__in=OWN, idea__involvements__ended_at=None
    ).exclude(idea__stage=Stage.WITHDRAWN.value)
    return held.order_by("pk").first()


@transaction.atomic
def bring_back(
    application_id: int, outcome: str, *, granted_minor: int = 0, by: Person | None, at: datetime
) -> bool:
    """Say on the case that an application grew from what became of it, and set its next date.

    ``outcome`` is one of ``logic.outcomes``; ``granted_minor`` is in the application's currency.
    Whoever released the decision (``by``) says it there. True if something was written: once for
    each outcome of an application, however often it is asked. Notes ``ideas.money_answered``.
    """
    found = Application.objects.select_related("round", "idea__grown_from")
    application = found.get(pk=application_id)
    if application.idea.grown_from_id is None:
        return False
    cases = Idea.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    idea = cases.select_related("responsible").get(pk=application.idea.grown_from_id)
    told: dict[str, Any] = {"application": application.pk, "outcome": outcome}
    before = Entry.objects.about(idea).filter(verb=ANSWERED)
    if any(told.items() <= entry.data.items() for entry in before):
        return False
    granted = outcome in GIVES_MONEY
    facts: dict[str, Any] = {"round": application.round.name, "granted": granted}
    if idea.stage in LIVE:
        _next(idea, granted=granted, at=at)
    teller = by or idea.responsible
    if teller is not None:
        words = _news(idea, application, outcome, granted_minor)
        Message.objects.create(idea=idea, by=teller, at=at, text=words)
        facts["words"] = words
    note(
        ANSWERED,
        about=idea,
        by=by,
        at=at,
        **told,
        **facts,
        granted_minor=granted_minor,
        currency=application.currency,
        next_on=idea.next_on.isoformat() if idea.next_on else "",
        title=idea.title,
    )
    return True


# --- The draft ---------------------------------------------------------------------------------


def _draft(idea: Idea, round: Round, applicant: Person, *, by: Person, at: datetime) -> Application:
    """The new case in the fund's programme, filled with what is known."""
    unit = idea.unit if idea.unit and idea.unit.archived_at is None else None
    language = idea.language
    draft = start(round.programme, unit=unit, language=language, owner=applicant, by=by, at=at)
    draft.grown_from, draft.invented = idea, idea.invented
    draft.secret, draft.on_behalf_of = idea.secret, _named(idea, at)
    draft.save(update_fields=["grown_from", "invented", "secret", "on_behalf_of"])
    application = Application.objects.create(
        idea=draft, round=round, currency=round.currency, kind=first_kind(round)
    )
    questions = list(round.questions.all())
    values: dict[str, Value] = {"title": idea.title, "need": idea.need}
    values["goals"] = _goals(idea, round)
    values |= _answers(idea, questions)
    put(draft, values, questions)
    for person in _givers(idea):
        works = idea.organisation_id in person.standing(at).organisations()
        if works and person.pk != applicant.pk:
            involve(draft, person, by=by, at=at)
    _coached(idea, draft, at)
    _files(idea, draft)
    return application


def _coached(idea: Idea, draft: Idea, at: datetime) -> None:
    """Who has coached the idea is known on the application, so that nobody assesses it unawares.

    Coach and assessor are different people unless the administrator says otherwise.
    """
    if idea.responsible is not None and not has_own_part(idea.responsible, draft):
        part = Part.COACH.value
        Involvement.objects.create(idea=draft, person=idea.responsible, part=part, since=at)


def _givers(idea: Idea) -> list[Person]:
    parts = idea.involvements.filter(part__in=OWN, ended_at=None).select_related("person")
    return [part.person for part in parts.order_by("pk")]


def _named(idea: Idea, at: datetime) -> str:
    """Who gave the idea, when they do not work here and so cannot apply themselves.

    Their name only if they have let it be shown to others than those who handle the case.
    """
    if idea.on_behalf_of:
        return idea.on_behalf_of
    if idea.name_shown == Visibility.CLOSED.value:
        return ""
    outside = [
        person.name
        for person in _givers(idea)
        if idea.organisation_id not in person.standing(at).organisations()
    ]
    return ", ".join(name for name in outside if name)[:160]


def _goals(idea: Idea, round: Round) -> tuple[int, ...]:
    """The fund's goals that are called as those of the idea."""
    names = {goal.name.strip().casefold() for goal in idea.goals.all()}
    current = Goal.objects.current().filter(programme=round.programme_id)
    return tuple(goal.pk for goal in current if goal.name.strip().casefold() in names)


def _answers(idea: Idea, questions: Iterable[Question]) -> dict[str, Value]:
    """What is answered already: in a step's question of that key, on the case, in the canvas."""
    steps = dict(idea.step_answers.exclude(text="").values_list("question__key", "text"))
    canvas = idea.findings.filter(
        kind=FindingKind.CANVAS.value, removed_at=None, inside=False
    ).first()
    facts = canvas.facts if canvas else {}
    many = f" ({idea.how_many})" if idea.how_many and idea.for_whom else ""
    own = {"for-whom": f"{idea.for_whom}{many}", "evidence": idea.evidence}
    found: dict[str, Value] = {}
    for question in questions:
        keys = (question.key, *CANVAS.get(question.key, ()))
        from_canvas = next((str(facts[key]) for key in keys if facts.get(key)), "")
        text = steps.get(question.key) or own.get(question.key) or from_canvas
        if text:
            found[answer_field(question)] = text[: question.max_length]
    return found


def _files(idea: Idea, draft: Idea) -> None:
    """The same stored files, in the new case too: not a byte is copied."""
    Attachment.objects.bulk_create(
        Attachment(
            idea=draft,
            name=one.name,
            content_type=one.content_type,
            size=one.size,
            sha256=one.sha256,
            file=one.file.name,
            added_by=one.added_by,
            added_at=one.added_at,
        )
        for one in idea.attachments.filter(removed_at=None).order_by("added_at", "pk")
    )


# --- The case of the sluice --------------------------------------------------------------------


def _said(language: str, round: Round) -> str:
    with translation.override(language):
        return (_("Asks for money in %(round)s") % {"round": round.name})[:WHAT_LENGTH]


def _to_be_decided(idea: Idea, round: Round, said: str, *, by: Person, at: datetime) -> None:
    """To the deciding step of its edition, with the last day of the round as its next date."""
    to = Step.objects.filter(edition=idea.edition_id, stage=Stage.DECIDING.value).first()
    if to is None or Stage.DECIDING not in ways_out(idea.stage):
        if not idea.next_what:  # what is planned already stays
            idea.next_what = said
            idea.save(update_fields=["next_what"])
        return
    zone = idea.programme.organisation.timezone
    closes = round.closes_at.astimezone(zone).date() if round.closes_at else None
    arrive(idea, to, why=said, next_on=closes, next_what=said, by=by, at=at)


def _next(idea: Idea, *, granted: bool, at: datetime) -> None:
    """Whoever has the case talks to the giver within two weeks: about the test, or how to go on."""
    there = idea.programme.organisation
    with translation.override(there.language):
        what = _("Agree on the test") if granted else _("Talk about how the idea goes on")
    idea.next_on = working_days_after(today(idea, at), DAYS_TO_TALK, there.country)
    idea.next_what = what
    idea.save(update_fields=["next_on", "next_what"])


def _news(idea: Idea, application: Application, outcome: str, granted_minor: int) -> str:
    """What is said on the case, in its municipality's language; reasons are told who applies."""
    there = idea.programme.organisation
    with translation.override(there.language):
        facts = {
            "round": application.round.name,
            "sum": format_amount(granted_minor, application.currency, there.language),
        }
        if outcome in GIVES_MONEY:
            text = _("%(round)s grants %(sum)s. Next we agree on how it is tested.")
        elif outcome in ("withdrawn", "incomplete"):
            text = _("The application to %(round)s is closed. The idea is still here with us.")
        elif outcome == "postponed":
            text = _("%(round)s takes the application up again later. The idea stays with us.")
        else:
            text = _(
                "%(round)s does not grant money this time. The idea is still here: we talk about "
                "how it can go on."
            )
        return text % facts
