"""App configuration."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "digna.journal"
    verbose_name = "Diario"
