from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "idesluss.web.frame"
    label = "frame"
