from django.apps import AppConfig


class PilotsConfig(AppConfig):
    name = "idesluss.pilots"
    label = "pilots"
