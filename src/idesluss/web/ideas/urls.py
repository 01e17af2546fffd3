"""Addresses of ideas: ways in, cases, challenges, coaches, files."""

from django.urls import path

from idesluss.web.ideas.views import case, files

app_name = "ideas"

CASE = "<slug:org>/cases/<int:pk>/"

urlpatterns = [
    path("<slug:org>/files/<uuid:number>/", files.attachment, name="attachment"),
    # The case, and the conversation on it
    path(CASE, case.case, name="case"),
    path(f"{CASE}say/", case.say_page, name="say"),
]
