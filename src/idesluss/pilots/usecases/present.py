"""The public page of a project: written, published, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from idesluss.funding.models import Application
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.pilots.models import Project, Report
from idesluss.pilots.refusals import NoSuchPhoto, NotPublicYet
from idesluss.pilots.rules import may_name, may_present
from idesluss.pilots.usecases.held import held
from idesluss.pilots.vocab import NAME_LENGTH, TEXT_LENGTH
from idesluss.records.usecases import note


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the public page says. ``named`` None: whoever writes does not decide that."""

    purpose: str
    results: str = ""
    learned: str = ""
    pictured: int | None = None  # the report whose photo is shown
    named: bool | None = None  # the coordinator is named
    coordinator_name: str | None = None  # of somebody without an account; None: as it is


@transaction.atomic
def present(
    project_id: int, *, page: Page, version: int, publish: bool, by: Person, at: datetime
) -> Project:
    """Write the public page, and publish it if ``publish``; a published page changes at once.

    ``version`` is that of the page which ``by`` had before them. Notes ``pilots.presented``, and
    ``pilots.published`` the first time it is shown.

    Raises:
        NotAllowed: ``by`` may not present the project, or not say yes to the name.
        ChangedMeanwhile: somebody else wrote it meanwhile.
        Missing, TooLong, NoSuchPhoto: naming the field.
        NotPublicYet: the results of the round are not public.
    """
    project = held(project_id)
    require(may_present(by, project, at=at))
    require(project.version == version, ChangedMeanwhile)
    shown = publish or project.published_at is not None
    fields = _write(project, page, shown=shown)
    if page.named is not None and page.named != project.coordinator_shown:
        require(may_name(by, project, at=at))
        project.coordinator_shown = page.named
        fields.append("coordinator_shown")
    first = publish and project.published_at is None
    if first:
        require(_results_are_public(project, at=at), NotPublicYet)
        project.published_at = at
    project.changed_at = at
    project.version += 1
    project.save(update_fields=[*fields, "published_at", "changed_at", "version"])
    note(
        "pilots.presented",
        about=project,
        by=by,
        at=at,
        purpose=project.purpose,
        results=project.results,
        learned=project.learned,
        pictured=project.pictured_id,
        named=project.coordinator_shown,
    )
    if first:
        note("pilots.published", about=project, by=by, at=at)
    return project


@transaction.atomic
def take_back(project_id: int, *, by: Person, at: datetime) -> Project:
    """Show the page no more; what it says is kept. Notes ``pilots.taken_back``.

    Raises:
        NotAllowed: ``by`` may not present the project.
        AlreadyDone: it is not shown.
    """
    project = held(project_id)
    require(may_present(by, project, at=at))
    require(project.published_at is not None, AlreadyDone)
    project.published_at, project.changed_at = None, at
    project.version += 1
    project.save(update_fields=["published_at", "changed_at", "version"])
    note("pilots.taken_back", about=project, by=by, at=at)
    return project


def _write(project: Project, page: Page, *, shown: bool) -> list[str]:
    """Put the texts and the photo on the project; returns the names of its fields."""
    texts = {"purpose": page.purpose, "results": page.results, "learned": page.learned}
    for field, text in texts.items():
        require(len(text.strip()) <= TEXT_LENGTH, TooLong(field=field, limit=TEXT_LENGTH))
        setattr(project, field, text.strip())
    require(bool(project.purpose) or not shown, Missing(field="purpose"))
    if page.pictured is not None:
        photos = Report.objects.filter(project=project, accepted_at__isnull=False, pk=page.pictured)
        require(photos.exclude(photo=None).exists(), NoSuchPhoto)
    project.pictured_id = page.pictured
    if page.coordinator_name is not None and project.coordinator_id is None:
        name = " ".join(page.coordinator_name.split())
        limit = TooLong(field="coordinator_name", limit=NAME_LENGTH)
        require(len(name) <= NAME_LENGTH, limit)
        if name != project.coordinator_name:  # another person has not said yes to anything
            project.coordinator_name, project.coordinator_shown = name, False
    return [*texts, "pictured", "coordinator_name", "coordinator_shown"]


def _results_are_public(project: Project, *, at: datetime) -> bool:
    granted = Application.objects.filter(idea=project.idea_id, grants__isnull=False)
    return granted.filter(round__results_at__lte=at).exists()
