"""A case that holds two things becomes two: same giver, own number, each linked to the other."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.core.files import File
from django.db import transaction

from idesluss.ideas.models import (
    OWN,
    Attachment,
    Finding,
    Follow,
    Idea,
    Involvement,
    Message,
    Passage,
)
from idesluss.ideas.usecases.just_do import just_do
from idesluss.ideas.usecases.register import register_number
from idesluss.ideas.usecases.step import step
from idesluss.ideas.usecases.worked import NextDatePassed, today, worked
from idesluss.ideas.vocab import NEED_LENGTH, TITLE_LENGTH, IdeaKind
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.programmes.models import Step
from idesluss.records.usecases import note


class Goes(StrEnum):
    """What becomes of one message, finding or file."""

    COPY = "copy"  # both cases have it
    MOVE = "move"  # only the new one has it


class NotInTheCase(Refusal):
    """A thing that the case does not hold, or holds no more."""

    sentence = gettext_noop(
        "Something that you chose is not in the case any more. Look at what is left and choose "
        "again."
    )


@dataclass(frozen=True, slots=True)
class NewPart:
    """What goes into the new case. Things are given by number, with what becomes of them."""

    title: str
    need: str
    next_on: date
    kind: IdeaKind = IdeaKind.IDEA
    by_the_workplace: bool = False  # just done, without the model
    messages: Mapping[int, Goes] = field(default_factory=dict)
    findings: Mapping[int, Goes] = field(default_factory=dict)
    files: Mapping[uuid.UUID, Goes] = field(default_factory=dict)


@transaction.atomic
def split(idea_id: int, part: NewPart, *, by: Person, at: datetime) -> Idea:
    """Make a new case of a part of a live one and return it, in the first step of its edition.

    Those who hand in the one hand in the other, and those who follow it follow both. The giver
    has waited since the first was handed in, so what was promised then holds for the new one too.
    Notes ``ideas.split`` about the one, ``ideas.split_off`` about the new one.

    Raises:
        NotAllowed, Disqualified, NotAtWork: as ``worked``.
        Missing, TooLong, NextDatePassed: with the field.
        NotInTheCase: a message, finding or file that is not there.
    """
    idea = worked(idea_id, by=by, at=at)
    title, need = " ".join(part.title.split()), part.need.strip()
    for name, text, limit in (("title", title, TITLE_LENGTH), ("need", need, NEED_LENGTH)):
        require(bool(text), Missing(field=name))
        require(len(text) <= limit, TooLong(field=name, limit=limit))
    require(part.next_on >= today(idea, at), NextDatePassed)
    new = _new_case(idea, part, title=title, need=need, at=at)
    _same_people(idea, new, at=at)
    Passage.objects.create(idea=new, step_id=new.at_step_id or 0, entered_at=at, by=by)
    step(new, Stage.RECEIVED, by=by, at=at)
    _take_along(idea, new, part)
    told: dict[str, Any] = {"title": idea.title, "register_number": idea.register_number}
    born: dict[str, Any] = {
        "new": new.pk,
        "new_title": new.title,
        "new_number": new.register_number,
    }
    note("ideas.split", about=idea, by=by, at=at, **told, **born)
    note("ideas.split_off", about=new, by=by, at=at, idea=idea.pk, **told)
    if part.by_the_workplace:
        just_do(new.pk, next_on=part.next_on, by=by, at=at)
        new.refresh_from_db()
    return new


def _new_case(idea: Idea, part: NewPart, *, title: str, need: str, at: datetime) -> Idea:
    first = Step.objects.filter(edition=idea.edition_id, stage=Stage.RECEIVED.value).first()
    return Idea.objects.create(
        programme=idea.programme,
        unit=idea.unit,
        title=title,
        need=need,
        kind=part.kind.value,
        for_whom=idea.for_whom,
        language=idea.language,
        challenge=idea.challenge,
        door=idea.door,
        channel=idea.channel,
        entered_by=idea.entered_by,
        on_behalf_of=idea.on_behalf_of,
        visibility=idea.visibility,
        name_shown=idea.name_shown,
        edition=idea.edition,
        at_step=first or idea.at_step,
        responsible=idea.responsible,
        contact=idea.contact,
        next_on=part.next_on,
        first_by=idea.first_by,
        first_at=idea.first_at,
        answer_by=idea.answer_by,
        received_at=idea.received_at,
        created_at=at,
        stage_at=at,
        register_number=register_number(idea.programme.organisation, at=at, series="S"),
        split_from=idea,
        invented=idea.invented,
    )


def _same_people(idea: Idea, new: Idea, *, at: datetime) -> None:
    own = Involvement.objects.filter(idea=idea, part__in=OWN, ended_at=None).order_by("id")
    Involvement.objects.bulk_create(
        Involvement(idea=new, person_id=it.person_id, part=it.part, since=at) for it in own
    )
    follows = Follow.objects.filter(idea=idea)
    Follow.objects.bulk_create(Follow(idea=new, person_id=it.person_id, at=at) for it in follows)


def _take_along(idea: Idea, new: Idea, part: NewPart) -> None:
    """Move or copy what was chosen; a copy bears who said it, and when."""
    messages = Message.objects.filter(idea=idea, removed_at=None).in_bulk(list(part.messages))
    findings = Finding.objects.filter(idea=idea, removed_at=None).in_bulk(list(part.findings))
    files = Attachment.objects.filter(idea=idea, removed_at=None).in_bulk(list(part.files))
    there = len(messages) + len(findings) + len(files)
    require(there == len(part.messages) + len(part.findings) + len(part.files), NotInTheCase)
    for number, goes in part.messages.items():
        _goes(messages[number], new, goes)
    for number, goes in part.findings.items():
        _goes(findings[number], new, goes)
    for key, goes in part.files.items():
        if goes is Goes.COPY:
            _copy_file(files[key], new)
        else:
            Attachment.objects.filter(pk=key).update(idea=new)


def _goes(thing: Message | Finding, new: Idea, goes: Goes) -> None:
    if goes is Goes.MOVE:
        type(thing).objects.filter(pk=thing.pk).update(idea=new)
        return
    fields = {it.attname: getattr(thing, it.attname) for it in thing._meta.concrete_fields}
    type(thing).objects.create(**fields | {"id": None, "idea_id": new.pk})


def _copy_file(kept: Attachment, new: Idea) -> None:
    """Another row with a file of its own, so that taking one away leaves the other."""
    copy = Attachment(
        id=uuid.uuid4(),
        idea=new,
        name=kept.name,
        content_type=kept.content_type,
        size=kept.size,
        sha256=kept.sha256,
        added_by_id=kept.added_by_id,
        added_at=kept.added_at,
    )
    with kept.file.open("rb") as content:
        copy.file.save(str(copy.pk), File(content), save=False)
    copy.save(force_insert=True)
