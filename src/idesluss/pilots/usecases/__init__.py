"""Every write to projects and their reports; one file per verb or small family."""

from idesluss.pilots.usecases.answer import accept_report, return_report
from idesluss.pilots.usecases.begin import begin, begin_missing
from idesluss.pilots.usecases.extend import extend
from idesluss.pilots.usecases.present import Page, present, take_back
from idesluss.pilots.usecases.remind import remind_due
from idesluss.pilots.usecases.report import Photo, Told, report
from idesluss.pilots.usecases.resume import resume

__all__ = [
    "Page",
    "Photo",
    "Told",
    "accept_report",
    "begin",
    "begin_missing",
    "extend",
    "present",
    "remind_due",
    "report",
    "resume",
    "return_report",
    "take_back",
]
