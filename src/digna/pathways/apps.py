"""App configuration."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "digna.pathways"
    verbose_name = "Rutas"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.pathways import arrivals, chapters, words  # noqa: F401 — intakes are kept
        from digna.pathways.services import forgetting
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        erasure.FORGETTERS.append(forgetting.forget)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        stories.LINKS_OF_ENTERPRISE.append(chapters.links_of_enterprise)
