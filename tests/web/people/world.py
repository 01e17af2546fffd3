"""An organisation with one of everything that is set up, and another that must not be seen."""

from types import SimpleNamespace

from idesluss.ideas.models import TermRow
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    AppointmentFactory,
    BodyFactory,
    CriterionFactory,
    DoorFactory,
    EditionFactory,
    LevelFactory,
    MandateFactory,
    OrganisationFactory,
    PotFactory,
    ProgrammeFactory,
    QuestionFactory,
    RoundFactory,
    SeatFactory,
    UnitFactory,
    person_as,
)


def world(slug="slusstad"):
    """One of each thing, by the name of its page's number."""
    here = OrganisationFactory(slug=slug, name=slug.capitalize())
    boss = person_as(Role.ADMINISTRATOR, here, name=f"Bo Berg i {slug}")
    unit = UnitFactory(organisation=here, name=f"Vård i {slug}")
    role = AppointmentFactory(organisation=here, unit=unit, role=Role.COACH.value)
    body = BodyFactory(organisation=here, quorum=1, name=f"Gruppen i {slug}")
    fund = ProgrammeFactory(organisation=here, body=body, name=f"Anslaget i {slug}")
    mandate = MandateFactory(programme=fund)
    SeatFactory(body=mandate.body)
    called = f"Slussen i {slug}"
    opened = EditionFactory(
        programme__organisation=here, programme__name=called, programme__body=None
    )
    sluice = opened.programme
    door = DoorFactory(programme=sluice, organisation=here, receiver=boss)
    writing = EditionFactory(programme=sluice, number=2, opened_at=None)
    round = RoundFactory(programme=fund, contact=boss, name=f"Hösten i {slug}", slug="hosten")
    return SimpleNamespace(
        organisation=here,
        boss=boss,
        unit=unit,
        role=role,
        person=role.person,
        body=body,
        seat=SeatFactory(body=body, chair=True),
        fund=fund,
        pot=PotFactory(programme=fund),
        round=round,
        criterion=CriterionFactory(round=round),
        question=QuestionFactory(round=round),
        level=LevelFactory(round=round),
        mandate=mandate,
        sluice=sluice,
        opened=opened.number,
        writing=writing.number,
        step=writing.steps.first(),
        audience=door.audience,
        row=TermRow.objects.create(
            organisation=here, sv=f"ordet i {slug}", en="word", added_by=boss, added_at=NOON
        ),
    )


# Every page of the set-up, and the thing whose number its address has, or several.
PAGES = {
    "people:organisation": None,
    "people:units": None,
    "people:unit": "unit",
    "ideas:unit_cases": "unit",
    "ideas:words": None,
    "ideas:word_add": None,
    "ideas:words_in": None,
    "ideas:words_file": None,
    "ideas:word_change": "row",
    "ideas:translation": None,
    "people:people": None,
    "people:person_add": None,
    "people:people_paste": None,
    "people:person": "person",
    "people:person_correct": "person",
    "people:role_end": "role",
    "people:role_deputy": "role",
    "people:bodies": None,
    "people:body_add": None,
    "programmes:guide": None,
    "programmes:guide_fund": None,
    "programmes:guide_body": "fund",
    "programmes:guide_round": "fund",
    "programmes:guide_open": "round",
    "people:body": "body",
    "people:seat_add": "body",
    "people:seat_end": "seat",
    "programmes:setup": None,
    "programmes:fund_add": None,
    "programmes:fund": "fund",
    "programmes:goals": "fund",
    "programmes:steps": "fund",
    "programmes:pots": "fund",
    "programmes:mandates": "fund",
    "programmes:mandate_add": "fund",
    "programmes:mandate": "mandate",
    "programmes:round_add": "fund",
    "programmes:several": "fund",
    "programmes:announce_several": "fund",
    "programmes:next_year": "round",
    "programmes:rules": "round",
    "programmes:rules_change": "round",
    "programmes:level_add": "round",
    "programmes:level": "level",
    "programmes:away": "round",
    "programmes:round": "round",
    "programmes:round_change": "round",
    "programmes:round_announce": "round",
    "programmes:criterion_add": "round",
    "programmes:needed": "round",
    "programmes:question_add": "round",
    "programmes:criterion": "criterion",
    "programmes:question": "question",
    "programmes:sluice_add": None,
    "programmes:sluice": "sluice",
    "programmes:sluice_change": "sluice",
    "programmes:sluice_model": "sluice",
    "programmes:sluice_doors": "sluice",
    "programmes:sluice_door": ("sluice", "audience"),
    "programmes:sluice_edition": ("sluice", "writing"),
    "programmes:sluice_open": ("sluice", "writing"),
    "programmes:sluice_drop": ("sluice", "writing"),
    "programmes:sluice_cases": ("sluice", "opened"),
    "programmes:sluice_step": ("sluice", "step"),
    "programmes:sluice_step_add": ("sluice", "writing"),
}
# Buttons without a page of their own: they only take a post.
BUTTONS = {
    "ideas:word_remove": "row",
    "ideas:word_back": "row",
    "ideas:translation_try": None,
    "ideas:translation_off": None,
    "people:unit_move": "unit",
    "people:seat_move": "seat",
    "people:body_move": "body",
    "programmes:fund_move": "fund",
    "programmes:round_move": "round",
    "programmes:mandate_away": "mandate",
    "programmes:level_away": "level",
    "programmes:criterion_move": "criterion",
    "programmes:question_move": "question",
    "programmes:sluice_move": "sluice",
    "programmes:sluice_door_move": ("sluice", "audience"),
    "programmes:sluice_step_move": ("sluice", "step"),
    "programmes:sluice_cases_back": ("sluice", "opened"),
}
