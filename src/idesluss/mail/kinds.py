"""Every kind of letter: what it is called, and whether and how one may choose to be told it.

What somebody waits for at that moment, or what changes a person's right, goes at once and cannot
be turned off: codes, addresses, the receipt, a request to complete, how a case ends, an invitation
to a role. Everything else is told as one wishes: at once, in one letter a day, or not by mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from idesluss.people.models import MailPreference, Person
from idesluss.people.vocab import MailWish

AT_ONCE, DAILY, NEVER = MailWish.AT_ONCE, MailWish.DAILY, MailWish.NEVER


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter. ``usual`` is how it is told to somebody who has chosen nothing."""

    name: str  # records.Letter.kind
    label: object  # goes on after "Told by mail:"
    usual: MailWish = DAILY
    may_be_off: bool = True  # else it goes at once, whatever one wishes


def urgent(name: str, label: object) -> Kind:
    """A kind that goes at once and cannot be turned off."""
    return Kind(name, label, AT_ONCE, may_be_off=False)


KINDS = (
    urgent("people.code", _("codes that sign you in")),
    urgent("people.address", _("links that confirm an address")),
    urgent("people.address_changed", _("changes of your address")),
    urgent("people.passkey_added", _("new passkeys")),
    urgent("people.passkey_removed", _("removed passkeys")),
    urgent("invited", _("invitations to a role")),
    urgent("received", _("receipts for what you hand in")),
    urgent("completion_asked", _("requests to complete your application")),
    urgent("decided", _("decisions on your application")),
    urgent("incomplete", _("that your application was closed as incomplete")),
    urgent("redirected", _("that your application was sent on")),
    Kind("reminded", _("reminders from a fund administrator"), AT_ONCE),
    urgent("endorse_asked", _("questions to you as manager")),
    Kind("endorse_reminder", _("reminders that a question to you as manager waits"), AT_ONCE),
    Kind("endorse_taken_over", _("that somebody else is asked instead of you"), AT_ONCE),
    Kind("endorse_ended", _("that you need not answer as manager any more")),
    Kind("endorse_answered", _("what a manager says to an application"), AT_ONCE),
    Kind("endorse_moved", _("that another manager is asked about your application")),
    Kind("endorse_unasked", _("that no manager answers about an application"), AT_ONCE),
    Kind("withdrawn", _("that your application is withdrawn"), AT_ONCE),
    Kind("funding.can_go_on", _("that your draft can go on into the next round")),
    Kind("involved", _("that somebody wants to apply together with you"), AT_ONCE),
    Kind("accepted", _("that your application is complete and goes on")),
    Kind("completed", _("that an applicant has completed an application")),
    Kind("assigned", _("that you have applications to assess")),
    Kind("reopened", _("that your assessment is open again"), AT_ONCE),
    Kind("funding.celebration_invited", _("that you are invited to celebrate"), AT_ONCE),
    urgent("funding.celebration_changed", _("changes of a gathering you are invited to")),
    urgent("funding.celebration_called_off", _("that a gathering is called off")),
    urgent("funding.grant_changed", _("that your grant is changed")),
    Kind("funding.money_released", _("that money is released to your project")),
    Kind("funding.money_moved", _("that your project's money is moved to another year")),
    Kind("pilots.reported", _("that a report has come in")),
    Kind("pilots.accepted", _("that your report is accepted")),
    urgent("pilots.returned", _("that something is missing in your report")),
    Kind("pilots.reminded", _("reminders of reports"), AT_ONCE),
    Kind("pilots.overdue", _("that a final report has not come")),
    Kind("pilots.extended", _("that the last day of your project is changed"), AT_ONCE),
    Kind("pilots.resumed", _("that your project goes on after all"), AT_ONCE),
    Kind("pilots.published", _("that your project has a public page")),
    Kind("pilots.taken_back", _("that the public page of your project is taken back")),
    Kind("adoption.adopted", _("that a project has become permanent")),
    Kind("adoption.ended", _("that a project is no longer noted as permanent")),
    urgent("ideas.received", _("receipts for needs and ideas that you hand in")),
    Kind("ideas.came_in", _("that something has come in that you have"), AT_ONCE),
    urgent("ideas.code_asked", _("links to a new follow-up code")),
    urgent("ideas.asked", _("questions to you about what you hand in")),
    Kind("ideas.said", _("what is said to you about what you hand in"), AT_ONCE),
    Kind("ideas.giver_said", _("what a giver says about a case that you have"), AT_ONCE),
    Kind("ideas.noted", _("notes on a case that you have")),
    Kind("ideas.talk_followed", _("what is said about what you support or follow")),
    urgent("ideas.answered", _("answers to what you hand in")),
    urgent("ideas.said_yes", _("that your idea is to be tested or introduced")),
    Kind("ideas.answer_followed", _("answers to what you support or follow")),
    Kind("ideas.withdrawn", _("that a giver has taken a case back")),
    Kind("ideas.woken", _("that a case is taken up again"), AT_ONCE),
    Kind("ideas.given", _("that you are responsible for a case"), AT_ONCE),
    Kind("ideas.new_contact", _("that somebody else looks after your case")),
    Kind("ideas.moved", _("that your case has come to another step")),
    Kind("ideas.edition_changed", _("that the step of your case is called something else")),
    Kind("ideas.promises_told", _("what you have promised, and what is late")),
    urgent("ideas.talk_asked", _("that somebody asks you for a talk")),
    urgent("ideas.talk_agreed", _("when and where a talk is")),
    urgent("ideas.talk_off", _("that a talk is called off")),
    Kind("ideas.all_handed_over", _("that you take over somebody's cases"), AT_ONCE),
    Kind("ideas.arrived", _("that a mail waits for you to look at it")),
    Kind("ideas.bounced", _("that a letter about your case did not arrive")),
    urgent("ideas.files_left_out", _("that files of your mail could not be kept")),
    Kind("ideas.challenge_posed", _("challenges that wait for you to open them"), AT_ONCE),
    Kind("ideas.match_offered", _("challenges that your saved idea may answer"), AT_ONCE),
    Kind("ideas.challenge_ended", _("what came of challenges that you answered"), AT_ONCE),
    Kind("ideas.money_asked", _("that your idea asks for money in a round"), AT_ONCE),
    Kind("ideas.money_answered", _("what a fund answers to your idea"), AT_ONCE),
    urgent("people.invited_to_case", _("invitations to hand in a case together")),
    Kind("ideas.giver_joined", _("that somebody wants to hand in a case with you"), AT_ONCE),
    Kind("ideas.handed_over", _("that a case is handed over to you"), AT_ONCE),
    Kind("ideas.supported", _("that somebody has the same need as you")),
    urgent("ideas.merged", _("that your case goes on as a part of another")),
    Kind("ideas.merged_followed", _("that what you follow goes on as a part of another case")),
    Kind("ideas.joined", _("that a case like yours is put together with it")),
    Kind("ideas.unmerged", _("that your case stands on its own again"), AT_ONCE),
    Kind("ideas.split", _("that your case has become two"), AT_ONCE),
    urgent("ideas.sent_on", _("that your case is sent on to another door")),
    Kind("ideas.just_do", _("that the workplace simply does what you asked for"), AT_ONCE),
    urgent("ideas.just_done", _("that what you asked for is done")),
    Kind("ideas.turned_out_bigger", _("that what you asked for takes longer"), AT_ONCE),
    Kind("ideas.masked", _("that something in your case is masked")),
    Kind("meeting_opened", _("that a meeting is ready to be prepared")),
)
BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
CHOSEN = tuple(kind for kind in KINDS if kind.may_be_off)
"""Those one may choose about, in the order shown."""


def may_be_off(name: str) -> bool:
    """Whether one may turn the kind off; never what is not listed here."""
    return name in BY_NAME and BY_NAME[name].may_be_off


def wishes_of(person: Person) -> dict[str, MailWish]:
    """How ``person`` is told each kind that one may choose about, by name; one query."""
    chosen = dict(MailPreference.objects.filter(person=person).values_list("kind", "wish"))
    return {kind.name: MailWish(chosen.get(kind.name, kind.usual)) for kind in CHOSEN}


def wish_of(person: Person, name: str) -> MailWish:
    """How ``person`` is told news of the kind ``name``."""
    return wishes_of(person)[name] if may_be_off(name) else AT_ONCE
