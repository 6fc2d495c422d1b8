"""App configuration."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "digna.surveys"
    verbose_name = "Formularios"

    def ready(self) -> None:
        from digna.journal import daily
        from digna.journal.words import WORDS
        from digna.surveys import (
            arrivals,
            binding,
            lists,
            registry_binders,
            registry_lists,
            sweeping,
            words,
        )

        WORDS.update(words.WORDS)
        daily.DUTIES["surveys.sweep"] = sweeping.sweep_daily
        arrivals.ready()
        binding.BINDERS.extend(registry_binders.BINDERS)
        lists.LISTS.extend(registry_lists.LISTS)
