"""App configuration."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "digna.studies"
    verbose_name = "Estudios"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.programmes.services import kits
        from digna.studies import taking, words

        WORDS.update(words.WORDS)
        kits.TAKERS.append(taking.take)
