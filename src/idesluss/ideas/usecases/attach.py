"""Files of a case: attached, taken away, and put back."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import BinaryIO

from django.core.files import File

from idesluss.ideas.models import Attachment, Idea
from idesluss.ideas.vocab import MOST_FILES
from idesluss.logic import files
from idesluss.logic.refusals import Refusal, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note


class TooManyFiles(Refusal):
    """No room for another one. Needs ``limit``."""

    sentence = gettext_noop(
        "There is room for %(limit)s files. Remove one, or put several into one document."
    )
    field = "file"


def attach(
    idea: Idea,
    *,
    name: str,
    content: BinaryIO,
    size: int,
    most: int = MOST_FILES,
    by: Person,
    at: datetime,
) -> Attachment:
    """Keep a file with a locked idea and note ``ideas.attached``. For use cases only.

    What is in ``content`` (seekable, ``size`` bytes) is looked at, not what it is called. It is
    stored under a number of its own, so that no name becomes a path. The same file under the
    same name a second time is the first one. ``most`` files have room in the case.

    Raises:
        BadFile: or the subclass that says why this file cannot be attached.
        TooManyFiles: the case is full.
    """
    shown = files.safe_name(name)
    kind = files.inspect(name, content, size)
    digest = hashlib.sha256(content.read()).hexdigest()
    kept = idea.attachments.filter(removed_at=None)
    if same := kept.filter(sha256=digest, name=shown).first():
        return same
    require(kept.count() < most, TooManyFiles(limit=most))
    attachment = Attachment(
        id=uuid.uuid4(),
        idea=idea,
        name=shown,
        content_type=kind.media_type,
        size=size,
        sha256=digest,
        added_by=by,
        added_at=at,
    )
    content.seek(0)
    attachment.file.save(str(attachment.pk), File(content), save=False)
    attachment.save(force_insert=True)
    _note("ideas.attached", attachment, by=by, at=at)
    return attachment


def detach(attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Take a file away from its locked idea; it can be put back. Notes ``ideas.detached``.

    For use cases only. A file that is away already stays so, and nothing is noted.
    """
    if attachment.removed_at is None:
        attachment.removed_at = at
        attachment.save(update_fields=["removed_at"])
        _note("ideas.detached", attachment, by=by, at=at)


def put_back(attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Put a file that was taken away back to its locked idea. Notes ``ideas.put_back``.

    For use cases only.

    Raises:
        TooManyFiles: its room has been taken meanwhile.
    """
    if attachment.removed_at is None:
        return
    kept = Attachment.objects.filter(idea=attachment.idea_id, removed_at=None).count()
    require(kept < MOST_FILES, TooManyFiles(limit=MOST_FILES))
    attachment.removed_at = None
    attachment.save(update_fields=["removed_at"])
    _note("ideas.put_back", attachment, by=by, at=at)


def _note(verb: str, attachment: Attachment, *, by: Person, at: datetime) -> None:
    note(
        verb,
        about=attachment.idea,
        by=by,
        at=at,
        attachment=str(attachment.pk),
        name=attachment.name,
        sha256=attachment.sha256,
    )
