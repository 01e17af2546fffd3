"""When X is noted, do Y; and what the clock does, how often."""

from datetime import timedelta

from idesluss.insight.search import follow as search
from idesluss.jobs import carrying_in, following
from idesluss.jobs.clock import Errand, Work
from idesluss.jobs.deliver import deliver
from idesluss.jobs.drafts import forget_drafts, show_the_way_on
from idesluss.jobs.endorsing import ask_the_right_ones, follow_silence, remind_managers
from idesluss.jobs.likenesses import find_alike
from idesluss.jobs.matching import offer_matches
from idesluss.jobs.money import release_money
from idesluss.jobs.promises import keep_promises
from idesluss.jobs.sessions import clear_sessions
from idesluss.mail import (
    carrying,
    celebrating,
    endorsing,
    money,
    reminding,
    signing_in,
    sluice_answers,
    sluice_arrivals,
    sluice_challenges,
    sluice_clock,
    sluice_coaches,
    sluice_model,
    sluice_receipts,
    sluice_talk,
    sluice_ties,
)
from idesluss.mail import following as projects
from idesluss.mail import handlers as mail
from idesluss.mail.daily import gather_daily
from idesluss.mail.inbound import fetch_mail
from idesluss.mail.send import send_waiting

HANDLERS = {
    "funding.submitted": [mail.received],
    "funding.withdrawn": [mail.withdrawn, ask_the_right_ones, carrying_in.withdrawn],
    "funding.incomplete": [mail.incomplete, ask_the_right_ones, carrying_in.incomplete],
    "funding.changed": [ask_the_right_ones],
    "funding.can_go_on": [carrying.can_go_on],
    "funding.endorsement_asked": [endorsing.asked],
    "funding.endorsement_reminded": [endorsing.reminded],
    "funding.endorsement_unasked": [endorsing.unasked],
    "funding.endorsement_ended": [endorsing.ended],
    "funding.endorsed": [endorsing.answered],
    "funding.meeting_opened": [mail.meeting_opened],
    "funding.grant_changed": [money.money_moved],
    "funding.money_released": [money.money_moved],
    "funding.money_moved": [money.money_moved],
    "funding.decided": [
        mail.decided,
        following.begin_project,
        ask_the_right_ones,
        carrying_in.decided,
    ],
    "funding.imported": [following.begin_imported],
    "funding.celebration_invited": [celebrating.celebration_invited],
    "funding.celebration_changed": [celebrating.celebration_changed],
    "funding.celebration_called_off": [celebrating.celebration_called_off],
    "ideas.handed_in": [sluice_receipts.handed_in],
    "ideas.code_asked": [sluice_receipts.code_asked],
    "ideas.said": [sluice_talk.said],
    "ideas.answered": [sluice_answers.answered],
    "ideas.withdrawn": [sluice_answers.withdrawn],
    "ideas.woken": [sluice_answers.woken],
    "ideas.given": [sluice_answers.given],
    "ideas.moved": [sluice_answers.moved],
    "ideas.edition_changed": [sluice_model.edition_changed],
    "ideas.promises_told": [sluice_clock.promises_told],
    "ideas.talk_asked": [sluice_coaches.talk_asked],
    "ideas.talk_agreed": [sluice_coaches.talk_agreed],
    "ideas.talk_off": [sluice_coaches.talk_off],
    "ideas.all_handed_over": [sluice_coaches.all_handed_over],
    "ideas.arrived": [sluice_arrivals.arrived],
    "ideas.bounced": [sluice_arrivals.bounced],
    "ideas.files_left_out": [sluice_arrivals.files_left_out],
    "ideas.giver_joined": [sluice_ties.giver_joined],
    "ideas.handed_over": [sluice_ties.handed_over],
    "ideas.supported": [sluice_ties.supported],
    "ideas.merged": [sluice_ties.merged],
    "ideas.joined": [sluice_ties.joined],
    "ideas.unmerged": [sluice_ties.unmerged],
    "ideas.split": [sluice_ties.split],
    "ideas.sent_on": [sluice_ties.sent_on],
    "ideas.just_do": [sluice_ties.just_do],
    "ideas.just_done": [sluice_ties.just_done],
    "ideas.turned_out_bigger": [sluice_ties.turned_out_bigger],
    "ideas.masked": [sluice_ties.masked],
    "ideas.involved": [mail.involved],
    "ideas.completion_asked": [mail.completion_asked],
    "ideas.completed": [mail.completed],
    "ideas.accepted": [mail.accepted],
    "ideas.redirected": [mail.redirected, ask_the_right_ones],
    "ideas.came_back": [ask_the_right_ones],
    "ideas.challenge_posed": [sluice_challenges.posed],
    "ideas.match_offered": [sluice_challenges.offered],
    "ideas.challenge_ended": [sluice_challenges.ended],
    "ideas.money_asked": [sluice_challenges.money_asked],
    "ideas.money_answered": [sluice_challenges.money_answered],
    "assessment.assigned": [mail.assigned],
    "assessment.reopened": [mail.reopened],
    "pilots.reported": [projects.reported],
    "pilots.accepted": [projects.accepted],
    "pilots.returned": [projects.returned],
    "pilots.reminded": [projects.reminded],
    "pilots.overdue": [projects.overdue],
    "pilots.extended": [projects.extended],
    "pilots.resumed": [projects.resumed],
    "pilots.published": [projects.published],
    "pilots.taken_back": [projects.taken_back],
    "adoption.adopted": [projects.adopted],
    "adoption.ended": [projects.adoption_ended],
    "people.invited": [mail.invited],
    "people.reminded": [reminding.reminded],
    "people.address_asked": [signing_in.address_asked],
    "people.address_changed": [signing_in.address_changed],
    "people.passkey_added": [signing_in.passkey_changed],
    "people.passkey_removed": [signing_in.passkey_changed],
}

SCHEDULE = [
    Work("remind managers", timedelta(minutes=5), remind_managers),
    Work("follow silence", timedelta(minutes=1), follow_silence),
    Work("keep promises", timedelta(minutes=5), keep_promises),
    Work("offer challenges", timedelta(minutes=1), offer_matches),
    Work("find look-alikes", timedelta(seconds=2), find_alike),
    Work("fetch mail", timedelta(minutes=1), fetch_mail),
    Work("deliver entries", timedelta(seconds=1), deliver),
    Work("gather daily letters", timedelta(minutes=1), gather_daily),
    Work("send letters", timedelta(seconds=1), send_waiting),
    Work("begin projects", timedelta(days=1), following.begin_projects),
    Work("remind of reports", timedelta(hours=1), following.remind_of_reports),
    Work("clear sessions", timedelta(days=1), clear_sessions),
    Work("forget drafts", timedelta(days=1), forget_drafts),
    Work("show drafts the way on", timedelta(minutes=5), show_the_way_on),
    Work("release money", timedelta(hours=1), release_money),
]

# What each machine does for itself, at every turn of its clock.
ERRANDS = [Errand("follow the records in the search", search.follow)]
