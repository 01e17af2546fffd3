"""Words of what waits for somebody: which act, and how soon."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What somebody is to do."""

    HAND_IN = "hand_in", _("Finish your application and hand it in")
    COMPLETE = "complete", _("Complete your application")
    DECLARE = "declare", _("Say whether you have a conflict of interest")
    ASSESS = "assess", _("Assess the application")
    CHECK = "check", _("Check the applications that have come in")
    ASSIGN = "assign", _("Give the applications to assessors")
    CALL = "call", _("Open the meeting: everything is assessed")
    PREPARE = "prepare", _("Prepare the meeting")
    READ = "read", _("Read the cases before the meeting")
    RELEASE = "release", _("Release the decisions")
    ENDORSE = "endorse", _("Say what your unit says to the application")
    REPORT = "report", _("Report how the project goes")
    ACCEPT = "accept", _("Read the report and answer it")
    PAY = "pay", _("Release the next part of the grant")
    KEEP = "keep", _("Do what is promised in the case")
    REPLY = "reply", _("Answer what you are asked about what you handed in")
    RATE = "rate", _("Say what you think of the answer")
    JOIN = "join", _("Say yes or no to a role")


# The same in a word or two: for calendars, after a register number or the name of a round.
SHORT = {
    Act.HAND_IN: _("last day to hand in"),
    Act.COMPLETE: _("complete it"),
    Act.DECLARE: _("conflicts of interest"),
    Act.ASSESS: _("assessment"),
    Act.CHECK: _("check"),
    Act.ASSIGN: _("assessors"),
    Act.CALL: _("open the meeting"),
    Act.PREPARE: _("meeting"),
    Act.READ: _("meeting"),
    Act.RELEASE: _("release the decisions"),
    Act.ENDORSE: _("the manager's answer"),
    Act.REPORT: _("report"),
    Act.ACCEPT: _("answer the report"),
    Act.PAY: _("release the grant"),
    Act.KEEP: _("next date"),
    Act.REPLY: _("answer a question"),
    Act.RATE: _("rate the answer"),
    Act.JOIN: _("a role"),
}


class When(models.TextChoices):
    """How soon something is due."""

    OVERDUE = "overdue", _("The day has passed")
    WEEK = "week", _("Within a week")
    LATER = "later", _("Later")
    NO_DATE = "no_date", _("Without a date")
