"""App configuration."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "digna.partners"
    verbose_name = "Socios"

    def ready(self) -> None:
        from digna.partners import words
        from digna.journal.words import WORDS

        WORDS.update(words.WORDS)
