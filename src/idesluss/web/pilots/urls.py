"""Addresses of projects: read by everybody, reported on, answered, and made permanent."""

from django.urls import path

from idesluss.pilots.vocab import ReportKind
from idesluss.web.pilots.views import answering, keeping, presenting, reading, reporting

app_name = "pilots"

PROJECT = "<slug:org>/projects/<int:pk>/"
INTERIM, FINAL = ({"kind": kind} for kind in (ReportKind.INTERIM, ReportKind.FINAL))

urlpatterns = [
    path("<slug:org>/projects/", reading.projects, name="projects"),
    path(PROJECT, reading.project, name="project"),
    path("<slug:org>/projects/<int:pk>.json", reading.project_json, name="project_json"),
    path(f"{PROJECT}photo/", reading.photo, name="photo"),
    # Those who carry it out
    path(f"{PROJECT}report/", reporting.report_page, {"kind": ReportKind.INTERIM}, name="report"),
    path(
        f"{PROJECT}report/final/", reporting.report_page, {"kind": ReportKind.FINAL}, name="final"
    ),
    path(f"{PROJECT}page/", presenting.page, name="page"),
    # The office
    path(f"{PROJECT}reports/<int:number>/", answering.answer, name="answer"),
    path(f"{PROJECT}end/", answering.last_day, name="last_day"),
    path(f"{PROJECT}resume/", answering.resume_page, name="resume"),
    path(f"{PROJECT}permanent/", keeping.permanent, name="permanent"),
    path(f"{PROJECT}permanent/end/", keeping.end_page, name="permanent_end"),
]
