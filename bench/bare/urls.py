"""Addresses of the bare pages."""

from django.urls import include, path

from bench.bare import deciding, reading, sluice, writing, years

pages = [
    path("rounds/<int:pk>/", reading.applications, name="applications"),
    path("rounds/<int:pk>/public/", reading.public, name="public"),
    path("funds/<int:pk>/years/", years.years, name="years"),
    path("funds/<int:pk>/years/<int:year>/", years.year, name="year"),
    path("sluices/<int:pk>/cases/", sluice.cases, name="cases"),
    path("sluices/<int:pk>/needs/", sluice.needs, name="needs"),
    path("cases/<int:pk>/", sluice.case, name="case"),
    path("mine/", reading.mine, name="mine"),
    path("tasks/", reading.tasks, name="tasks"),
    path("applications/<int:pk>/", reading.application, name="application"),
    path("applications/<int:pk>/own/", reading.own_application, name="own"),
    path("applications/<int:pk>/check/", writing.check, name="check"),
    path("meetings/<int:pk>/", deciding.meeting, name="meeting"),
    path("meetings/<int:pk>/by-hand/", deciding.meeting_by_hand, name="meeting_by_hand"),
    path("applications/<int:pk>/submit/", writing.submit, name="submit"),
    path("applications/<int:pk>/assess/", writing.assess, name="assess"),
]

urlpatterns = [path("", include((pages, "bare")))]
