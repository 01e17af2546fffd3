"""Drafts that were thrown away are forgotten after a while; a draft is no public record."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef

from idesluss.funding.models import Application
from idesluss.funding.usecases.held import held
from idesluss.funding.vocab import DAYS_THROWN_DRAFTS_ARE_KEPT
from idesluss.ideas.models import OWN, Attachment, Involvement
from idesluss.logic.lifecycle import Stage
from idesluss.records.usecases import note


def forget_discarded(*, at: datetime) -> int:
    """Delete for good what was thrown away long enough ago, files too; return how many drafts.

    Each in a transaction of its own. Notes ``funding.forgotten``: that there was one, not what
    it said. For the clock.
    """
    long_ago = at - timedelta(days=DAYS_THROWN_DRAFTS_ARE_KEPT)
    own = Involvement.objects.filter(idea=OuterRef("idea"), part__in=OWN)
    thrown = Application.objects.filter(
        ~Exists(own.filter(ended_at=None)),
        ~Exists(own.filter(ended_at__gt=long_ago)),
        Exists(own),
        idea__stage=Stage.DRAFT.value,
    )
    return sum(_forget(number, at=at) for number in thrown.values_list("pk", flat=True))


@transaction.atomic
def _forget(application_id: int, *, at: datetime) -> bool:
    application = held(application_id)
    idea = application.idea
    if idea.involvements.filter(part__in=OWN, ended_at=None).exists():
        return False  # taken back in the meantime
    note("funding.forgotten", about=application, by=None, at=at)
    files = [it.file for it in idea.attachments.all() if not _is_elsewhere(it)]
    application.delete()
    idea.answers.all().delete()
    idea.attachments.all().delete()
    idea.involvements.all().delete()
    idea.delete()
    for file in files:
        transaction.on_commit(partial(file.delete, save=False))
    return True


def _is_elsewhere(attachment: Attachment) -> bool:
    """Whether another case holds the same stored file, as what grew from a sluice's case does."""
    same = Attachment.objects.filter(file=attachment.file.name)
    return same.exclude(idea=attachment.idea_id).exists()
