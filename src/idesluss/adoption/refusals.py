"""What the use cases of adoption say no to."""

from __future__ import annotations

from idesluss.logic.refusals import NotInTime, Refusal, gettext_noop


class NotUsedYet(NotInTime):
    """A day that has not come."""

    sentence = gettext_noop("Note it when it is in use. Choose today or an earlier day.")
    field = "since"


class NoPlaceForIt(Refusal):
    """The programme has no step for what is permanent."""

    sentence = gettext_noop(
        "The fund has no step for what has become permanent. Add one to its steps first."
    )


class CannotBecomePermanent(NotInTime):
    """The case is not being tested or introduced."""

    sentence = gettext_noop(
        "Only a project that is going on can become permanent. Look at where it is."
    )


class NotAUnitHere(Refusal):
    """A unit of another organisation, or one that is no longer in use."""

    sentence = gettext_noop("Choose one of the units of the organisation.")
    field = "unit"


class NotSomebodyHere(Refusal):
    """A person who does not belong to the organisation."""

    sentence = gettext_noop("Choose somebody who works here, or write a name or a function.")
    field = "owner"
