"""App configuration."""

from django.apps import AppConfig


class MarketsConfig(AppConfig):
    name = "digna.markets"
    verbose_name = "Fichas de mercado"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.markets import chapters, taking, words
        from digna.programmes.services import kits
        from digna.registry import stories

        WORDS.update(words.WORDS)
        kits.TAKERS.append(taking.take)
        stories.LINKS_OF_ENTERPRISE.append(chapters.links_of_enterprise)
