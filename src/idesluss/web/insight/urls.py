"""Addresses of what is seen over many rooms: one's own work, and what is stuck."""

from django.urls import path

from idesluss.web.insight import years_urls
from idesluss.web.insight.views import calendar, reading, search, stuck, together, work

app_name = "insight"
urlpatterns = [
    path("mine/", work.mine, name="mine"),
    path("search/", search.search, name="search"),
    path("search.json", search.search_json, name="search_json"),
    path("needs/together/", together.together, name="together"),
    path("calendar/<str:key>.ics", calendar.feed, name="calendar"),
    path("<slug:org>/stuck/", stuck.stuck, name="stuck"),
    path("<slug:org>/stuck/remind/<int:pk>/", stuck.remind, name="remind"),
    path("<slug:org>/read/<slug:kind>/<int:pk>/", reading.read, name="read"),
    *years_urls.urlpatterns,
]
