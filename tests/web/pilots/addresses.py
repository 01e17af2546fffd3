"""Where the pages of projects are."""

from django.urls import reverse


def url(project, page="project", *more):
    return reverse(f"pilots:{page}", args=["slusstad", project.pk, *more])
