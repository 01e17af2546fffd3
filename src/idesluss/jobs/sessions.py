"""Throw away sessions that have ended."""

from datetime import datetime

from django.contrib.sessions.models import Session


def clear_sessions(at: datetime) -> int:
    """Delete the sessions that ended before ``at``; returns how many."""
    deleted, _ = Session.objects.filter(expire_date__lt=at).delete()
    return deleted
