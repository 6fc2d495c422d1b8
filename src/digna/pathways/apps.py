"""App configuration."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "digna.pathways"
    verbose_name = "Rutas"
