"""Letters on their way: written once, claimed, sent, and settled when nobody knows.

A letter is never sent twice. The one moment that no program can see through is the handing over
itself: a process that dies in it leaves the letter ``sending``, which becomes ``uncertain`` and
is shown to the administrator, who decides.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from idesluss.records.models import Entry, Letter
from idesluss.records.vocab import LetterState

CLAIM = timedelta(minutes=5)  # a claimed letter that was not handed over is free again after this
HANDING_OVER = timedelta(minutes=10)  # no mail server keeps us waiting longer


def write_letter(
    *,
    kind: str,
    person_id: int | None,
    to: str,
    subject: str,
    text: str,
    language: str,
    at: datetime,
    entry: Entry | None = None,
    organisation_id: int | None = None,
    reply_to: str = "",
    link: str = "",
    words: str = "",
    calendar: str = "",
    state: LetterState = LetterState.QUEUED,
) -> Letter:
    """Put one letter in the queue; the same news to the same person is one letter.

    ``state``: queued goes out at once, held waits for the daily letter, unwanted is only kept.
    ``link`` is where it is answered, ``words`` what it says without greeting and signature: what
    the daily letter tells of it. ``calendar`` is an invitation (RFC 5545) that goes with it.

    Without an address a letter that should go out is kept as failed, so that somebody prints it.
    """
    if not to and state != LetterState.UNWANTED:
        state = LetterState.FAILED
    seed = f"{entry.pk}:{kind}:{person_id}" if entry else uuid4().hex
    letter, _ = Letter.objects.get_or_create(
        message_id=f"{sha256(seed.encode()).hexdigest()[:32]}.{entry.pk if entry else 0}",
        defaults={
            "entry": entry,
            "kind": kind,
            "person_id": person_id,
            "organisation_id": organisation_id or (entry.organisation_id if entry else None),
            "to": to,
            "subject": " ".join(subject.split())[:300],
            "text": text,
            "language": language,
            "created_at": at,
            "reply_to": reply_to,
            "link": link,
            "words": words,
            "calendar": calendar,
            "state": state.value,
            "last_error": "no address" if state == LetterState.FAILED else "",
        },
    )
    return letter


def claim(letter: Letter, at: datetime) -> bool:
    """Take a waiting letter for this process; False if another one has it."""
    waiting = Letter.objects.waiting(at).filter(pk=letter.pk)
    taken = waiting.update(next_try_at=at + CLAIM, attempts=F("attempts") + 1)
    letter.attempts += taken
    return bool(taken)


def hand_over(letter: Letter) -> None:
    """Say, in the database first, that the letter is being handed over from this moment."""
    changed = Letter.objects.filter(pk=letter.pk, state=LetterState.QUEUED)
    if not changed.update(state=LetterState.SENDING):
        raise RuntimeError("The letter was not waiting.")


def settle_sent(letter: Letter, at: datetime) -> None:
    """The mail server has taken the letter."""
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.SENT, sent_at=at, last_error="", next_try_at=None
    )


def settle_failed(letter: Letter, error: str, *, retry_at: datetime | None) -> None:
    """The mail server has not taken the letter: wait until ``retry_at``, or give up (None)."""
    state = LetterState.QUEUED if retry_at else LetterState.FAILED
    Letter.objects.filter(pk=letter.pk).update(
        state=state, next_try_at=retry_at, last_error=error[:1000]
    )


def find_uncertain(at: datetime) -> int:
    """Mark the letters whose handing over was cut off; returns how many."""
    stuck = Letter.objects.filter(
        state=LetterState.SENDING, next_try_at__lte=at - HANDING_OVER + CLAIM
    )
    return stuck.update(state=LetterState.UNCERTAIN)


@transaction.atomic
def send_again(letter_id: int) -> None:
    """Queue a failed or uncertain letter once more; nothing happens to any other."""
    Letter.objects.filter(
        pk=letter_id, state__in=[LetterState.FAILED, LetterState.UNCERTAIN]
    ).exclude(to="").update(state=LetterState.QUEUED, next_try_at=None, attempts=0)


@transaction.atomic
def mark_told(letter_id: int, *, at: datetime) -> None:
    """Somebody has seen that the letter arrived, or has told the person in another way."""
    Letter.objects.filter(
        pk=letter_id, state__in=[LetterState.FAILED, LetterState.UNCERTAIN]
    ).update(state=LetterState.SENT, sent_at=at)
