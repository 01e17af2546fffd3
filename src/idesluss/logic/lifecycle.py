"""The way of an idea: canonical stages, endings, and every step there is between them.

The stages follow ISO 56002's processes (identify, create, validate, develop, deploy), so that
municipalities can be compared; each programme gives them its own names and uses those it needs.
A step that is not in the table does not exist. Skipping forward is normal: a fund goes from
received to deciding, a sluice may test without deciding money. But a programme that decides
never tests undecided.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from idesluss.logic.refusals import Refusal, gettext_noop


class Stage(StrEnum):
    """Where an idea is. The last six are endings."""

    DRAFT = "draft"
    RECEIVED = "received"
    EXPLORING = "exploring"
    ASSESSING = "assessing"
    DECIDING = "deciding"
    TESTING = "testing"
    ADOPTING = "adopting"
    PERMANENT = "permanent"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    REDIRECTED = "redirected"
    PARKED = "parked"
    STOPPED = "stopped"


class NoSuchStep(Refusal):
    """The table has no such step. Needs ``stage`` and ``to``."""

    sentence = gettext_noop(
        "The case cannot go from “%(stage)s” to “%(to)s”. Choose one of the steps that are shown."
    )


class AlreadyThere(NoSuchStep):
    """The case is at that stage."""

    sentence = gettext_noop("The case is already at “%(to)s”. Nothing was changed.")


class Ended(NoSuchStep):
    """The case has ended in a way that it cannot leave."""

    sentence = gettext_noop(
        "The case has ended as “%(stage)s” and cannot go on from there. Start a new one instead."
    )


class NotInProgramme(NoSuchStep):
    """This programme does not have that stage."""

    sentence = gettext_noop(
        "“%(to)s” is not one of this programme's steps. Choose one of the steps that are shown."
    )


class Undecided(NoSuchStep):
    """Testing before the decision, in a programme that decides."""

    sentence = gettext_noop(
        "The case must be decided before it is tested. Take it to the decision first."
    )


WAY = (
    Stage.DRAFT,
    Stage.RECEIVED,
    Stage.EXPLORING,
    Stage.ASSESSING,
    Stage.DECIDING,
    Stage.TESTING,
    Stage.ADOPTING,
    Stage.PERMANENT,
)
ENDINGS = frozenset(Stage) - frozenset(WAY)

_D, _R, _E, _A = Stage.DRAFT, Stage.RECEIVED, Stage.EXPLORING, Stage.ASSESSING
_V, _T, _O, _P = Stage.DECIDING, Stage.TESTING, Stage.ADOPTING, Stage.PERMANENT

STEPS: Mapping[tuple[Stage, Stage], str] = MappingProxyType(
    {
        (_D, _R): gettext_noop("handed in"),
        (_D, Stage.WITHDRAWN): gettext_noop("the giver takes it back"),
        (_R, _E): gettext_noop("the need is to be understood first"),
        (_R, _A): gettext_noop("ready to be assessed"),
        (_R, _V): gettext_noop("ready to be decided without assessment"),
        (_R, _T): gettext_noop("small enough to test at once"),
        (_R, _O): gettext_noop("obvious enough to just do"),
        (_E, _A): gettext_noop("understood, ready to be assessed"),
        (_E, _V): gettext_noop("understood, ready to be decided"),
        (_E, _T): gettext_noop("understood, to be tested in small scale"),
        (_E, _O): gettext_noop("a solution exists already, to be taken over"),
        (_A, _R): gettext_noop("found complete by mistake, to be checked again"),
        (_A, _E): gettext_noop("the assessors need to know more"),
        (_A, _V): gettext_noop("assessed, ready to be decided"),
        (_A, _T): gettext_noop("assessed, to be tested in small scale"),
        (_A, _O): gettext_noop("assessed, to be introduced"),
        (_V, _E): gettext_noop("sent back to be understood better"),
        (_V, _A): gettext_noop("sent back to be assessed again"),
        (_V, _T): gettext_noop("granted, to be carried out"),
        (_V, _O): gettext_noop("granted, to be introduced at once"),
        (_T, _E): gettext_noop("the test showed another need"),
        (_T, _V): gettext_noop("the test is done, its continuation is to be decided"),
        (_T, _O): gettext_noop("the test worked, an owner takes over"),
        (_T, _P): gettext_noop("the test worked and stays where it is"),
        (_O, _T): gettext_noop("to be tested in another place first"),
        (_O, _P): gettext_noop("in use, owned and paid for"),
        (_P, _T): gettext_noop("noted as permanent by mistake, still being tested"),
        (_P, _O): gettext_noop("noted as permanent by mistake, not taken over yet"),
        (_P, Stage.STOPPED): gettext_noop("no longer in use"),
        **{
            (s, Stage.DECLINED): gettext_noop("answered no, with a reason")
            for s in (_R, _E, _A, _V)
        },
        **{(s, Stage.WITHDRAWN): gettext_noop("the giver takes it back") for s in (_R, _E, _A, _V)},
        **{
            (s, Stage.MERGED): gettext_noop("goes on as part of another case") for s in (_R, _E, _A)
        },
        **{(s, Stage.REDIRECTED): gettext_noop("wrong door, sent on") for s in (_R, _E, _A)},
        **{
            (s, Stage.PARKED): gettext_noop("sleeps until its time comes") for s in (_R, _E, _A, _V)
        },
        **{(s, Stage.STOPPED): gettext_noop("ended, and taught us something") for s in (_T, _O)},
        (Stage.STOPPED, _T): gettext_noop("stopped by mistake, still being tested"),
        (Stage.STOPPED, _O): gettext_noop("stopped by mistake, still being taken over"),
        (Stage.PARKED, _R): gettext_noop("its time has come"),
        (Stage.PARKED, _E): gettext_noop("its time has come, the need is looked at again"),
        (Stage.MERGED, _R): gettext_noop("stands on its own again"),
        (Stage.REDIRECTED, _R): gettext_noop("came back from the other door"),
        (Stage.DECLINED, _V): gettext_noop("the decision is to be changed"),
    }
)
"""Every step there is, with the reason why one takes it (an English source text)."""


def is_ended(stage: str) -> bool:
    """Return whether nothing more is owed: one of the six endings, or permanent."""
    return stage in ENDINGS or stage == Stage.PERMANENT


def is_open(stage: str) -> bool:
    """Return whether the case is in the municipality's hands: handed in and not ended."""
    return stage != Stage.DRAFT and not is_ended(stage)


def step(stage: str, to: str, steps_of_programme: Collection[str] | None = None) -> Stage:
    """Return ``to`` if the case may go there from ``stage``. Plain words of stages will do.

    ``steps_of_programme`` are the stages on the way that the programme uses; draft and received
    are always among them, and endings always exist. None: all of them.

    Raises:
        NoSuchStep: or the subclass that says why.
        ValueError: a word that is no stage.
    """
    stage, to = Stage(stage), Stage(to)
    if stage == to:
        raise AlreadyThere(stage=stage, to=to)
    if (stage, to) not in STEPS:
        has_ended = not any(begins == stage for begins, _ in STEPS)
        raise (Ended if has_ended else NoSuchStep)(stage=stage, to=to)
    if steps_of_programme is None or to in ENDINGS or to == Stage.RECEIVED:
        return to
    if to not in steps_of_programme:
        raise NotInProgramme(stage=stage, to=to)
    if to == Stage.TESTING and Stage.DECIDING in steps_of_programme and stage in (_R, _E, _A):
        raise Undecided(stage=stage, to=to)
    return to


def ways_out(stage: str, steps_of_programme: Collection[str] | None = None) -> tuple[Stage, ...]:
    """Return where the case may go from ``stage``, in the order of ``Stage``."""

    def may_go(to: Stage) -> bool:
        try:
            step(stage, to, steps_of_programme)
        except NoSuchStep:
            return False
        return True

    return tuple(to for to in Stage if may_go(to))
