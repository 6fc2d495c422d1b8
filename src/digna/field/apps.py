"""App configuration."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "digna.field"
    verbose_name = "Campo"

    def ready(self) -> None:
        from digna.field import flags, forgetting, sweeping, words
        from digna.journal import daily
        from digna.journal.words import WORDS
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        daily.DUTIES["field.sweep"] = sweeping.sweep_daily
        erasure.FORGETTERS.append(forgetting.forget)
        stories.FLAGS_OF_PERSON.append(flags.of_people)
        stories.FLAGS_OF_ENTERPRISE.append(flags.of_enterprises)
