"""Addresses of a fund's years: the pages, and the same figures as files."""

from django.urls import path

from idesluss.web.insight.views import years

YEARS = "<slug:org>/years/"
YEAR = f"{YEARS}<int:year>/"
KINDS = ("json", "csv", "xlsx")

urlpatterns = [
    path(YEARS, years.years_page, name="years"),
    path(YEAR, years.year_page, name="year"),
    path(f"{YEAR}report.pdf", years.year_pdf, name="year_pdf"),
    *(
        path(f"{YEARS}years.{kind}", years.years_file, {"kind": kind}, name=f"years_{kind}")
        for kind in KINDS
    ),
    *(
        path(f"{YEAR}report.{kind}", years.year_file, {"kind": kind}, name=f"year_{kind}")
        for kind in KINDS
    ),
]
