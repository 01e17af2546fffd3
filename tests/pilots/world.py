"""A project that was granted money, and those who have to do with it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

from PIL import Image

from idesluss.funding.models import Grant, Posting
from idesluss.ideas.vocab import Part
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project, Report
from idesluss.pilots.usecases import Photo, Told, begin, report
from idesluss.pilots.vocab import Onward, Progress, ReportKind
from idesluss.records.models import Entry
from tests.factories import (
    ApplicationFactory,
    OrganisationFactory,
    PersonFactory,
    PotFactory,
    ProgrammeFactory,
    RoundFactory,
    UnitFactory,
    involve,
    person_as,
)

DECIDED = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
MARCH = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
JUNE = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
LAST_DAY = date(2027, 11, 30)


class Town:
    """An organisation with a fund, an office and two colleagues who were granted 60 000 kr."""

    def __init__(self, *, steps: tuple[str, ...] = (), **organisation: Any) -> None:
        self.organisation = OrganisationFactory(**organisation)
        self.unit = UnitFactory(organisation=self.organisation, name="Vård och omsorg")
        self.programme = ProgrammeFactory(organisation=self.organisation, name="Vardagsfonden")
        for position, stage in enumerate(steps):
            self.programme.steps.create(stage=stage, name=stage, position=position)
        self.round = RoundFactory(programme=self.programme, results_at=DECIDED, project_year=2027)
        PotFactory(programme=self.programme, year=2027)
        self.boss = person_as(Role.ADMINISTRATOR, self.organisation, name="Maja Strand")
        self.anna = person_as(Role.EMPLOYEE, self.organisation, name="Anna Ek")
        self.bo = person_as(Role.EMPLOYEE, self.organisation, name="Bo Öberg")
        self.stranger = PersonFactory(name="Sten Främling")
        self.project = self.grant("Nattlampor som tänds av steg", owner=self.anna, with_=self.bo)

    def granted(self, title: str, *, owner: Person | None = None, **fields: Any) -> Any:
        """A granted application, all its money released; its project is not begun."""
        minor = fields.pop("minor", 60_000_00)
        year = fields.pop("year", 2027)
        application = ApplicationFactory(
            **{
                "round": self.round,
                "idea__title": title,
                "idea__contact": self.boss,
                "unit": self.unit,
                "stage": "testing",
                "outcome": "granted",
                "decided_at": DECIDED,
                "ends_on": LAST_DAY,
                "owner": owner,
                **fields,
            }
        )
        grant = Grant.objects.create(
            application=application, year=year, amount_minor=minor, currency="SEK"
        )
        if minor:
            Posting.objects.create(grant=grant, kind="released", amount_minor=minor, at=DECIDED)
        return application

    def grant(self, title: str, *, owner: Person, with_: Person | None = None, **fields) -> Project:
        """A project that has begun."""
        application = self.granted(title, owner=owner, **fields)
        if with_:
            involve(application.idea, with_, Part.CO_APPLICANT)
        project = begin(application.pk, at=DECIDED)
        assert project is not None
        return project

    def reports(
        self,
        project: Project | None = None,
        *,
        by: Person | None = None,
        at: datetime = MARCH,
        kind: ReportKind = ReportKind.INTERIM,
        photo: Photo | None = None,
        without_photo: bool = False,
        **fields: Any,
    ) -> Report:
        """The owner reports."""
        number = (project or self.project).pk
        return report(
            number,
            kind=kind,
            told=told(kind=kind, **fields),
            photo=photo,
            without_photo=without_photo,
            by=by or self.anna,
            at=at,
        )


def told(*, kind: ReportKind = ReportKind.INTERIM, **fields: Any) -> Told:
    """What a report says when nothing else is said."""
    return Told(
        **{
            "progress": Progress.ON_TRACK,
            "spent_minor": 12_500_00,
            "learned": "Lamporna ska sitta lågt.",
            "onward": Onward.CONTINUE,
            "results": "Tre fall färre." if kind is ReportKind.FINAL else "",
            **fields,
        }
    )


def picture(size: tuple[int, int] = (60, 40), kind: str = "JPEG", **how: Any) -> bytes:
    """The bytes of a picture; a JPEG tells where it was taken."""
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x010F] = "Storgatan 1"
        how = {"exif": exif, **how}
    into = io.BytesIO()
    Image.new("RGB", size, (30, 110, 80)).save(into, kind, **how)
    return into.getvalue()


def photo(name: str = "lampa.jpg", content: bytes | None = None) -> Photo:
    """A photo as somebody sends it."""
    data = picture() if content is None else content
    return Photo(name, io.BytesIO(data), len(data))


def verbs(thing: Any) -> list[str]:
    """What is noted about a thing, oldest first."""
    return [entry.verb for entry in Entry.objects.about(thing)]
