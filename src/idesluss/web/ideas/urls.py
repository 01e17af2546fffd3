"""Addresses of ideas: ways in, cases, challenges, coaches, files."""

from django.urls import path

from idesluss.web.ideas.views import case, files, finding, width

app_name = "ideas"

CASE = "<slug:org>/cases/<int:pk>/"

urlpatterns = [
    path("<slug:org>/files/<uuid:number>/", files.attachment, name="attachment"),
    # The case, and the conversation on it
    path(CASE, case.case, name="case"),
    path(f"{CASE}say/", case.say_page, name="say"),
    path(f"{CASE}who-sees/", width.width, name="width"),
    path(f"{CASE}findings/<slug:kind>/new/", finding.add, name="finding_add"),
    path(f"{CASE}findings/<int:number>/", finding.change, name="finding"),
    path(f"{CASE}findings/<int:number>/remove/", finding.remove, name="finding_remove"),
    path(f"{CASE}findings/<int:number>/back/", finding.bring_back, name="finding_back"),
]
