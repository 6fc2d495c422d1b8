"""App configuration."""

from django.apps import AppConfig


class LinkagesConfig(AppConfig):
    name = "digna.linkages"
    verbose_name = "Mercados"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.linkages import words

        WORDS.update(words.WORDS)
