"""The owner reports; what is sent can be changed until somebody answers it."""

import io

import pytest
from PIL import Image

from idesluss.logic.files import IsWebPage
from idesluss.logic.money import BadAmount
from idesluss.logic.pictures import BrokenPicture, NotAPhoto
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.pilots.models import Report
from idesluss.pilots.refusals import NoLongerRunning
from idesluss.pilots.usecases import return_report
from idesluss.pilots.vocab import Onward, Progress, ReportKind
from tests.pilots.world import JUNE, MARCH, Photo, Town, photo, picture, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Town()


def test_a_report_says_how_it_goes_and_waits_for_an_answer(town):
    report = town.reports(progress=Progress.LATE, learned="  Lågt sitter bäst. ")
    town.project.refresh_from_db()

    assert report.learned == "Lågt sitter bäst."
    assert (report.spent_minor, report.currency, report.by) == (12_500_00, "SEK", town.anna)
    assert (report.accepted_at, report.returned_at) == (None, None)
    assert town.project.progress == "late"
    assert verbs(town.project) == ["pilots.begun", "pilots.reported"]


def test_a_co_applicant_reports_too(town):
    assert town.reports(by=town.bo).by == town.bo


def test_sending_again_changes_the_report_that_waits(town):
    first = town.reports()
    again = town.reports(by=town.bo, at=JUNE, spent_minor=20_000_00, kind=ReportKind.FINAL)

    assert again.pk == first.pk
    assert (again.spent_minor, again.kind, again.by) == (20_000_00, "final", town.bo)
    assert Report.objects.count() == 1
    assert verbs(town.project)[1:] == ["pilots.reported", "pilots.report_changed"]


def test_a_report_that_was_sent_back_is_written_anew_with_its_photo(town):
    first = town.reports(photo=photo(), photo_text="En lampa vid golvet.")
    answer = {"words": "Hur många fall?", "seen": first.at.isoformat()}
    return_report(first.pk, **answer, by=town.boss, at=MARCH)

    second = town.reports(at=JUNE, photo_text="En lampa vid golvet.")

    assert second.pk != first.pk
    assert second.photo == first.photo
    first.refresh_from_db()
    assert first.returned_words == "Hur många fall?"


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        (ReportKind.INTERIM, {"learned": " \n"}, "learned"),
        (ReportKind.INTERIM, {"onward": Onward.CHANGE}, "onward_words"),
        (ReportKind.INTERIM, {"onward": Onward.STOP, "onward_words": " "}, "onward_words"),
        (ReportKind.FINAL, {"results": ""}, "results"),
    ],
)
def test_what_must_be_told_is_asked_for_where_it_is_missing(town, kind, fields, field):
    with pytest.raises(Missing) as caught:
        town.reports(kind=kind, **fields)
    assert caught.value.field == field
    assert not Report.objects.exists()


@pytest.mark.parametrize("field", ["learned", "onward_words", "results", "photo_text"])
def test_a_text_has_room_for_so_much(town, field):
    limit = 300 if field == "photo_text" else 4000
    with pytest.raises(TooLong) as caught:
        town.reports(kind=ReportKind.FINAL, **{field: "x" * (limit + 1)})
    assert (caught.value.field, caught.value.params) == (field, {"limit": limit})


def test_nobody_spends_less_than_nothing(town):
    with pytest.raises(BadAmount) as caught:
        town.reports(spent_minor=-1)
    assert caught.value.field == "spent"


@pytest.mark.parametrize("stage", ["stopped", "permanent"])
def test_a_project_that_has_ended_takes_no_reports(town, stage):
    type(town.project.idea).objects.filter(pk=town.project.idea_id).update(stage=stage)
    with pytest.raises(NoLongerRunning):
        town.reports()


@pytest.mark.parametrize("who", ["boss", "stranger"])
def test_only_those_who_carry_it_out_report(town, who):
    with pytest.raises(NotAllowed):
        town.reports(by=getattr(town, who))
    assert not Report.objects.exists()


def test_who_has_left_the_organisation_reports_no_more(town):
    town.anna.appointments.update(ends=MARCH.date())
    with pytest.raises(NotAllowed):
        town.reports(at=JUNE)


# --- The photo ---------------------------------------------------------------------------------


def test_a_photo_is_kept_with_the_case_without_what_it_tells_on_the_side(town):
    assert b"Storgatan 1" in picture()
    report = town.reports(photo=photo(), photo_text=" En lampa vid golvet. ")

    with report.photo.file.open("rb") as kept:
        content = kept.read()
    assert b"Storgatan 1" not in content
    assert Image.open(io.BytesIO(content)).size == (60, 40)
    assert (report.photo.content_type, report.photo.size) == ("image/jpeg", len(content))
    assert report.photo_text == "En lampa vid golvet."
    assert report.photo.idea == town.project.idea


def test_a_photo_without_words_is_refused_and_not_kept(town):
    with pytest.raises(Missing) as caught:
        town.reports(photo=photo(), photo_text=" ")
    assert caught.value.field == "photo_text"
    assert not town.project.idea.attachments.exists()


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("sida.jpg", b"<html><script>", IsWebPage),
        ("offert.pdf", b"%PDF-1.7", NotAPhoto),
        ("rörlig.gif", b"GIF89a" + bytes(20), NotAPhoto),
        ("lampa.jpg", picture()[:200], BrokenPicture),
    ],
)
def test_only_a_whole_picture_is_a_photo(town, name, content, refusal):
    with pytest.raises(refusal) as caught:
        town.reports(photo=photo(name, content), photo_text="En lampa")
    assert type(caught.value) is refusal
    assert caught.value.field == "file"
    assert not Report.objects.exists()


def test_another_photo_takes_the_place_of_the_first(town):
    first = town.reports(photo=photo(), photo_text="En lampa").photo
    green = Photo("b.png", io.BytesIO(data := picture(kind="PNG")), len(data))
    report = town.reports(photo=green, photo_text="Två lampor")
    first.refresh_from_db()

    assert report.photo.name == "b.png"
    assert first.removed_at is not None


def test_without_a_new_photo_the_report_keeps_its_own(town):
    first = town.reports(photo=photo(), photo_text="En lampa")
    again = town.reports(at=JUNE, photo_text="En lampa, tänd")

    assert (again.photo, again.photo_text) == (first.photo, "En lampa, tänd")


def test_a_photo_can_be_taken_away(town):
    kept = town.reports(photo=photo(), photo_text="En lampa").photo
    report = town.reports(without_photo=True, photo_text="En lampa")
    kept.refresh_from_db()

    assert (report.photo, report.photo_text) == (None, "")
    assert kept.removed_at == MARCH


def test_a_photo_that_another_report_shows_stays(town):
    first = town.reports(photo=photo(), photo_text="En lampa")
    answer = {"words": "Mer?", "seen": first.at.isoformat()}
    return_report(first.pk, **answer, by=town.boss, at=MARCH)
    town.reports(at=JUNE, photo_text="En lampa")
    town.reports(at=JUNE, without_photo=True)
    first.photo.refresh_from_db()

    assert first.photo.removed_at is None


def test_reports_have_room_for_photos_when_the_application_has_filled_its_own(town):
    for number in range(25):
        town.project.idea.attachments.create(
            name=f"{number}.pdf", content_type="application/pdf", size=1, sha256=str(number),
            added_by=town.anna, added_at=MARCH,
        )  # fmt: skip
    assert town.reports(photo=photo(), photo_text="En lampa").photo is not None
