"""App configuration."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "digna.config"
    verbose_name = "Instalación"
