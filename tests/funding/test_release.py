import pytest

from idesluss.records.models import Entry
from tests.funding.meeting import decided_room

pytestmark = pytest.mark.django_db


def test_a_release_decides_every_application_once():
    here = decided_room()

    assert here.release().first
    for case in here.cases:
        case.refresh_from_db()
    assert [case.outcome for case in here.cases] == ["granted", "granted", "refused"]
    assert Entry.objects.filter(verb="funding.decided").count() == 3
