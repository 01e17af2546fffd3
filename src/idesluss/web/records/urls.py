"""Letters: what was told to whom."""

from django.urls import path

from idesluss.web.records import views

app_name = "records"
urlpatterns = [
    path("<slug:org>/mail/", views.letters_page, name="mail"),
    path("<slug:org>/mail/<int:pk>/", views.letter_page, name="letter"),
]
