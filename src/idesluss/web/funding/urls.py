"""Addresses of rounds, applications and meetings."""

from django.urls import path

from idesluss.web.funding.views import meeting, opening, present, public, release, rounds

app_name = "funding"

ROUND = "<slug:org>/rounds/<slug:slug>/"

urlpatterns = [
    # A round as everybody sees it
    path(ROUND, public.round_page, name="round"),
    path(f"{ROUND}round.csv", public.round_csv, name="round_csv"),
    path(f"{ROUND}round.json", public.round_json, name="round_json"),
    # The meeting that decides it
    path(f"{ROUND}meeting/", meeting.meeting, name="meeting"),
    path(f"{ROUND}meeting/facts/", opening.facts, name="meeting_facts"),
    path(f"{ROUND}meeting/cases/", opening.cases, name="meeting_cases"),
    path(f"{ROUND}meeting/present/", present.present, name="present"),
    path(f"{ROUND}meeting/agenda/", meeting.agenda, name="agenda"),
    path(f"{ROUND}meeting/release/", release.release, name="release"),
    path(f"{ROUND}meeting/minutes.pdf", release.minutes, name="minutes"),
    # In from tables and out again
    path("<slug:org>/import/", rounds.import_page, name="import"),
    path("<slug:org>/rounds/<slug:slug>/export.csv", rounds.export, {"kind": "csv"}, name="export"),
    path(
        "<slug:org>/rounds/<slug:slug>/export.xlsx",
        rounds.export,
        {"kind": "xlsx"},
        name="export_xlsx",
    ),
]
