from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "idesluss.assessment"
    label = "assessment"
