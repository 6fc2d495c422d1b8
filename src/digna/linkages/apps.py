"""App configuration."""

from django.apps import AppConfig


class LinkagesConfig(AppConfig):
    name = "digna.linkages"
    verbose_name = "Mercados"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.linkages import chapters, taking, words
        from digna.linkages.services import forgetting
        from digna.programmes.services import kits
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        kits.TAKERS.append(taking.take)
        erasure.FORGETTERS.append(forgetting.forget)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        stories.LINKS_OF_ENTERPRISE.append(chapters.links_of_enterprise)
