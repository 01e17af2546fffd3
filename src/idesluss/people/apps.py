from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "idesluss.people"
    label = "people"
