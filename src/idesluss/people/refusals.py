"""What the room of people says no to.

Each sentence names what is wrong and what to do; ``field`` is the form field it belongs to.
"""

from __future__ import annotations

from idesluss.logic.refusals import Refusal, gettext_noop


class NotAnAddress(Refusal):
    """Needs ``text``."""

    sentence = gettext_noop("“%(text)s” is not an e-mail address. Check the spelling.")
    field = "email"


class AddressTaken(Refusal):
    """The e-mail address is somebody else's."""

    sentence = gettext_noop("This address cannot be used. Choose another one.")
    field = "email"


class NameTaken(Refusal):
    """Needs ``name``."""

    sentence = gettext_noop("There is already one called “%(name)s”. Choose another name.")
    field = "name"


class BadSlug(Refusal):
    """Not lower-case letters, digits and hyphens."""

    sentence = gettext_noop(
        "The address may only have the letters a to z, digits and hyphens, for example slusstad."
    )
    field = "slug"


class ReservedSlug(Refusal):
    """Needs ``slug``."""

    sentence = gettext_noop("“%(slug)s” is used by the service itself. Choose another address.")
    field = "slug"


class SlugTaken(Refusal):
    """Needs ``slug``."""

    sentence = gettext_noop("“%(slug)s” is taken already. Choose another address.")
    field = "slug"


class BadZone(Refusal):
    """Needs ``zone``."""

    sentence = gettext_noop("“%(zone)s” is not a time zone. Choose one of the list.")
    field = "zone"


class BadColour(Refusal):
    """Needs ``colour``."""

    sentence = gettext_noop("“%(colour)s” is not a colour. Write it like #005b70.")
    field = "colour"


class TooDeep(Refusal):
    """Needs ``line``."""

    sentence = gettext_noop(
        "“%(line)s” has too many levels. Write a department, or Department > Unit."
    )
    field = "lines"


class UnitTooLong(Refusal):
    """Needs ``line`` and ``limit``, characters."""

    sentence = gettext_noop("“%(line)s” is too long. A name has at most %(limit)s characters.")
    field = "lines"


class UnknownUnit(Refusal):
    """Needs ``text``."""

    sentence = gettext_noop("There is no unit called “%(text)s”. Add it under Units first.")
    field = "unit"


class SeveralUnits(Refusal):
    """Needs ``text``."""

    sentence = gettext_noop(
        "There are several units called “%(text)s”. Write the department too: Department > Unit."
    )
    field = "unit"


class UnknownPerson(Refusal):
    """Needs ``text``."""

    sentence = gettext_noop(
        "There is nobody called “%(text)s” here. Write a name or e-mail address as it stands "
        "under People, or add the person there first."
    )
    field = "person"


class SeveralPeople(Refusal):
    """Needs ``text``."""

    sentence = gettext_noop(
        "There are several people called “%(text)s”. Write the e-mail address instead."
    )
    field = "person"


class UnknownRole(Refusal):
    """Needs ``text`` and ``known``."""

    sentence = gettext_noop("“%(text)s” is not a role. Write one of: %(known)s.")
    field = "roles"


class EndsTooEarly(Refusal):
    """The last day is before the first."""

    sentence = gettext_noop("The last day must not be before the first day.")
    field = "ends"


class EndedAlready(Refusal):
    """The last day has passed."""

    sentence = gettext_noop("The last day has passed already. Choose today or later.")
    field = "ends"


class RoleHeld(Refusal):
    """The same role in the same unit at the same time."""

    sentence = gettext_noop("The person already has that role at that time. Nothing was changed.")
    field = "roles"


class LastAdministrator(Refusal):
    """Nobody could set anything up any more."""

    sentence = gettext_noop(
        "This is the last fund administrator. Make somebody else fund administrator first."
    )


class OutsideTheRole(Refusal):
    """A deputy for a time when the role itself does not hold."""

    sentence = gettext_noop("The role itself does not hold all that time. Choose days within it.")
    field = "starts"


class OwnDeputy(Refusal):
    """A person standing in for themselves."""

    sentence = gettext_noop("Nobody can be their own deputy. Choose somebody else.")
    field = "person"


class DeputyOfDeputy(Refusal):
    """A deputy who would have a deputy."""

    sentence = gettext_noop("A deputy has no deputy. Add one to the person with the role instead.")
    field = "person"


class NoMembers(Refusal):
    """A body without members."""

    sentence = gettext_noop("Nobody is a member. Write at least one, one on each line.")
    field = "members"


class QuorumTooLarge(Refusal):
    """Needs ``quorum`` and ``members``."""

    sentence = gettext_noop(
        "The quorum is %(quorum)s, but there would be %(members)s with a seat of their own. "
        "Lower the quorum or add members."
    )
    field = "quorum"


class BadQuorum(Refusal):
    """Less than one."""

    sentence = gettext_noop("At least one member must take part. Write 1 or more.")
    field = "quorum"


class AlreadySeated(Refusal):
    """Needs ``name``."""

    sentence = gettext_noop("%(name)s already has a seat there.")
    field = "person"


class DeputyInTheChair(Refusal):
    """A deputy as chair."""

    sentence = gettext_noop("A deputy cannot be chair. Choose a member.")
    field = "chair"


class NotYours(Refusal):
    """A name or address that other organisations, or the installation, rely on too."""

    sentence = gettext_noop("Only the person can change this. Ask them to do it on their own page.")


class BadLink(Refusal):
    """Not a link of ours, or not for this person."""

    sentence = gettext_noop("This link does not work. Check that you have all of it.")


class LinkTooOld(BadLink):
    """Past its time."""

    sentence = gettext_noop("This link is too old. Ask for a new one.")


class LinkUsed(BadLink):
    """Once is all."""

    sentence = gettext_noop("This link has been used already. Ask for a new one.")


class RemindedToday(Refusal):
    """Once a day is enough. Needs ``name``."""

    sentence = gettext_noop("%(name)s has been reminded today already. Once a day is enough.")
