"""Addresses of people: one's own page, the installation, and the set-up of an organisation."""

from django.urls import path

from idesluss.web.people.views import installing, organisations, own, people, told

app_name = "people"
SETUP = "<slug:org>/setup/"
urlpatterns = [
    path("account/", own.own, name="own"),
    path("account/address/", own.address_ask, name="address_ask"),
    path("account/address/<str:link>/", own.address, name="address"),
    path("account/mail/", told.mail, name="mail"),
    path("account/mail/off/<str:link>/", told.mail_off, name="mail_off"),
    path("account/calendar/", told.calendar, name="calendar"),
    path("account/invitations/<int:pk>/", own.invitation, name="invitation"),
    path("start/<str:link>/", installing.start, name="start"),
    path("install/", installing.install, name="install"),
    path("install/add/", installing.organisation_add, name="organisation_add"),
    path("install/<int:pk>/administrator/", installing.administrator_add, name="administrator_add"),
    path("install/<int:pk>/move/", installing.organisation_move, name="organisation_move"),
    path(f"{SETUP}organisation/", organisations.organisation, name="organisation"),
    path(f"{SETUP}units/", organisations.units, name="units"),
    path(f"{SETUP}units/<int:pk>/", organisations.unit, name="unit"),
    path(f"{SETUP}units/<int:pk>/move/", organisations.unit_move, name="unit_move"),
    path(f"{SETUP}people/", people.people, name="people"),
    path(f"{SETUP}people/add/", people.person_add, name="person_add"),
    path(f"{SETUP}people/paste/", people.people_paste, name="people_paste"),
    path(f"{SETUP}people/<int:pk>/", people.person, name="person"),
    path(f"{SETUP}people/<int:pk>/correct/", people.person_correct, name="person_correct"),
    path(f"{SETUP}roles/<int:pk>/end/", people.role_end, name="role_end"),
    path(f"{SETUP}roles/<int:pk>/deputy/", people.role_deputy, name="role_deputy"),
    path(f"{SETUP}bodies/", organisations.bodies, name="bodies"),
    path(f"{SETUP}bodies/add/", organisations.body_add, name="body_add"),
    path(f"{SETUP}bodies/<int:pk>/", organisations.body, name="body"),
    path(f"{SETUP}bodies/<int:pk>/move/", organisations.body_move, name="body_move"),
    path(f"{SETUP}bodies/<int:pk>/seats/add/", organisations.seat_add, name="seat_add"),
    path(f"{SETUP}seats/<int:pk>/end/", organisations.seat_end, name="seat_end"),
    path(f"{SETUP}seats/<int:pk>/move/", organisations.seat_move, name="seat_move"),
]
