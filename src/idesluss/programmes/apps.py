from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "idesluss.programmes"
    label = "programmes"
