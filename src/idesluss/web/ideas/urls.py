"""Addresses of ideas: ways in, cases, challenges, coaches, files."""

from django.urls import path

from idesluss.web.ideas.views import (
    answering,
    arrivals,
    case,
    codes,
    door,
    ending,
    files,
    finding,
    step,
    width,
)

app_name = "ideas"

CASE = "<slug:org>/cases/<int:pk>/"
DOOR = "<slug:org>/in/<slug:slug>/"

urlpatterns = [
    # Handing in at a door, and what is held back there
    path(DOOR, door.door, name="door"),
    path(f"{DOOR}kiosk/", door.kiosk, name="kiosk"),
    path(f"{DOOR}thanks/", door.thanks, name="thanks"),
    path("<slug:org>/arrivals/", arrivals.arrivals, name="arrivals"),
    path("<slug:org>/arrivals/<int:pk>/", arrivals.arrival, name="arrival"),
    # Following with a code
    path("follow/", codes.follow_up, name="follow_up"),
    path("follow/lost/", codes.code_lost, name="code_lost"),
    path("follow/new/<str:link>/", codes.code_new, name="code_new"),
    path(f"{CASE}code/", codes.code_again, name="code_again"),
    path("<slug:org>/files/<uuid:number>/", files.attachment, name="attachment"),
    # The case, and the conversation on it
    path(CASE, case.case, name="case"),
    path(f"{CASE}say/", case.say_page, name="say"),
    path(f"{CASE}who-sees/", width.width, name="width"),
    path(f"{CASE}findings/<slug:kind>/new/", finding.add, name="finding_add"),
    path(f"{CASE}findings/<int:number>/", finding.change, name="finding"),
    path(f"{CASE}findings/<int:number>/remove/", finding.remove, name="finding_remove"),
    path(f"{CASE}findings/<int:number>/back/", finding.bring_back, name="finding_back"),
    # Through the model
    path(f"{CASE}step/", step.step, name="step"),
    path(f"{CASE}questions/", step.questions, name="questions"),
    # What becomes of it, whose it is, and what its giver thought of the answer
    path(f"{CASE}answer/", answering.answer, name="answer"),
    path(f"{CASE}withdraw/", ending.withdraw_page, name="withdraw"),
    path(f"{CASE}wake/", ending.wake_page, name="wake"),
    path(f"{CASE}next/", ending.next_page, name="next"),
    path(f"{CASE}give/", ending.give_page, name="give"),
    path(f"{CASE}rate/", ending.rate_page, name="rate"),
]
