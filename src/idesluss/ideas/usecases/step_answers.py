"""Answer what a step asks: the giver or those who handle the case, one answer to a question."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from idesluss.ideas.models import LIVE, Idea, StepAnswer
from idesluss.ideas.rules import has_own_part, is_shut, may_work
from idesluss.ideas.usecases.moving import NotOfThisModel
from idesluss.ideas.usecases.worked import NotAtWork
from idesluss.logic.refusals import ChangedMeanwhile, Disqualified, TooLong, require
from idesluss.people.models import Person
from idesluss.programmes.models import StepQuestion
from idesluss.records.usecases import note

STEP_ANSWER_LENGTH = 4000


@transaction.atomic
def answer_question(
    idea_id: int, question_id: int, text: str, *, seen: int, by: Person, at: datetime
) -> StepAnswer:
    """Answer a question of the case's model, or answer it anew; an empty text takes it back.

    ``seen`` is the version of the answer that was on the page, 0 when there was none. Notes
    ``ideas.question_answered``, if anything changes, with the text that stood there before.

    Raises:
        NotAllowed: ``by`` neither hands it in nor works with it.
        Disqualified: the case is shut for ``by``, who does not hand it in.
        NotAtWork: it has ended.
        NotOfThisModel: the question belongs to another edition than the case.
        TooLong: the text.
        ChangedMeanwhile: somebody else has answered since.
    """
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea_id)
    gives = has_own_part(by, idea)
    require(gives or not is_shut(by, idea), Disqualified)
    require(idea.edition_id is not None and (gives or may_work(by, idea, at=at)))
    require(idea.stage in LIVE, NotAtWork)
    question = StepQuestion.objects.filter(pk=question_id, step__edition=idea.edition_id).first()
    if question is None:
        raise NotOfThisModel
    text = text.strip()
    require(len(text) <= STEP_ANSWER_LENGTH, TooLong(field="text", limit=STEP_ANSWER_LENGTH))
    known = StepAnswer.objects.filter(idea=idea, question=question).first()
    answer = known or StepAnswer(idea=idea, question=question)
    if answer.text == text:
        return answer
    require(seen == answer.version, ChangedMeanwhile)
    before = answer.text
    answer.text, answer.by, answer.at = text, by, at
    answer.version += 1
    answer.save()
    note(
        "ideas.question_answered",
        about=idea,
        by=by,
        at=at,
        question=question.text,
        before=before,
        text=text,
    )
    return answer
