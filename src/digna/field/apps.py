"""App configuration."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "digna.field"
    verbose_name = "Campo"

    def ready(self) -> None:
        from digna.field import forgetting, words
        from digna.journal.words import WORDS
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        erasure.FORGETTERS.append(forgetting.forget)
