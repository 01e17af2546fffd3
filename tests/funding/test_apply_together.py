import io

import pytest
from django.core.files.storage import default_storage

from idesluss.funding.models import Application
from idesluss.funding.usecases import attach, detach, involve, put_back, uninvolve
from idesluss.funding.usecases.held import NoLongerChangeable
from idesluss.ideas.models import Attachment
from idesluss.ideas.usecases.attach import TooManyFiles
from idesluss.ideas.usecases.involve import NotAColleague, TooManyPeople
from idesluss.ideas.vocab import MOST_FILES, Part
from idesluss.logic.files import BadFile, IsProgram, WrongEnding
from idesluss.logic.refusals import NotAllowed
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, OrganisationFactory, person_as
from tests.factories import involve as give_part
from tests.funding.applying import draft, employee_of, handed_in, verbs

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


def put(application, by, *, name="offert.pdf", data=PDF, at=NOON):
    return attach(application.pk, name=name, content=io.BytesIO(data), size=len(data), by=by, at=at)


def co_applicants(application):
    own = application.idea.involvements.filter(part=Part.CO_APPLICANT.value, ended_at=None)
    return [one.person.name for one in own]


# --- Files -------------------------------------------------------------------------------------


def test_a_file_is_kept_under_a_number_of_its_own():
    application, owner = draft()

    kept = put(application, owner, name="../../Offert å.PDF")

    kept = Attachment.objects.get(pk=kept.pk)
    assert (kept.name, kept.content_type, kept.size) == ("Offert å.PDF", "application/pdf", 17)
    assert kept.file.name == f"attachments/{kept.pk}"
    with kept.file.open() as stored:
        assert stored.read() == PDF
    entry = Entry.objects.about(application.idea).last()
    assert (entry.verb, entry.by_id) == ("ideas.attached", owner.pk)
    expected = {"attachment": str(kept.pk), "name": "Offert å.PDF", "sha256": kept.sha256}
    assert entry.data == expected


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("offert.pdf", b"MZ\0\0", IsProgram),
        ("offert.png", PDF, WrongEnding),
        ("offert.pdf", b"", BadFile),
    ],
)
def test_what_is_in_the_file_counts_and_nothing_bad_is_kept(name, data, refusal):
    application, owner = draft()

    with pytest.raises(refusal):
        put(application, owner, name=name, data=data)

    assert not Attachment.objects.exists()
    assert not default_storage.exists("attachments")


def test_the_same_file_by_a_double_click_is_one_file():
    application, owner = draft()

    first, second = put(application, owner), put(application, owner)
    other_name = put(application, owner, name="kopia.pdf")

    assert first == second != other_name
    assert Attachment.objects.count() == 2


def test_a_file_that_is_taken_away_can_be_put_back():
    application, owner = draft()
    kept = put(application, owner)

    detach(application.pk, attachment_id=kept.pk, by=owner, at=NOON)
    detach(application.pk, attachment_id=kept.pk, by=owner, at=NOON)
    assert Attachment.objects.get().removed_at == NOON

    put_back(application.pk, attachment_id=kept.pk, by=owner, at=NOON)
    put_back(application.pk, attachment_id=kept.pk, by=owner, at=NOON)
    assert Attachment.objects.get().removed_at is None
    files = ["ideas.attached", "ideas.detached", "ideas.put_back"]
    assert verbs(application.idea) == ["ideas.started", *files]


def test_a_case_has_room_for_ten_files():
    application, owner = draft()
    first = put(application, owner)
    detach(application.pk, attachment_id=first.pk, by=owner, at=NOON)
    for n in range(MOST_FILES):
        put(application, owner, name=f"{n}.pdf")

    with pytest.raises(TooManyFiles):
        put(application, owner, name="en till.pdf")
    with pytest.raises(TooManyFiles):
        put_back(application.pk, attachment_id=first.pk, by=owner, at=NOON)

    assert Attachment.objects.filter(removed_at=None).count() == MOST_FILES


def test_the_files_of_another_application_cannot_be_touched():
    application, owner = draft()
    theirs = put(*draft())

    for act in (detach, put_back):
        with pytest.raises(Attachment.DoesNotExist):
            act(application.pk, attachment_id=theirs.pk, by=owner, at=NOON)


def test_files_follow_the_same_times_as_words():
    application, owner = handed_in()
    kept = put(application, owner)
    closes_at = application.round.closes_at

    with pytest.raises(NoLongerChangeable):
        put(application, owner, at=closes_at)
    for act in (detach, put_back):
        with pytest.raises(NoLongerChangeable):
            act(application.pk, attachment_id=kept.pk, by=owner, at=closes_at)


# --- People ------------------------------------------------------------------------------------


def test_a_colleague_becomes_co_applicant_and_sees_the_draft():
    application, owner = draft()
    bo = employee_of(application.round, name="Bo Berg")

    involve(application.pk, person=bo, by=owner, at=NOON)
    involve(application.pk, person=bo, by=owner, at=NOON)
    involve(application.pk, person=owner, by=owner, at=NOON)

    assert co_applicants(application) == ["Bo Berg"]
    assert Application.objects.visible_to(bo, at=NOON).get() == application
    entry = Entry.objects.about(application.idea).last()
    assert (entry.verb, entry.data) == ("ideas.involved", {"person": bo.pk, "name": "Bo Berg"})
    assert verbs(application.idea) == ["ideas.started", "ideas.involved"]


def test_somebody_of_another_organisation_is_not_found_and_not_named():
    application, owner = draft()
    stranger = person_as(Role.EMPLOYEE, OrganisationFactory(), name="Hemlig Person")

    with pytest.raises(NotAColleague) as refused:
        involve(application.pk, person=stranger, by=owner, at=NOON)

    assert "Hemlig" not in refused.value.message
    assert co_applicants(application) == []


def test_only_the_owner_says_who_takes_part():
    application, owner = draft()
    bo, cecilia = employee_of(application.round), employee_of(application.round)
    give_part(application.idea, bo, Part.CO_APPLICANT)

    with pytest.raises(NotAllowed):
        involve(application.pk, person=cecilia, by=bo, at=NOON)
    with pytest.raises(NotAllowed):
        uninvolve(application.pk, person_id=bo.pk, by=bo, at=NOON)
    uninvolve(application.pk, person_id=bo.pk, by=owner, at=NOON)
    uninvolve(application.pk, person_id=bo.pk, by=owner, at=NOON)
    uninvolve(application.pk, person_id=owner.pk, by=owner, at=NOON)

    assert co_applicants(application) == []
    assert verbs(application.idea) == ["ideas.started", "ideas.part_ended"]


def test_there_is_room_for_twenty():
    application, owner = draft()
    for _ in range(20):
        involve(application.pk, person=employee_of(application.round), by=owner, at=NOON)

    with pytest.raises(TooManyPeople):
        involve(application.pk, person=employee_of(application.round), by=owner, at=NOON)
