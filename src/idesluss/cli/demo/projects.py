"""Granted projects: one that goes on and is shown, one that is permanent, one that stopped."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

from idesluss.adoption.usecases import Facts, adopt
from idesluss.funding.models import Application
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project, Report
from idesluss.pilots.usecases import Page, Photo, Told, accept_report, begin, present, report
from idesluss.pilots.vocab import GRANTED, Onward, Progress, ReportKind

LAMPS, BIKES = "Nattlampor som tänds av steg", "Cykelpool för hemtjänsten"
DAY = timedelta(days=1)

FIRST = Told(
    progress=Progress.ON_TRACK,
    spent_minor=18_400_00,
    learned="Lamporna ska sitta lågt, högst 30 centimeter från golvet. Högre upp bländar de.\n\n"
    "Två av tio hade redan en egen nattlampa. De behöver ingen till.",
    onward=Onward.CONTINUE,
    photo_text="En korridor om natten. Längs golvet lyser fyra svaga, varma lampor.",
)
SECOND = Told(
    progress=Progress.LATE,
    spent_minor=24_900_00,
    learned="Givarna somnar när det är kallt. Leverantören byter dem utan kostnad.",
    onward=Onward.CHANGE,
    onward_words="Vi mäter i fyra månader i stället för tre, så att vintern kommer med.",
)
ENOUGH = Told(
    progress=Progress.IN_TROUBLE,
    spent_minor=0,
    learned="Mötena blev inte kortare utan papper. Anteckningarna blev fler (påhittat).",
    onward=Onward.STOP,
    onward_words="Vi har lärt oss nog. Pengarna gör mer nytta någon annanstans.",
)
LAST = Told(
    progress=Progress.ON_TRACK,
    spent_minor=47_350_00,
    learned="Fyra av fem cyklade mer än de hade trott. Den femte hade för långt hem.",
    results="Tre elcyklar ersatte en bil på den tätaste rundan. Körtiden per dag blev 35 minuter "
    "kortare, räknat under sex veckor (påhittade siffror).",
    onward=Onward.CONTINUE,
)


def play(slug: str, now: datetime) -> None:
    """Follow up the round called ``slug``, which is decided and public at ``now``."""
    granted = Application.objects.filter(
        round__programme__organisation__slug="slusstad", round__slug=slug, outcome__in=GRANTED
    ).select_related("idea")
    projects = {}
    for application in granted:
        project = begin(application.pk, at=application.decided_at or now)
        if project is not None:
            projects[application.idea.title] = project
    office = Person.objects.filter(
        appointments__organisation__slug="slusstad",
        appointments__role=Role.ADMINISTRATOR.value,
    ).order_by("pk")[0]
    _goes_on(projects[LAMPS], office, now)
    _becomes_permanent(projects[BIKES], office, now)


def stop(slug: str, title: str, at: datetime) -> None:
    """Stop a project of Burlöv's that came from a table: the office writes what it was told."""
    project = Project.objects.select_related("idea").get(
        idea__applications__round__slug=slug,
        idea__applications__round__programme__organisation__slug="burlov",
        idea__title=title,
    )
    office = Person.objects.get(
        appointments__organisation__slug="burlov",
        appointments__role=Role.ADMINISTRATOR.value,
    )
    told = replace(ENOUGH, told_by=project.coordinator_name)
    sent = report(project.pk, kind=ReportKind.INTERIM, told=told, by=office, at=at)
    _accept(sent, office, at + DAY)


def _goes_on(project: Project, office: Person, now: datetime) -> None:
    """A report with a photo is accepted, the page is published, and the next report waits."""
    owner = _owner(project)
    content = night()
    photo = Photo("nattlampor.png", BytesIO(content), len(content))
    first = _tell(project, ReportKind.INTERIM, FIRST, now - 60 * DAY, photo)
    _accept(first, office, now - 58 * DAY)
    page = Page(
        purpose="Äldre faller på väg till toaletten om natten. Vi provar golvlampor som tänds av "
        "steg, hemma hos tio personer.",
        learned=FIRST.learned,
        pictured=first.pk,
        named=True,
    )
    present(project.pk, page=page, version=0, publish=True, by=owner, at=now - 57 * DAY)
    _tell(project, ReportKind.INTERIM, SECOND, now - DAY, None)


def _becomes_permanent(project: Project, office: Person, now: datetime) -> None:
    """The final report is accepted, a unit takes over, and the page says so."""
    final = _tell(project, ReportKind.FINAL, LAST, now - 20 * DAY, None)
    _accept(final, office, now - 18 * DAY)
    facts = Facts(
        since=(now - 12 * DAY).date(),
        unit=project.idea.unit_id,
        owner_name="Enhetschefen för hemtjänsten",
        budget="Hemtjänstens ram, konto 4310 (påhittat)",
        yearly_minor=9_000_00,
    )
    adopt(project.pk, facts=facts, by=office, at=now - 10 * DAY)
    page = Page(
        purpose="Korta besök tar lång tid med bil, och bilarna räcker inte. Vi provar elcyklar på "
        "den tätaste rundan.",
        results=LAST.results,
        learned=LAST.learned,
    )
    present(project.pk, page=page, version=0, publish=True, by=office, at=now - 9 * DAY)


def _owner(project: Project) -> Person:
    if project.coordinator is None:
        raise RuntimeError("The demonstration's projects have a coordinator.")
    return project.coordinator


def _tell(
    project: Project, kind: ReportKind, told: Told, at: datetime, photo: Photo | None
) -> Report:
    return report(project.pk, kind=kind, told=told, photo=photo, by=_owner(project), at=at)


def _accept(sent: Report, office: Person, at: datetime) -> None:
    accept_report(sent.pk, seen=sent.at.isoformat(), by=office, at=at)


# --- A picture of our own, so that nobody else's is needed ---------------------------------------

WIDTH, HEIGHT, FLOOR = 640, 400, 290
LAMP_PLACES = ((90, 282), (240, 276), (372, 271), (480, 267))  # (x, y), nearest first


def night() -> bytes:
    """A drawn corridor at night with four lamps along the floor, as PNG."""
    rows = b"".join(
        b"\0" + bytes(part for x in range(WIDTH) for part in _colour(x, y)) for y in range(HEIGHT)
    )
    header = struct.pack(">2I5B", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _colour(x: int, y: int) -> tuple[int, int, int]:
    """The colour of one point: dusk, a darker floor, and the warmth of each lamp."""
    dusk = (26, 34, 52) if y < FLOOR else (34, 30, 34)
    warm = 0.0
    for number, (lamp_x, lamp_y) in enumerate(LAMP_PLACES):
        reach = 5200 / (1 + number * 0.55)
        across, down = x - lamp_x, (y - lamp_y) * (1.1 if y < lamp_y else 2.2)
        warm += reach / (reach + 3 * (across * across + down * down))
    glow = min(warm, 1.0)
    return (
        min(255, int(dusk[0] + 214 * glow)),
        min(255, int(dusk[1] + 160 * glow)),
        min(255, int(dusk[2] + 74 * glow)),
    )
