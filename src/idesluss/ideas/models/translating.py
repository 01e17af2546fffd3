"""Translation: the service that an organisation has connected, and what it has translated."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from idesluss.ideas.vocab import Speaks
from idesluss.people.models import Organisation, Person, standing_of
from idesluss.people.vocab import Role

ADDRESS_LENGTH, MODEL_LENGTH, KEY_LENGTH = 300, 100, 500  # characters


class TranslationServiceQuerySet(models.QuerySet["TranslationService"]):
    def visible_to(self, person: Any, *, at: datetime) -> Self:
        """How the services are set up, for those who administer their organisations."""
        mine = standing_of(person, at).organisations_as(Role.ADMINISTRATOR)
        return self.filter(organisation__in=mine)

    def connected(self) -> Self:
        """Services that are in use."""
        return self.filter(off_at=None)


class TranslationService(models.Model):
    """Where an organisation has texts translated; there is none until somebody connects one."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="translation_service"
    )
    speaks = models.CharField(max_length=6, choices=Speaks.choices)
    address = models.CharField(max_length=ADDRESS_LENGTH)
    model = models.CharField(max_length=MODEL_LENGTH, blank=True)  # of a language model
    key_sealed = models.TextField(blank=True)  # encrypted; nobody is ever shown it again
    inside = models.BooleanField(default=False)  # also what only the organisation may read
    connected_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    connected_at = models.DateTimeField()
    off_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = TranslationServiceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(speaks=Speaks.OPENAI.value) | ~Q(model=""),
                name="translation_language_model_has_name",
            ),
            models.CheckConstraint(
                condition=Q(off_at=None) | Q(key_sealed=""), name="translation_off_has_no_key"
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Translation(models.Model):
    """What a service made of a title and a text, kept so that it is asked once for each text.

    Read by whoever reads the page of the thing itself; ``digest`` says of which words it was made.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="translations")
    about_kind = models.CharField(max_length=60)  # "ideas.idea"
    about_id = models.BigIntegerField()
    language = models.CharField(max_length=5)  # that it was translated into
    digest = models.CharField(max_length=64)  # SHA-256 of the original
    host = models.CharField(max_length=ADDRESS_LENGTH)  # of the service that made it
    title = models.TextField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "about_kind", "about_id", "language"],
                name="translation_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "at"], name="translation_lately"),
            models.Index(fields=["about_kind", "about_id"], name="translation_about"),
        ]

    def __str__(self) -> str:
        return self.title
