from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "idesluss.cli"
    label = "cli"
