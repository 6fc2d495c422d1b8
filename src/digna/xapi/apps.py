"""App configuration."""

from django.apps import AppConfig


class XapiConfig(AppConfig):
    name = "digna.xapi"
    verbose_name = "Registros de aprendizaje"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.registry.services import erasure
        from digna.xapi import words
        from digna.xapi.services import forgetting

        WORDS.update(words.WORDS)
        erasure.FORGETTERS.append(forgetting.forget)
