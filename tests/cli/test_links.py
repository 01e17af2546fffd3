"""The links that the command line prints lead to the page that takes them."""

import pytest
from django.conf import settings
from django.utils import timezone

from idesluss.cli.serve import address_of
from idesluss.people.usecases import first_link

pytestmark = pytest.mark.django_db


def test_the_first_link_opens_the_first_page(client):
    address = address_of(first_link(at=timezone.now()))

    assert address.startswith(f"{settings.URL}/start/")
    assert client.get(address.removeprefix(settings.URL)).status_code == 200
