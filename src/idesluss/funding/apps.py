from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "idesluss.funding"
    label = "funding"
