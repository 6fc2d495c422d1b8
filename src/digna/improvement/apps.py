"""App configuration."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "digna.improvement"
    verbose_name = "Mejora"

    def ready(self) -> None:
        from digna.improvement import arrivals, chapters, taking, words
        from digna.improvement.services import forgetting
        from digna.journal.words import WORDS
        from digna.programmes.services import kits
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        arrivals.ready()
        kits.TAKERS.append(taking.take)
        erasure.FORGETTERS.append(forgetting.forget)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        stories.LINKS_OF_ENTERPRISE.append(chapters.links_of_enterprise)
