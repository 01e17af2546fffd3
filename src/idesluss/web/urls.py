"""Every address of the service; each room of the web says its own."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
