"""What the tests of the celebration's pages have in common."""

from django.urls import reverse

from idesluss.funding.models import Application, Grant
from tests.factories import NOON


def url(party, page="celebrate", query=""):
    return (
        reverse(f"funding:{page}", args=[party.here.organisation.slug, party.here.round.slug])
        + query
    )


def more(party):
    def add(count):
        for number in range(count):
            case = party.here.case(f"Till {number}")
            Application.objects.filter(pk=case.pk).update(outcome="granted", decided_at=NOON)
            Grant.objects.create(application=case, year=2027, amount_minor=1, currency="SEK")

    return add
