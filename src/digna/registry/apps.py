"""App configuration."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "digna.registry"
    verbose_name = "Registro"
