"""App configuration."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "digna.certificates"
    verbose_name = "Certificados"

    def ready(self) -> None:
        from digna.certificates import words
        from digna.journal.words import WORDS

        WORDS.update(words.WORDS)
