"""What the tests of the public round have in common."""

from django.urls import reverse


def url(here, name="round"):
    return reverse(f"funding:{name}", args=[here.organisation.slug, here.round.slug])


def announced(here, **fields):
    for name, value in {"public": True, **fields}.items():
        setattr(here.round, name, value)
    here.round.save()
    return here
