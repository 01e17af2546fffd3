"""What the room of programmes says no to. ``field`` is the form field a sentence belongs to."""

from __future__ import annotations

from idesluss.logic.refusals import Refusal, gettext_noop


class NameTaken(Refusal):
    """Needs ``name``."""

    sentence = gettext_noop("There is already one called “%(name)s”. Choose another name.")
    field = "name"


class BadSlug(Refusal):
    """Not lower-case letters, digits and hyphens."""

    sentence = gettext_noop(
        "The address may only have the letters a to z, digits and hyphens, for example autumn-2027."
    )
    field = "slug"


class SlugTaken(Refusal):
    """Needs ``slug``."""

    sentence = gettext_noop("Another round has the address “%(slug)s”. Choose another one.")
    field = "slug"


class SluiceSlugTaken(Refusal):
    """Needs ``slug``."""

    sentence = gettext_noop("Another sluice has the address “%(slug)s”. Choose another one.")
    field = "slug"


class SlugFixed(Refusal):
    """People have the address already."""

    sentence = gettext_noop("The round is announced, so its address can no longer change.")
    field = "slug"


class NoSuchTime(Refusal):
    """A time of day that the clocks jump over. Needs ``time``."""

    sentence = gettext_noop(
        "There is no %(time)s that night: the clocks go forward. Choose another time."
    )


class NotATime(Refusal):
    """Neither day nor time can be read."""

    sentence = gettext_noop("Write a day and a time, for example 2027-01-31 16:00.")


class BadYear(Refusal):
    """A project year that cannot be meant. Needs ``year``."""

    sentence = gettext_noop("%(year)s is not a project year. Write four digits, for example 2027.")
    field = "project_year"


class AnswerTooEarly(Refusal):
    """An answer before applications can be complete."""

    sentence = gettext_noop("The answer cannot be promised before the round has closed.")
    field = "answer_by"


class AnswerMissing(Refusal):
    """Neither a date nor a number of days."""

    sentence = gettext_noop(
        "Say when applicants get their answer: a date, or a number of working days from closing."
    )
    field = "answer_days"


class BodyAside(Refusal):
    """A body that lies aside."""

    sentence = gettext_noop("The body that decides has been laid aside. Choose another one.")
    field = "body"


class NobodyDecides(Refusal):
    """A programme without a body."""

    sentence = gettext_noop("Nobody decides yet. Choose the body that decides, in the fund.")
    field = "body"


class HandedIn(Refusal):
    """Somebody has answered what is about to change."""

    sentence = gettext_noop(
        "An application has been handed in, so criteria and questions can no longer change: "
        "everybody is to be judged alike. Add another round, or copy this one to next year, and "
        "change them there."
    )


class AnsweredAlready(Refusal):
    """A question that a draft answers."""

    sentence = gettext_noop(
        "Somebody has begun to answer this question. Change its text instead, or make it optional."
    )


class BadScale(Refusal):
    """The ends of a scale the wrong way round."""

    sentence = gettext_noop("The highest mark must be higher than the lowest.")
    field = "high"


class BadWeight(Refusal):
    """A weight out of reason."""

    sentence = gettext_noop("Write a whole number from 0 to 100.")
    field = "weight"


class NoWeight(Refusal):
    """Nothing would count."""

    sentence = gettext_noop(
        "All weights are 0, so the marks would count for nothing. Give at least one a weight."
    )
    field = "weight"


class NeededForTheNumber(Refusal):
    """A criterion that the number to be met needs. Needs ``needed``."""

    sentence = gettext_noop(
        "At least %(needed)s qualifying criteria are to be met, so this one is needed. "
        "Lower the number first."
    )


class BadLength(Refusal):
    """A length that nobody can write within."""

    sentence = gettext_noop("Write a whole number from 50 to 20000.")
    field = "max_length"


class StepNeeded(Refusal):
    """A step that every fund has."""

    sentence = gettext_noop("Every fund has this step. Give it a name.")


class WindowMissing(Refusal):
    """No opening or closing time."""

    sentence = gettext_noop("Say when the round opens and closes.")
    field = "opens_at"


class ClosedAlready(Refusal):
    """A round that would be announced when it is over."""

    sentence = gettext_noop("The round has closed already. Choose a later closing time.")
    field = "closes_at"


class ContactMissing(Refusal):
    """Nobody to ask."""

    sentence = gettext_noop("Name somebody whom applicants can ask.")
    field = "contact"


class QuestionsMissing(Refusal):
    """Nothing is asked."""

    sentence = gettext_noop("The round asks nothing beyond title and need. Add questions.")


class NotReady(Refusal):
    """Something is missing; ``problems`` says what."""

    sentence = gettext_noop("The round cannot be announced yet. Put right what is listed.")


class ApplicationsThere(Refusal):
    """A round that somebody has handed in to."""

    sentence = gettext_noop(
        "Applications have been handed in, so the round can be neither hidden nor laid aside."
    )
