"""App configuration."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "digna.training"
    verbose_name = "Formación"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.training import words

        WORDS.update(words.WORDS)
