"""Colleagues and files, from the step for them; and the files themselves."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from idesluss.ideas.models import Attachment
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from tests.factories import NOON, OrganisationFactory, declare, involve, person_as
from tests.funding.applying import handed_in
from tests.web.funding.applicant import Desk, text, whole_round, whole_round_answered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def act(desk, name, **data):
    return desk.post("edit", "people", data={"act": name, **data})


def attach(desk, *files):
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return act(desk, "attach", file=uploads)


def co_applicants(desk):
    parts = desk.idea.involvements.filter(part=Part.CO_APPLICANT.value, ended_at=None)
    return [one.person for one in parts]


# --- Colleagues --------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["öberg", "BO", "bo@slusstad.example"])
def test_a_colleague_is_found_by_part_of_the_name_or_by_address_and_added(wanted):
    desk = Desk.with_draft()
    bo = desk.colleague(name="Bo Öberg", email="bo@slusstad.example").person

    found = desk.get("edit", "people", query=f"?who={wanted}")
    assert "1 person found Bo Öberg bo@slusstad.example Add Bo Öberg" in text(found)
    assert act(desk, "involve", person=bo.pk).url == desk.url("edit", "people") + "#people"
    assert co_applicants(desk) == [bo]
    again = desk.get("edit", "people", query=f"?who={wanted}")
    assert "Bo Öberg bo@slusstad.example already takes part" in text(again)

    act(desk, "uninvolve", person=bo.pk)
    assert co_applicants(desk) == []


def test_nobody_can_tell_who_exists_in_other_organisations():
    desk = Desk.with_draft()
    elsewhere = OrganisationFactory()
    stranger = person_as(Role.EMPLOYEE, elsewhere, name="Hemlig", email="hemlig@annan.example")

    by_name = text(desk.get("edit", "people", query="?who=Hemlig"))
    by_address = text(desk.get("edit", "people", query="?who=hemlig@annan.example"))
    nobody = text(desk.get("edit", "people", query="?who=nobody@annan.example"))
    added = act(desk, "involve", person=stranger.pk)

    assert by_address == nobody.replace("nobody@", "hemlig@")
    assert "We find nobody at" in by_name
    assert co_applicants(desk) == []
    refused = text(desk.client.get(added.url))
    assert "We find nobody at" in refused
    assert "Hemlig" not in refused


def test_somebody_who_has_left_is_not_found():
    desk = Desk.with_draft()
    gone = desk.colleague(name="Bo Öberg").person
    gone.appointments.update(ends=NOON.date())

    assert "We find nobody" in text(desk.get("edit", "people", query="?who=Bo"))


def test_one_letter_finds_nobody():
    desk = Desk.with_draft()
    desk.colleague(name="Bo Öberg")

    page = text(desk.get("edit", "people", query="?who=B"))

    assert "Write at least two letters." in page
    assert "Bo Öberg" not in page


def test_at_most_ten_are_shown():
    desk = Desk.with_draft()
    for number in range(12):
        desk.colleague(name=f"Bo {number:02}")

    assert "10 people found Bo 00" in text(desk.get("edit", "people", query="?who=bo"))


def test_a_co_applicant_sees_who_takes_part_but_chooses_nobody():
    desk = Desk.with_draft()
    bo = desk.colleague(name="Bo Öberg")
    involve(desk.application.idea, bo.person, Part.CO_APPLICANT)

    page = text(bo.get("edit", "people"))
    refused = act(bo, "uninvolve", person=bo.person.pk)

    assert "Bo Öberg co-applicant" in page
    assert "Find a colleague" not in page
    assert "You are not allowed to do this." in text(bo.client.get(refused.url))
    assert co_applicants(desk) == [bo.person]


@pytest.mark.parametrize("person", ["", "x", "9" * 30, "987654"])
def test_a_person_that_does_not_exist_is_not_found(person):
    assert act(Desk.with_draft(), "involve", person=person).status_code == 404


# --- Attaching ---------------------------------------------------------------------------------


def test_several_files_at_once_and_those_that_cannot_be_are_told_one_by_one():
    desk = Desk.with_draft(whole_round())

    response = attach(desk, ("offert.pdf", PDF), ("virus.pdf", b"MZ\0\0"), ("tom.txt", b""))

    assert response.status_code == 422
    said = text(response)
    assert "1 file was attached." in said
    assert "“virus.pdf” is a program. Programs cannot be attached." in said
    assert "“tom.txt” is empty." in said
    assert [one.name for one in Attachment.objects.all()] == ["offert.pdf"]


def test_good_files_lead_back_to_the_list_of_them():
    desk = Desk.with_draft(whole_round())

    response = attach(desk, ("offert.pdf", PDF), ("bild.png", PNG))

    assert response.url == desk.url("edit", "people") + "#files"
    page = text(desk.get("edit", "people"))
    assert "2 files were attached." in page
    assert "bild.png 28" in page


def test_no_file_and_too_many_at_once_are_told():
    desk = Desk.with_draft()

    assert "Choose a file first." in text(attach(desk))
    many = attach(desk, *((f"{n}.pdf", PDF) for n in range(11)))
    assert "Choose at most 10 files at a time." in text(many)
    assert not Attachment.objects.exists()


def test_a_file_that_is_removed_can_be_put_back():
    desk = Desk.with_draft()
    attach(desk, ("offert.pdf", PDF))
    number = Attachment.objects.get().pk

    removed = act(desk, "detach", file=number)
    assert removed.url == f"{desk.url('edit', 'people')}?removed={number}#files"
    page = text(desk.client.get(removed.url))
    assert "“offert.pdf” is removed. Put it back" in page
    assert "No files yet." in page

    act(desk, "put_back", file=number)
    assert Attachment.objects.get().removed_at is None


def test_more_than_any_form_needs_is_refused_before_it_is_read(monkeypatch):
    desk = Desk.with_draft()
    monkeypatch.setattr("idesluss.web.frame.uploads.LARGEST", 1000)

    response = attach(desk, ("offert.pdf", PDF + b"x" * 1000))

    assert response.status_code == 413
    assert "What you sent is larger than the service can take." in text(response)
    assert not Attachment.objects.exists()


def test_a_file_too_large_for_memory_is_kept_like_the_others(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    desk = Desk.with_draft()

    attach(desk, ("offert.pdf", PDF * 1000))

    assert Attachment.objects.get().size == 17_000


@pytest.mark.parametrize("query", ["?removed=x", "?removed=00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_no_removed_file_offers_nothing(query):
    assert "is removed" not in text(Desk.with_draft().get("edit", "people", query=query))


def test_the_files_of_others_cannot_be_removed():
    desk, other = Desk.with_draft(), Desk.with_draft()
    attach(other, ("offert.pdf", PDF))
    theirs = Attachment.objects.get()

    for number in (theirs.pk, "x", ""):
        assert act(desk, "detach", file=number).status_code == 404
    assert Attachment.objects.get().removed_at is None


def test_an_act_that_does_not_exist_saves_the_step_instead():
    assert act(Desk.with_draft(), "nonsense").url.endswith("/submit/")


# --- Reading -----------------------------------------------------------------------------------


@pytest.fixture
def kept():
    """A desk with an application that is handed in, and its file."""
    desk = Desk(*handed_in(whole_round_answered()))
    attach(desk, ("offert å.pdf", PDF))
    return desk, Attachment.objects.get()


def file_url(desk, attachment, organisation=None):
    organisation = organisation or desk.application.round.programme.organisation
    return reverse("ideas:attachment", args=[organisation.slug, attachment.pk])


def test_a_document_is_saved_and_never_shown_as_a_page_of_ours(kept):
    desk, attachment = kept

    response = desk.client.get(file_url(desk, attachment))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''offert%20%C3%A5.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response["Content-Security-Policy"] == policy
    assert response["Cache-Control"] == "private, no-store"


def test_a_picture_is_shown(kept):
    desk, _ = kept
    attach(desk, ("bild.png", PNG))

    response = desk.client.get(file_url(desk, Attachment.objects.get(name="bild.png")))

    assert response["Content-Disposition"] == 'inline; filename="bild.png"'
    assert response["Content-Type"] == "image/png"
    response.close()


def test_who_may_read_a_file(kept):
    desk, attachment = kept
    organisation = desk.application.round.programme.organisation
    administrator = Desk(desk.application, person_as(Role.ADMINISTRATOR, organisation))
    shut_out = Desk(desk.application, person_as(Role.ADMINISTRATOR, organisation))
    declare(desk.application.idea, shut_out.person, ConflictState.DECLARED)
    stranger = Desk(desk.application, person_as(Role.ADMINISTRATOR, OrganisationFactory()))
    readers = [desk, administrator, desk.colleague(), shut_out, stranger]

    answers = [reader.client.get(file_url(desk, attachment)) for reader in readers]

    assert [answer.status_code for answer in answers] == [200, 200, 404, 404, 404]
    assert desk.client.get(file_url(desk, attachment, OrganisationFactory())).status_code == 404
    for answer in answers[:2]:
        answer.close()


def test_a_file_that_is_removed_or_lost_is_not_found(kept):
    desk, attachment = kept

    act(desk, "detach", file=attachment.pk)
    assert desk.client.get(file_url(desk, attachment)).status_code == 404
    act(desk, "put_back", file=attachment.pk)
    attachment.file.storage.delete(attachment.file.name)
    assert desk.client.get(file_url(desk, attachment)).status_code == 404
