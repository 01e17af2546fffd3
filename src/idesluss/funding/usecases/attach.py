"""Files of an application."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from idesluss.funding.usecases.held import held_for_writing
from idesluss.ideas.models import Attachment
from idesluss.ideas.usecases.attach import attach as keep
from idesluss.ideas.usecases.attach import detach as take_away
from idesluss.ideas.usecases.attach import put_back as bring_back
from idesluss.people.models import Person


@transaction.atomic
def attach(
    application_id: int, *, name: str, content: BinaryIO, size: int, by: Person, at: datetime
) -> Attachment:
    """Attach a file of ``size`` bytes; ``content`` is seekable. Notes ``ideas.attached``.

    Raises:
        NotAllowed, NoLongerChangeable: as for everything that is written.
        BadFile: or the subclass that says why this file cannot be attached.
        TooManyFiles: the case is full.
    """
    application = held_for_writing(application_id, by=by, at=at)
    return keep(application.idea, name=name, content=content, size=size, by=by, at=at)


@transaction.atomic
def detach(application_id: int, *, attachment_id: UUID, by: Person, at: datetime) -> Attachment:
    """Take a file away; ``put_back`` undoes it. Notes ``ideas.detached``.

    Raises:
        NotAllowed, NoLongerChangeable: as for everything that is written.
        Attachment.DoesNotExist: the application has no such file.
    """
    application = held_for_writing(application_id, by=by, at=at)
    attachment = application.idea.attachments.get(pk=attachment_id)
    take_away(attachment, by=by, at=at)
    return attachment


@transaction.atomic
def put_back(application_id: int, *, attachment_id: UUID, by: Person, at: datetime) -> Attachment:
    """Put a file back that was taken away. Notes ``ideas.put_back``.

    Raises:
        NotAllowed, NoLongerChangeable: as for everything that is written.
        Attachment.DoesNotExist: the application has no such file.
        TooManyFiles: its room has been taken meanwhile.
    """
    application = held_for_writing(application_id, by=by, at=at)
    attachment = application.idea.attachments.get(pk=attachment_id)
    bring_back(attachment, by=by, at=at)
    return attachment
