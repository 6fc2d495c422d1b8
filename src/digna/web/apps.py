"""App configuration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "digna.web"
    verbose_name = "Pantallas"
