"""Addresses of what is seen over many rooms: one's own work, and what is stuck."""

from django.urls import path

from idesluss.web.insight.views import calendar, work

app_name = "insight"
urlpatterns = [
    path("mine/", work.mine, name="mine"),
    path("calendar/<str:key>.ics", calendar.feed, name="calendar"),
]
