"""What the writing of an innovation model says no to."""

from __future__ import annotations

from idesluss.logic.refusals import Refusal, gettext_noop


class BeingWritten(Refusal):
    """Two editions at once."""

    sentence = gettext_noop(
        "The next edition of the model is being written already. Go on with that one, or throw it "
        "away first."
    )


class NoSuchModel(Refusal):
    """Nothing to start from."""

    sentence = gettext_noop("Choose one of the models that are shown.")
    field = "start"


class Opened(Refusal):
    """An edition that cases can start in."""

    sentence = gettext_noop(
        "This edition has been opened, so it can no longer change: cases follow it. Begin the "
        "next edition instead."
    )


class NotReadyToOpen(Refusal):
    """Something is wrong with the steps."""

    sentence = gettext_noop("The model cannot be opened yet. Put right what is listed.")


class AtThatEnd(Refusal):
    """A step that cannot go further up or down."""

    sentence = gettext_noop("The step is at that end already. Nothing was changed.")


class TooManyQuestions(Refusal):
    """More questions than anybody answers. Needs ``most``."""

    sentence = gettext_noop("A step may ask at most %(most)s questions. Remove some.")
    field = "questions"
