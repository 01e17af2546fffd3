from django.apps import AppConfig


class AdoptionConfig(AppConfig):
    name = "idesluss.adoption"
    label = "adoption"
