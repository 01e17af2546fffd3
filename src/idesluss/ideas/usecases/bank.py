"""The need bank: which need an idea is for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.ideas.models import LIVE, Idea
from idesluss.ideas.rules import has_own_part, may_work
from idesluss.ideas.usecases.write import NotChoosable
from idesluss.ideas.vocab import IdeaKind
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import NotAllowed, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


@transaction.atomic
def link_to_need(idea_id: int, need_id: int, *, by: Person, at: datetime) -> Idea:
    """Say that a case is an idea for a need of the same sluice. Notes ``ideas.linked``.

    Linked so already: nothing changes.

    Raises:
        NotAllowed: ``by`` neither works with the case nor hands it in while it goes on.
        NotChoosable: it is no need that ``by`` may read, or is itself an idea for this one.
    """
    idea = _held(idea_id, by=by, at=at)
    needs = Idea.objects.shown_to(by, at=at).filter(
        programme=idea.programme_id, kind=IdeaKind.NEED.value
    )
    need = needs.exclude(stage=Stage.DRAFT.value).exclude(pk=idea.pk).filter(pk=need_id).first()
    if need is None or need.answers_to_id == idea.pk:
        raise NotChoosable(field="need")
    if idea.answers_to_id != need.pk:
        before = idea.answers_to_id
        idea.answers_to = need
        idea.save(update_fields=["answers_to"])
        note("ideas.linked", about=idea, by=by, at=at, need=need.pk, title=need.title, was=before)
    return idea


@transaction.atomic
def unlink(idea_id: int, *, by: Person, at: datetime) -> Idea:
    """Say that a case is for no certain need. Notes ``ideas.unlinked``, if it was for one.

    Raises:
        NotAllowed: as ``link_to_need``.
    """
    idea = _held(idea_id, by=by, at=at)
    if idea.answers_to_id:
        was = idea.answers_to_id
        idea.answers_to = None
        idea.save(update_fields=["answers_to"])
        note("ideas.unlinked", about=idea, by=by, at=at, need=was)
    return idea


def _held(idea_id: int, *, by: Person, at: datetime) -> Idea:
    found = Idea.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    idea = found.get(pk=idea_id)
    gives = idea.stage in LIVE and has_own_part(by, idea)
    require(idea.edition_id is not None and (gives or may_work(by, idea, at=at)), NotAllowed)
    return idea
