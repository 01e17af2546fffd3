"""The owner tells how it goes, in two minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.db import transaction

from idesluss.ideas.models import Attachment
from idesluss.ideas.usecases.attach import attach, detach
from idesluss.logic.files import LARGEST, inspect
from idesluss.logic.money import BadAmount
from idesluss.logic.pictures import without_traces
from idesluss.logic.refusals import Missing, TooLong, require
from idesluss.people.models import Person
from idesluss.pilots.models import Project, Report
from idesluss.pilots.reads.money import currency_of
from idesluss.pilots.refusals import NoLongerRunning
from idesluss.pilots.rules import RUNNING, carries_out, may_report
from idesluss.pilots.usecases.held import held
from idesluss.pilots.vocab import (
    MOST_PHOTOS,
    NAME_LENGTH,
    PHOTO_TEXT_LENGTH,
    TEXT_LENGTH,
    Onward,
    Progress,
    ReportKind,
)
from idesluss.records.usecases import note


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a report says. ``spent_minor`` is since the start, in the project's currency."""

    progress: Progress
    spent_minor: int
    learned: str
    onward: Onward
    onward_words: str = ""
    results: str = ""  # of a final report, for the public page
    photo_text: str = ""  # what the photo shows
    told_by: str = ""  # whom the office writes for


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it was sent; ``content`` is seekable and holds ``size`` bytes."""

    name: str
    content: BinaryIO
    size: int


@transaction.atomic
def report(
    project_id: int,
    *,
    kind: ReportKind,
    told: Told,
    photo: Photo | None = None,
    without_photo: bool = False,
    by: Person,
    at: datetime,
) -> Report:
    """Report on a project, or change the report that still waits for an answer.

    The office writes it for a coordinator without an account, ``told.told_by``, whose name stands
    with the report. Notes ``pilots.reported`` (or ``pilots.report_changed``). A photo is looked
    at, loses what it tells on the side (place, time, camera) and is kept with the case; without
    a new one a report that is changed keeps its own, unless ``without_photo``. How it goes shows
    on the project.

    Raises:
        NotAllowed: ``by`` neither carries the project out nor may write for those who do.
        NoLongerRunning: it has ended.
        Missing, TooLong, BadAmount: naming the field.
        BadFile: or the subclass that says why the photo cannot be used.
    """
    project = held(project_id)
    require(may_report(by, project, at=at))
    require(project.idea.stage in RUNNING, NoLongerRunning)
    told = _checked(told, kind, stands_in=not carries_out(by, project, at=at))
    waiting, written = _begun(project)
    written.kind, written.by, written.at = kind.value, by, at
    written.progress, written.onward = told.progress.value, told.onward.value
    written.spent_minor, written.learned = told.spent_minor, told.learned
    written.onward_words, written.results = told.onward_words, told.results
    written.told_by = told.told_by
    _picture(written, project, photo, told.photo_text, without=without_photo, by=by, at=at)
    written.save()
    project.progress = told.progress.value
    project.save(update_fields=["progress"])
    note(
        "pilots.report_changed" if waiting else "pilots.reported",
        about=project,
        by=by,
        at=at,
        report=written.pk,
        kind=kind.value,
        progress=told.progress.value,
        spent_minor=told.spent_minor,
        currency=written.currency,
        onward=told.onward.value,
        told_by=told.told_by,
    )
    return written


def _begun(project: Project) -> tuple[Report | None, Report]:
    """The report that waits for an answer, if any, and the one to write in.

    One that was sent back is written anew, with its photo in it.
    """
    last = project.reports.select_related("photo").order_by("-pk").first()
    if last is not None and last.accepted_at is None and last.returned_at is None:
        return last, last
    new = Report(
        project=project,
        currency=currency_of(project.idea_id, project.idea.programme.organisation.currency),
    )
    if last is not None and last.returned_at is not None:
        new.photo = last.photo
    return None, new


def _checked(told: Told, kind: ReportKind, *, stands_in: bool) -> Told:
    """The same without empty space around its texts, when all that must be there is."""
    final = kind is ReportKind.FINAL
    texts = {
        "learned": told.learned.strip(),
        "onward_words": told.onward_words.strip(),
        "results": told.results.strip() if final else "",
        "photo_text": told.photo_text.strip(),
        "told_by": told.told_by.strip() if stands_in else "",
    }
    needed = {
        "learned": True,
        "results": final,
        "onward_words": told.onward is not Onward.CONTINUE,
        "photo_text": False,
        "told_by": stands_in,
    }
    limits = {"photo_text": PHOTO_TEXT_LENGTH, "told_by": NAME_LENGTH}
    for field, text in texts.items():
        limit = limits.get(field, TEXT_LENGTH)
        require(bool(text) or not needed[field], Missing(field=field))
        require(len(text) <= limit, TooLong(field=field, limit=limit))
    require(told.spent_minor >= 0, BadAmount(field="spent", text=told.spent_minor))
    return Told(progress=told.progress, spent_minor=told.spent_minor, onward=told.onward, **texts)


def _picture(
    written: Report,
    project: Project,
    photo: Photo | None,
    text: str,
    *,
    without: bool,
    by: Person,
    at: datetime,
) -> None:
    """Give the report its photo and what it shows; an earlier one is taken away from the case."""
    before = written.photo
    if photo is not None:
        require(bool(text), Missing(field="photo_text"))
        written.photo = _keep(project, photo, by=by, at=at)
    elif without:
        written.photo = None
    if written.photo is not None:
        require(bool(text), Missing(field="photo_text"))
    written.photo_text = text if written.photo is not None else ""
    if before is not None and before != written.photo:
        others = Report.objects.filter(photo=before).exclude(pk=written.pk)
        if not others.exists():
            detach(before, by=by, at=at)


def _keep(project: Project, photo: Photo, *, by: Person, at: datetime) -> Attachment:
    kind = inspect(photo.name, photo.content, photo.size, largest=LARGEST)
    clean = without_traces(photo.content.read(), kind.media_type, name=photo.name)
    return attach(
        project.idea,
        name=photo.name,
        content=BytesIO(clean),
        size=len(clean),
        most=MOST_PHOTOS,
        by=by,
        at=at,
    )
