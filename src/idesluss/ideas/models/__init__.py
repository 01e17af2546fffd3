"""Ideas: what somebody handed in, who has a part in the case, and for whom it is shut."""

from idesluss.ideas.models.access import (
    DECIDERS_SEE,
    declared,
    endorsing,
    handled,
    has_part,
    involved,
    opened_to,
    own,
)
from idesluss.ideas.models.arriving import Arrival, FollowUpCode, Masking
from idesluss.ideas.models.cases import LIVE, Idea
from idesluss.ideas.models.challenges import Challenge, Match, Poster
from idesluss.ideas.models.contents import Answer, Attachment, Completion
from idesluss.ideas.models.exploring import Finding, Passage, StepAnswer
from idesluss.ideas.models.likeness import APART_LENGTH, VERY, Alike, Together
from idesluss.ideas.models.parts import OPEN, OWN, SHUT, Declaration, Involvement
from idesluss.ideas.models.talk import Coach, Follow, Message, Rating, Support, Talk
from idesluss.ideas.models.terms import TermRow
from idesluss.ideas.models.translating import Translation, TranslationService

__all__ = [
    "APART_LENGTH",
    "DECIDERS_SEE",
    "LIVE",
    "OPEN",
    "OWN",
    "SHUT",
    "VERY",
    "Alike",
    "Answer",
    "Arrival",
    "Attachment",
    "Challenge",
    "Coach",
    "Completion",
    "Declaration",
    "Finding",
    "Follow",
    "FollowUpCode",
    "Idea",
    "Involvement",
    "Masking",
    "Match",
    "Message",
    "Passage",
    "Poster",
    "Rating",
    "StepAnswer",
    "Support",
    "Talk",
    "TermRow",
    "Together",
    "Translation",
    "TranslationService",
    "declared",
    "endorsing",
    "handled",
    "has_part",
    "involved",
    "opened_to",
    "own",
]
