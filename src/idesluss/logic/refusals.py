"""What the house says no to, and the sentence that explains it.

A refusal is not a fault in the program: it is an answer to a person. It carries a sentence in
plain English that says what happened and what to do, the values that the sentence names, and,
where there is one, the form field that it belongs to. Use cases raise refusals; checks that can
find several at once return them as values. Doors translate and print them.

    Refusal
    ├── NotAllowed                  this person may not do this
    │   └── Disqualified            conflict of interest shuts the case
    ├── NotInTime
    │   ├── NotOpenYet
    │   └── Closed
    ├── ChangedMeanwhile            somebody else was faster, look again
    ├── AlreadyDone                 the same thing twice
    ├── Missing                     something has to be filled in
    ├── TooLong                     more text than there is room for
    ├── money.BadAmount             a sum that cannot be read or used
    ├── windows.ClosesTooEarly
    ├── lifecycle.NoSuchStep        the case cannot go there from here
    ├── outcomes.BadOutcome         a decision that contradicts itself or lacks its reason
    ├── quorum.CannotDecide         too few, or nobody to lead
    ├── terms                       one class for each rule of a round that is broken
    ├── mandates.OverTheMandate      more than the body may grant
    ├── scoring.BadScore
    ├── registers.BadPattern
    └── files.BadFile
"""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar


def gettext_noop(sentence: str) -> str:
    """Return ``sentence`` as it is; the name tells the translators' tools to collect it."""
    return sentence


def plain(value: object) -> object:
    """Return ``value`` as English text shows it: moments to the minute, the rest untouched."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M %Z}".rstrip()
    return value


class Refusal(Exception):
    """An answer of no, with a sentence that a person can read.

    ``sentence`` holds the English source text with ``%(name)s`` placeholders, ``params`` the
    values behind them. ``field`` names a form field, or is None for the whole form.
    Two refusals with the same class, field and params are equal.

    Raises:
        KeyError: a placeholder of the sentence has no value (a mistake in the program).
    """

    sentence: ClassVar[str] = gettext_noop("This cannot be done. Go back and look again.")
    field: str | None = None

    def __init__(self, *, field: str | None = None, **params: object) -> None:
        super().__init__()
        if field is not None:
            self.field = field
        self.params = params
        self.message: str = self.said()

    def said(
        self,
        translate: Callable[[str], str] = gettext_noop,
        show: Callable[[object], object] = plain,
    ) -> str:
        """Return the sentence in another language.

        ``translate`` maps the English source to the reader's language (``gettext``); ``show``
        turns one value (a moment, a ``Money``, a word) into the text that the reader expects.
        """
        return translate(self.sentence) % {name: show(it) for name, it in self.params.items()}

    def __str__(self) -> str:
        return self.message

    def __repr__(self) -> str:
        told = {"field": self.field, **self.params}
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in told.items())})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Refusal):
            return NotImplemented
        return (type(self), self.field, self.params) == (type(other), other.field, other.params)

    def __hash__(self) -> int:
        return hash((type(self), self.field))


class NotAllowed(Refusal):
    """The person has no role that permits this."""

    sentence = gettext_noop(
        "You are not allowed to do this. Ask the person responsible if you think you should be."
    )


class Disqualified(NotAllowed):
    """A conflict of interest, declared or decided, shuts this case for the person."""

    sentence = gettext_noop(
        "You have a conflict of interest in this case, so you cannot take part in it. "
        "Contact the person responsible if that is wrong."
    )


class NotInTime(Refusal):
    """Not within the time that this is possible."""

    sentence = gettext_noop("This is not possible at this time.")


class NotOpenYet(NotInTime):
    """Before the opening. Needs ``opens``, an aware datetime."""

    sentence = gettext_noop("This is not open yet. It opens %(opens)s; come back then.")


class Closed(NotInTime):
    """At or after the closing. Needs ``closes``, an aware datetime."""

    sentence = gettext_noop(
        "This closed %(closes)s, so nothing more can be sent in. "
        "What you have written so far is kept."
    )


class ChangedMeanwhile(Refusal):
    """What the person decided on is no longer what is there."""

    sentence = gettext_noop(
        "Somebody else changed this while you were working. "
        "Look at how it is now and do it again if it is still right."
    )


class AlreadyDone(Refusal):
    """The same act a second time."""

    sentence = gettext_noop("This has already been done. Nothing was changed.")


class Missing(Refusal):
    """Something that must be filled in is empty; ``field`` says which."""

    sentence = gettext_noop("This has to be filled in.")


class TooLong(Refusal):
    """More characters than there is room for. Needs ``limit``, characters."""

    sentence = gettext_noop("This is too long. Shorten it to at most %(limit)s characters.")


def require(
    allowed: bool,  # noqa: FBT001  (require(may_decide(by, round)) is how it reads)
    otherwise: Refusal | type[Refusal] = NotAllowed,
) -> None:
    """Go on when ``allowed``, else raise ``otherwise``.

    Raises:
        Refusal: the given one, ``NotAllowed`` unless told.
    """
    if not allowed:
        raise otherwise
