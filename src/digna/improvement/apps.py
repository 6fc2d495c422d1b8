"""App configuration."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "digna.improvement"
    verbose_name = "Mejora"

    def ready(self) -> None:
        from digna.improvement import words
        from digna.journal.words import WORDS

        WORDS.update(words.WORDS)
