"""Foreign keys point down the house, as imports do."""

from django.apps import apps
from django.db.models import Field, Model

from tests.architecture.source import DOORS, ROOMS

GROUND = {"contenttypes", "auth", "sessions"}  # Django's own, below everything


def height(model: type[Model]) -> int:
    """The floor a table stands on: Django's own are lowest, the doors' highest."""
    label = model._meta.app_label
    if label in GROUND:
        return -1
    return ROOMS.index(label) if label in ROOMS else len(ROOMS)


def relations(model: type[Model]) -> list[Field]:
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field for field in fields if field.is_relation and field.related_model]


def our_models() -> list[type[Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if "idesluss" in m.__module__]


def test_no_foreign_key_points_up():
    up = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in relations(model)
        if height(field.related_model) > height(model)
    ]
    assert up == []


def test_every_table_belongs_to_a_known_room():
    assert {model._meta.app_label for model in our_models()} <= {*ROOMS, *DOORS}
