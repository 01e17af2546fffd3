"""Names of files in a blind round: they often say who applies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from idesluss.assessment.rules import sees_applicant
from idesluss.ideas.models import Attachment
from idesluss.programmes.models import Round


def number_if_blind(attachment: Attachment, person: Any, *, at: datetime) -> int | None:
    """The number under which ``person`` knows a file whose name is hidden; None when it is shown.

    It is the one of ``funding.reads.contents``: the place among the files of the case that are
    not taken away, in the order in which they were added.
    """
    idea = attachment.idea
    blind = Round.objects.filter(applications__idea=idea, blind=True).select_related("programme")
    if all(sees_applicant(person, idea, round, at=at) for round in blind):
        return None
    kept = idea.attachments.filter(removed_at=None).order_by("added_at", "name")
    return list(kept.values_list("pk", flat=True)).index(attachment.pk) + 1
