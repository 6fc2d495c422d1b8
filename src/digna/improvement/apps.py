"""App configuration."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "digna.improvement"
    verbose_name = "Mejora"

    def ready(self) -> None:
        from digna.improvement import chapters, words
        from digna.improvement.services import forgetting, instruments
        from digna.journal.words import WORDS
        from digna.programmes.services import kits
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        kits.TAKERS.append(instruments.take)
        erasure.FORGETTERS.append(forgetting.forget)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
