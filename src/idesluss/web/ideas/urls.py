"""Addresses of ideas: their files."""

from django.urls import path

from idesluss.web.ideas import views

app_name = "ideas"

urlpatterns = [path("<slug:org>/files/<uuid:number>/", views.attachment, name="attachment")]
