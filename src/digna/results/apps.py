"""App configuration."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "digna.results"
    verbose_name = "Resultados"
