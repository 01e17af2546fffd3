"""Addresses of the frame."""

from django.urls import path

from idesluss.web.frame import views

app_name = "frame"
urlpatterns = [
    path("", views.home, name="home"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("language/", views.language, name="language"),
    path("frame/components/", views.components, name="components"),
    path("<slug:org>/accessibility/", views.accessibility, name="accessibility"),
    path("<slug:org>/theme.<slug:digest>.css", views.theme, name="theme"),
]
