"""The addresses of the demonstration: the service's, and its own way in."""

from django.urls import include, path

from idesluss.web import urls

urlpatterns = [path("", include("idesluss.web.demo.urls")), *urls.urlpatterns]
handler404 = urls.handler404
