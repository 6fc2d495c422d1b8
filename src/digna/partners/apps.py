"""App configuration."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "digna.partners"
    verbose_name = "Socios"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.partners import words

        WORDS.update(words.WORDS)
