"""App configuration."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "digna.programmes"
    verbose_name = "Programas"
