from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "idesluss.records"
    label = "records"
