"""App configuration."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "digna.rounds"
    verbose_name = "Ruedas de negocios"
