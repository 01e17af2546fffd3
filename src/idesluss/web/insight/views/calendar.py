"""One's deadlines as a calendar (RFC 5545) that other programs subscribe to.

The key in the address is the proof: a calendar program cannot sign in. So the file says as little
as it can. Cases are named by register number, never by title, since calendars lie with others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from idesluss.insight.acts import SHORT, Act
from idesluss.insight.reads.item import Item
from idesluss.insight.reads.work import work_of
from idesluss.people.models import Person
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.request import Request
from idesluss.web.insight.views.work import address

FETCHED_EVERY = timedelta(hours=3)
LIMITS = {
    "fetched": "60/h/key",  # several programs of one person, each a few times an hour
    "guessed": "60/h/ip",
}
LATER = {"Retry-After": "3600"}
MEETINGS = (Act.PREPARE, Act.READ, Act.RELEASE)


@access(PUBLIC)
@require_safe
def feed(request: Request, key: str) -> HttpResponse:
    """The calendar of whoever has that key; 404 for any other key, 429 for too many tries."""
    person = Person.objects.filter(calendar_key=key, is_active=True).first()
    if person is None:
        if is_patient(request, "guessed", key):
            raise Http404
        return HttpResponse(status=429, headers=LATER)
    if not is_patient(request, "fetched", key):
        return HttpResponse(status=429, headers=LATER)
    with translation.override(person.language or translation.get_language()):
        content = calendar_of(work_of(person, at=request.at), at=request.at)
    etag = quote_etag(sha256(content).hexdigest()[:32])
    fresh = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    fresh["ETag"] = etag
    fresh["Cache-Control"] = "private, no-cache"
    fresh["Content-Disposition"] = 'inline; filename="idesluss.ics"'
    return get_conditional_response(request, etag=etag, response=fresh) or fresh


def is_patient(request: Request, action: str, key: str) -> bool:
    """Count this request; whether there have not been too many of them."""
    counted = consume(
        request, app="calendar", action=action, config=LIMITS, key=key, limit_get=True
    )
    return counted is not None


def calendar_of(items: Iterable[Item], *, at: datetime) -> bytes:
    """The dated ones of ``items`` as a calendar, in the active language; the same for the same."""
    calendar = Calendar()
    calendar.add("prodid", "-//Idesluss//Idesluss//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Idésluss")
    calendar.add("refresh-interval", FETCHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", FETCHED_EVERY)
    for item in items:
        if item.due is not None:
            calendar.add_component(event(item, item.due, at=at))
    return bytes(calendar.to_ical())


def event(item: Item, due: date, *, at: datetime) -> Event:
    """What is due on ``due``: a meeting at its time, anything else as a whole day."""
    entry = Event()
    host = settings.MAIL_FROM.rpartition("@")[2]
    entry.add("uid", f"{item.place.slug}-{item.thing}-{item.act.value}@{host}")
    entry.add("dtstamp", item.since or at.replace(hour=0, minute=0, second=0, microsecond=0))
    if item.moment is not None and item.act in MEETINGS:
        entry.add("dtstart", item.moment)
    else:
        entry.add("dtstart", due)
        entry.add("dtend", due + timedelta(days=1))
    entry.add("summary", summary(item))
    entry.add("url", settings.URL + address(item))
    entry.add("description", f"{item.place.name}\n{settings.URL}{address(item)}")
    entry.add("transp", "TRANSPARENT")
    return entry


def summary(item: Item) -> str:
    """What it is about, without the title of any case."""
    what = str(SHORT[item.act])
    words = {"what": what, "number": item.number, "round": item.round}
    if item.number:
        return gettext("Application %(number)s: %(what)s") % words
    return gettext("%(round)s: %(what)s") % words if item.round else capfirst(what)
