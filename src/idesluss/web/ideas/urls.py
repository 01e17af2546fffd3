"""Addresses of ideas: ways in, cases, challenges, coaches, files."""

from django.urls import path

from idesluss.web.ideas.views import files

app_name = "ideas"

urlpatterns = [path("<slug:org>/files/<uuid:number>/", files.attachment, name="attachment")]
