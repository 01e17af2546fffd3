from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "idesluss.jobs"
    label = "jobs"
