"""The giver says what they thought of how the case was answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from idesluss.ideas.models import Idea, Rating
from idesluss.ideas.rules import may_rate
from idesluss.logic.refusals import NotInTime, Refusal, TooLong, gettext_noop, require
from idesluss.people.models import Person
from idesluss.records.usecases import note

SCORES = range(1, 6)
WORDS_LENGTH = 1000
CHANGEABLE = timedelta(days=30)  # after the first rating


class NoSuchScore(Refusal):
    """A score outside the scale."""

    sentence = gettext_noop("Choose a number from 1 to 5.")
    field = "score"


class RatedLongAgo(NotInTime):
    """The rating can no longer be changed."""

    sentence = gettext_noop(
        "What you thought of the answer can be changed for thirty days, and they have passed."
    )


@transaction.atomic
def rate(idea_id: int, *, score: int, words: str = "", by: Person, at: datetime) -> Rating:
    """Keep what a giver thought of the answer: ``score`` 1 (badly) to 5 (very well), and why.

    A case is rated once; those who hand it in may change it for thirty days. Another answer,
    after the case was taken up again, is rated anew. Notes ``ideas.rated``.

    Raises:
        NotAllowed: ``by`` does not hand it in, or it is not answered.
        NoSuchScore, TooLong: what is said.
        RatedLongAgo: it was rated more than thirty days ago.
    """
    idea = Idea.objects.select_for_update(of=("self",)).select_related("programme").get(pk=idea_id)
    require(may_rate(by, idea))
    require(score in SCORES, NoSuchScore)
    words = words.strip()
    require(len(words) <= WORDS_LENGTH, TooLong(field="words", limit=WORDS_LENGTH))
    rating = Rating.objects.filter(idea=idea).first()
    if rating is None or (idea.answered_at and rating.at < idea.answered_at):
        rating = rating or Rating(idea=idea)
        rating.at = at
    require(at - rating.at < CHANGEABLE, RatedLongAgo)
    rating.person, rating.score, rating.words, rating.stage = by, score, words, idea.stage
    rating.save()
    note("ideas.rated", about=idea, by=by, at=at, score=score, words=words, stage=idea.stage)
    return rating
