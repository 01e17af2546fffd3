"""Letters to somebody without an account: where they said that they can be reached, or nowhere."""

import pytest

from idesluss.mail.handlers import put
from idesluss.mail.letters import Composed
from idesluss.records.models import Letter
from idesluss.records.usecases import note
from tests.factories import NOON, PersonFactory, sluice_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reach", "state"), [("bo@hemma.example", "queued"), ("", "unwanted")], ids=["mail", "nothing"]
)
def test_a_guest_is_written_to_at_once_where_they_can_be_reached_and_else_not(reach, state):
    guest = PersonFactory(name="", email=None, guest=True, reach_mail=reach)
    idea = sluice_case(owner=guest)
    entry = note("ideas.said", about=idea, by=idea.responsible, at=NOON)
    put(entry, "ideas.said", guest, Composed("Hej", "Hej", "sv"), NOON)
    letter = Letter.objects.get()
    assert (letter.to, letter.state) == (reach, state)
