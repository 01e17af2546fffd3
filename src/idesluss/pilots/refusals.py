"""What the projects' use cases say no to."""

from __future__ import annotations

from idesluss.logic.refusals import NotInTime, Refusal, gettext_noop


class NoLongerRunning(NotInTime):
    """The project has ended, so it takes no more reports."""

    sentence = gettext_noop("The project has ended, so no more reports are taken.")


class NotStopped(NotInTime):
    """It has not been stopped, or goes on again already."""

    sentence = gettext_noop("The project is not stopped. Nothing was changed.")


class ReportAnswered(Refusal):
    """The office was faster."""

    sentence = gettext_noop(
        "The report has been answered already. Look at the answer and write a new report if needed."
    )


class NotPublicYet(NotInTime):
    """The results of the round are not public."""

    sentence = gettext_noop(
        "The results of the round are not public yet. Publish the project when they are."
    )


class SameDay(Refusal):
    """A last day that is the one there is."""

    sentence = gettext_noop("This is the last day already. Choose another one.")
    field = "ends_on"


class EndsTooEarly(Refusal):
    """A last day before the first one. Needs ``starts_on``."""

    sentence = gettext_noop("The project began %(starts_on)s. Choose a later day.")
    field = "ends_on"


class NoSuchPhoto(Refusal):
    """A photo of a report that has not been accepted, or of another project."""

    sentence = gettext_noop("Only photos of accepted reports can be shown. Choose one of them.")
    field = "pictured"
