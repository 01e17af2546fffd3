"""“That is mine too”: whoever writes at a door stands behind a case that there is already."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from idesluss.ideas.models import Idea, Support
from idesluss.ideas.usecases.codes import give_code
from idesluss.ideas.usecases.supporting import support, support_as_stranger
from idesluss.ideas.usecases.taking import Sent, guest_of, secret_of


def join_in(idea_id: int, reason: str, sent: Sent, *, language: str, at: datetime) -> Support:
    """Say “me too” to a case instead of handing in the form ``sent``; sent twice it is one.

    Somebody without an account becomes a guest, who has the code ``code_of(sent.token)``.

    Raises:
        AlreadyDone: that form was sent long ago; perhaps somebody else sits there now.
        NotAllowed, NotAtWork, OwnCase, TooLong: as ``support``.
        TooManyAtOnce: as ``support_as_stranger``.
    """
    if sent.giver is not None:
        return support(idea_id, reason, by=sent.giver, at=at)
    known = guest_of(sent, at=at)
    if known is None:
        try:
            return _as_stranger(idea_id, reason, sent, language=language, at=at)
        except IntegrityError:  # the same form, sent at the same moment, was faster
            known = guest_of(sent, at=at)
            if known is None:
                raise
    return support(idea_id, reason, by=known, at=at)


@transaction.atomic
def _as_stranger(idea_id: int, reason: str, sent: Sent, *, language: str, at: datetime) -> Support:
    made = support_as_stranger(idea_id, reason, sent.guest, language=language, at=at)
    there = Idea.objects.select_related("programme").get(pk=idea_id).organisation_id
    secret = secret_of(sent.token)
    give_code(made.person, by=made.person, at=at, organisation_id=there, secret=secret)
    return made
