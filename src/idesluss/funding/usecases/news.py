"""News of a round's results: saved as two people write it, published, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from idesluss.funding.models import News
from idesluss.funding.rules import may_celebrate
from idesluss.logic.merging import Clash, merge
from idesluss.logic.placeholders import left_in
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Missing,
    NotInTime,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)
from idesluss.people.models import Person
from idesluss.programmes.models import Round
from idesluss.records.usecases import note

LIMITS = {"title": 160, "text": 20_000}  # characters


class StillToFillIn(Refusal):
    """A quote that nobody has said. Needs ``what``, the first of the marked places."""

    sentence = gettext_noop(
        "“%(what)s” still stands in the text as something to be replaced. "
        "Write it, or remove it together with its brackets."
    )
    field = "text"


class NotPublicYet(NotInTime):
    """News before the results."""

    sentence = gettext_noop(
        "The results are not public yet. The news can be published when they are."
    )


@dataclass(frozen=True, slots=True)
class Saved:
    """The news as it lies there now, and the fields that two have changed to different things."""

    news: News
    clashes: Mapping[str, Clash] = field(default_factory=dict)


@transaction.atomic
def save_news(
    round_id: int,
    *,
    title: str,
    text: str,
    seen: Mapping[str, str],
    language: str,
    by: Person,
    at: datetime,
) -> Saved:
    """Save the fields that only ``by`` has changed; where two did, give both back, saving neither.

    ``seen`` holds fingerprints (``logic.merging``) of what ``by`` had before them: the saved
    news, or the proposal. ``language`` is that of the text. Notes ``funding.news_written``.

    Raises:
        NotAllowed: ``by`` does not administer the round.
        Missing, TooLong: about one of the fields.
        StillToFillIn: what is published already would show a place to fill in.
    """
    round = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    require(may_celebrate(by, round, at=at))
    wanted = {"title": " ".join(title.split()), "text": text.replace("\r\n", "\n").strip()}
    for name, limit in LIMITS.items():
        require(bool(wanted[name]), Missing(field=name))
        require(len(wanted[name]) <= limit, TooLong(field=name, limit=limit))
    news = News.objects.filter(round=round).first()
    if news is None:
        news = News(round=round, language=language, **wanted)
    else:
        merged = merge({"title": news.title, "text": news.text}, wanted, seen)
        if merged.clashes:
            return Saved(news, merged.clashes)
        if not merged.changes:
            return Saved(news)
        for name, value in merged.changes.items():
            setattr(news, name, value)
        if news.published_at is not None:
            _whole(news)
    news.version += 1
    news.changed_by, news.changed_at = by, at
    news.save()
    note("funding.news_written", about=news, by=by, at=at, title=news.title, text=news.text)
    return Saved(news)


@transaction.atomic
def publish_news(round_id: int, *, version: int, by: Person, at: datetime) -> None:
    """Show the news on the public page of the round, as it was previewed (``version``).

    Notes ``funding.news_published``.

    Raises:
        NotAllowed: ``by`` does not administer the round.
        Missing: nothing is saved.
        AlreadyDone: it is published.
        NotPublicYet: the results are not.
        ChangedMeanwhile: it is no longer what ``by`` looked at.
        StillToFillIn: a proposed place has not been replaced.
    """
    round, news = _held(round_id, by=by, at=at)
    require(news.published_at is None, AlreadyDone)
    require(round.results_at is not None and round.results_at <= at, NotPublicYet)
    require(news.version == version, ChangedMeanwhile)
    _whole(news)
    news.published_at = at
    news.save(update_fields=["published_at"])
    note("funding.news_published", about=news, by=by, at=at, title=news.title, text=news.text)


@transaction.atomic
def take_back_news(round_id: int, *, by: Person, at: datetime) -> None:
    """Show the news no longer; the text stays. Notes ``funding.news_taken_back``.

    Raises:
        NotAllowed: ``by`` does not administer the round.
        Missing: nothing is saved.
        AlreadyDone: it is not published.
    """
    _, news = _held(round_id, by=by, at=at)
    require(news.published_at is not None, AlreadyDone)
    news.published_at = None
    news.save(update_fields=["published_at"])
    note("funding.news_taken_back", about=news, by=by, at=at)


def _held(round_id: int, *, by: Person, at: datetime) -> tuple[Round, News]:
    """The round, locked, and its news, for somebody who may write it."""
    round = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    require(may_celebrate(by, round, at=at))
    news = News.objects.filter(round=round).first()
    if news is None:
        raise Missing
    return round, news


def _whole(news: News) -> None:
    """Nothing is left to fill in."""
    for text in (news.title, news.text):
        for what in left_in(text):
            raise StillToFillIn(what=what)
