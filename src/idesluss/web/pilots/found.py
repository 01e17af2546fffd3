"""The project that a page is about, and its addresses."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from idesluss.pilots.models import Project
from idesluss.pilots.reads.following import Reader, reader_of, whole
from idesluss.web.frame.request import Request


def seen_project(request: Request, pk: int) -> Any:
    """The project, when the reader may see it here; else 404."""
    seen = Project.objects.visible_to(request.user, at=request.at)
    here = seen.filter(idea__programme__organisation=request.organisation)
    return get_object_or_404(whole(here), pk=pk)


def project_for(request: Request, pk: int, right: str) -> tuple[Any, Reader]:
    """The project and its reader, who must have ``right`` (a word of ``Reader``); else 404."""
    project = seen_project(request, pk)
    reader = reader_of(project, request.user, at=request.at)
    if not getattr(reader, right):
        raise Http404
    return project, reader


def project_url(request: Request, project: Project, page: str = "project", *more: Any) -> str:
    """The address of one of the project's pages."""
    return reverse(f"pilots:{page}", args=[request.organisation.slug, project.pk, *more])
