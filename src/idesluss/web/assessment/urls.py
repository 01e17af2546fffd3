"""Addresses of assessors, of conflicts of interest, and of what was judged."""

from django.urls import path

from idesluss.web.assessment.views import assigning, declaring, judging, scores

app_name = "assessment"

ROUND = "<slug:org>/rounds/<slug:slug>/"
CASE = "<slug:org>/applications/<int:pk>/"

urlpatterns = [
    # What an assessor does
    path("<slug:org>/assess/", judging.mine, name="mine"),
    path(f"{ROUND}declare/", declaring.declare_page, name="declare"),
    path(f"{CASE}assess/", judging.assess, name="assess"),
    path(f"{CASE}assess/lock/", judging.lock_page, name="lock"),
    # What those see who handle the case or decide
    path(f"{CASE}scores/", scores.scores, name="scores"),
    path(f"{ROUND}ranking/", scores.ranking, name="ranking"),
    # What the administrator does
    path(f"{ROUND}assign/", assigning.assign_page, name="assign"),
    path(f"{CASE}conflicts/", declaring.conflicts, name="conflicts"),
    path("<slug:org>/assessments/<int:pk>/take-back/", assigning.take_back, name="take_back"),
    path("<slug:org>/assessments/<int:pk>/reopen/", scores.reopen_page, name="reopen"),
]
