"""App configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "digna.reports"
    verbose_name = "Informes"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.reports import words

        WORDS.update(words.WORDS)
