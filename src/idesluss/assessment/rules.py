"""Who may do what with assessments, and who sees the applicant in a blind round."""

from __future__ import annotations

from datetime import datetime

from idesluss.assessment.models import Assessment
from idesluss.ideas.models import Idea
from idesluss.ideas.rules import may_check
from idesluss.ideas.vocab import Part
from idesluss.logic.lifecycle import Stage
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round

ASSIGNABLE = (Stage.RECEIVED, Stage.EXPLORING, Stage.ASSESSING)
"""Stages in which assessors are given a case."""
ASSESSABLE = (Stage.ASSESSING, Stage.DECIDING)
"""Stages in which a case is assessed: until its decision is released."""


def may_assign(person: Person, round: Round, *, at: datetime) -> bool:
    """Whether ``person`` gives the cases of ``round`` to assessors."""
    return person.has_role(round.organisation_id, Role.ADMINISTRATOR, at=at)


def has_case(person: Person, idea: Idea) -> bool:
    """Whether ``person`` is an assessor of ``idea`` now; reads what is loaded of its parts."""
    return any(
        one.person_id == person.pk and one.part == Part.ASSESSOR.value and one.ended_at is None
        for one in idea.involvements.all()
    )


def works_on(person: Person, assessment: Assessment) -> bool:
    """Whether ``person`` works on ``assessment`` once its case is known to be open to them."""
    idea = assessment.idea
    return (
        assessment.assessor_id == person.pk and idea.stage in ASSESSABLE and has_case(person, idea)
    )


def may_assess(person: Person, assessment: Assessment, *, at: datetime) -> bool:
    """Whether ``person`` works on ``assessment``: their own, of a case that is open to them."""
    open_cases = Idea.objects.handled_by(person, at=at)
    return works_on(person, assessment) and open_cases.filter(pk=assessment.idea_id).exists()


def may_reopen(person: Person, assessment: Assessment, *, at: datetime) -> bool:
    """Whether ``person`` opens a locked assessment again: an administrator of the case."""
    return assessment.idea.stage in ASSESSABLE and may_check(person, assessment.idea, at=at)


def sees_applicant(person: Person, idea: Idea, round: Round, *, at: datetime) -> bool:
    """Whether ``person`` may know who applies; in a blind round its assessors may not.

    Fund administrators and registrars know it anyway, and keep it also where they assess.
    """
    offices = (Role.ADMINISTRATOR, Role.REGISTRAR)
    return (
        not round.blind
        or person.has_role(round.organisation_id, *offices, at=at)
        or not has_case(person, idea)
    )
