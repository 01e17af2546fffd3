"""Who may do what in which stage: every kind of person, every stage, every verb."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from idesluss.assessment.models import Assessment
from idesluss.assessment.rules import may_assess, may_assign, may_reopen
from idesluss.funding.models import Application
from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.rules import may_check, may_decide_conflict, may_declare
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.lifecycle import Stage
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    AssessmentFactory,
    OrganisationFactory,
    PersonFactory,
    RoundFactory,
    SeatFactory,
    declare,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db

ALL = frozenset(Stage)
HANDED_IN = ALL - {Stage.DRAFT}
DECIDERS = HANDED_IN - {Stage.RECEIVED, Stage.EXPLORING, Stage.REDIRECTED}
ASSESSABLE = frozenset({Stage.ASSESSING, Stage.DECIDING})

# Who → verb → the stages in which they may. What is not listed, nobody may.
MAY = {
    "nobody": {},
    "stranger": {},
    "employee": {},
    "manager": {},
    "coach of the case": {},
    "owner": {"see": ALL},
    "co-applicant": {"see": ALL},
    "former co-applicant": {},
    "assessor of other cases": {},
    "assessor, silent": {"be asked": HANDED_IN, "declare": HANDED_IN},
    "assessor, clear": {
        "see": HANDED_IN,
        "handle": HANDED_IN,
        "be asked": HANDED_IN,
        "declare": HANDED_IN,
        "assess": ASSESSABLE,
        "read own": HANDED_IN,
    },
    "assessor, locked": {
        "see": HANDED_IN,
        "handle": HANDED_IN,
        "be asked": HANDED_IN,
        "declare": HANDED_IN,
        "assess": ASSESSABLE,
        "read own": HANDED_IN,
        "read others": HANDED_IN,
    },
    "assessor, conflict": {"be asked": HANDED_IN, "declare": HANDED_IN},
    "assessor, suspected": {"be asked": HANDED_IN, "declare": HANDED_IN},
    "assessor, taken back": {},
    "assessor who applies": {"see": ALL},
    "member, silent": {"be asked": DECIDERS, "declare": DECIDERS},
    "member, clear": {
        "see": DECIDERS,
        "handle": DECIDERS,
        "be asked": DECIDERS,
        "declare": DECIDERS,
        "read others": DECIDERS,
    },
    "member, conflict": {"be asked": DECIDERS, "declare": DECIDERS},
    "registrar": {
        "see": HANDED_IN,
        "handle": HANDED_IN,
        "declare": HANDED_IN,
        "read others": HANDED_IN,
    },
    "administrator": {
        "see": HANDED_IN,
        "handle": HANDED_IN,
        "declare": HANDED_IN,
        "check": HANDED_IN,
        "decide conflict": HANDED_IN,
        "assign": ALL,  # cases of the round that are open to them
        "reopen": ASSESSABLE,
        "read others": HANDED_IN,
    },
    "administrator, suspected": {
        "see": HANDED_IN,
        "handle": HANDED_IN,
        "declare": HANDED_IN,
        "check": HANDED_IN,
        "decide conflict": HANDED_IN,
        "assign": ALL,
        "reopen": ASSESSABLE,
        "read others": HANDED_IN,
    },
    "administrator, conflict": {"declare": HANDED_IN, "assign": ALL},
    "administrator who applies": {"see": ALL, "assign": ALL},
    "administrator elsewhere": {},
    "assessor elsewhere": {},
    "member elsewhere": {},
}
VERBS = {
    "see": lambda it, who: (
        seen(Idea.objects.visible_to(who, at=NOON), it.idea)
        and seen(Application.objects.visible_to(who, at=NOON), it.application)
    ),
    "handle": lambda it, who: (
        seen(Idea.objects.handled_by(who, at=NOON), it.idea)
        and seen(Application.objects.handled_by(who, at=NOON), it.application)
    ),
    "be asked": lambda it, who: seen(Idea.objects.declarable_by(who, at=NOON), it.idea),
    "declare": lambda it, who: may_declare(who, it.idea, at=NOON),
    "check": lambda it, who: may_check(who, it.idea, at=NOON),
    "decide conflict": lambda it, who: may_decide_conflict(
        who, it.judge.assessor, it.idea, at=NOON
    ),
    "assign": lambda it, who: may_assign(who, it.round, at=NOON),
    "assess": lambda it, who: may_assess(who, own(it, who), at=NOON),
    "reopen": lambda it, who: may_reopen(who, it.judge, at=NOON),
    "read own": lambda it, who: seen(Assessment.objects.visible_to(who, at=NOON), own(it, who)),
    "read others": lambda it, who: seen(Assessment.objects.visible_to(who, at=NOON), it.judge),
}


def seen(rows, thing):
    return rows.filter(pk=thing.pk).exists()


def own(it, who):
    return Assessment.objects.filter(assessor=who.pk, idea=it.idea).first() or Assessment(
        assessor_id=0, idea=it.idea, round=it.round
    )


def in_words(who):
    return f"as {who}"


@pytest.fixture(params=[stage.value for stage in Stage])
def it(request):
    """A case at each stage; somebody else has judged it and locked."""
    round = RoundFactory()
    application = ApplicationFactory(round=round, stage="assessing")
    judge = AssessmentFactory(idea=application.idea, round=round, locked_at=NOON)
    Idea.objects.filter(pk=application.idea_id).update(stage=request.param)
    application.idea.refresh_from_db()
    return SimpleNamespace(
        round=round,
        application=application,
        idea=application.idea,
        judge=judge,
        here=round.programme.organisation,
        stage=Stage(request.param),
    )


def person(it, who):
    """Somebody of the kind ``who`` towards the case."""
    if who in MAKERS:
        return MAKERS[who](it)
    role, _, state = who.partition(", ")
    return declared(it, person_as(Role(role), it.here), state)


def with_part(it, role, part):
    somebody = person_as(role, it.here)
    involve(it.idea, somebody, part)
    return somebody


def assessor(it, state):
    somebody = with_part(it, Role.ASSESSOR, Part.ASSESSOR)
    locked_at = NOON if state == "locked" else None
    AssessmentFactory(
        idea=it.idea, round=it.round, assessor=somebody, involved=False, locked_at=locked_at
    )
    if state == "taken back":
        Involvement.objects.filter(person=somebody).update(ended_at=NOON)
    return declared(it, somebody, state)


def declared(it, somebody, state="silent"):
    states = {
        "clear": ConflictState.CLEAR,
        "locked": ConflictState.CLEAR,
        "taken back": ConflictState.CLEAR,
        "conflict": ConflictState.DECLARED,
        "suspected": ConflictState.SUSPECTED,
    }
    if state in states:
        declare(it.idea, somebody, states[state])
    return somebody


def former(it):
    somebody = with_part(it, Role.EMPLOYEE, Part.CO_APPLICANT)
    Involvement.objects.filter(person=somebody).update(ended_at=NOON)
    return somebody


def assessor_who_applies(it):
    somebody = assessor(it, "clear")
    involve(it.idea, somebody, Part.CO_APPLICANT)
    return somebody


def member(it, state):
    return declared(it, SeatFactory(body=it.round.programme.body).person, state)


MAKERS = {
    "nobody": lambda it: AnonymousUser(),
    "stranger": lambda it: PersonFactory(),
    "coach of the case": lambda it: with_part(it, Role.COACH, Part.COACH),
    "owner": lambda it: with_part(it, Role.EMPLOYEE, Part.OWNER),
    "co-applicant": lambda it: with_part(it, Role.EMPLOYEE, Part.CO_APPLICANT),
    "former co-applicant": former,
    "assessor of other cases": lambda it: person_as(Role.ASSESSOR, it.here),
    "assessor, silent": lambda it: assessor(it, "silent"),
    "assessor, clear": lambda it: assessor(it, "clear"),
    "assessor, locked": lambda it: assessor(it, "locked"),
    "assessor, conflict": lambda it: assessor(it, "conflict"),
    "assessor, suspected": lambda it: assessor(it, "suspected"),
    "assessor, taken back": lambda it: assessor(it, "taken back"),
    "assessor who applies": assessor_who_applies,
    "member, silent": lambda it: member(it, "silent"),
    "member, clear": lambda it: member(it, "clear"),
    "member, conflict": lambda it: member(it, "conflict"),
    "administrator who applies": lambda it: with_part(it, Role.ADMINISTRATOR, Part.OWNER),
    "administrator elsewhere": lambda it: person_as(Role.ADMINISTRATOR, OrganisationFactory()),
    "assessor elsewhere": lambda it: person_as(Role.ASSESSOR, OrganisationFactory()),
    "member elsewhere": lambda it: SeatFactory().person,
}  # the others are those who hold the role of that name


@pytest.mark.parametrize("who", MAY, ids=in_words)
def test_who_may_do_what_in_which_stage(it, who):
    somebody = person(it, who)
    asked = VERBS
    if who == "nobody":  # has no number: rules are asked about people only
        asked = {verb: VERBS[verb] for verb in ("see", "handle", "be asked", "read others")}

    found = {verb for verb, may in asked.items() if may(it, somebody)}

    assert found == {verb for verb, stages in MAY[who].items() if it.stage in stages}
