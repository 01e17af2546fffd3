"""The project that somebody acts on, locked for the length of the act."""

from __future__ import annotations

from idesluss.ideas.models import Idea
from idesluss.pilots.models import Project


def held(project_id: int) -> Project:
    """The locked project with its locked case: the case first, as everybody locks."""
    idea_id = Project.objects.values_list("idea", flat=True).get(pk=project_id)
    ideas = Idea.objects.select_related("programme__organisation")
    idea = ideas.select_for_update(of=("self",)).get(pk=idea_id)
    project = Project.objects.select_for_update(of=("self",)).get(pk=project_id)
    project.idea = idea
    return project
