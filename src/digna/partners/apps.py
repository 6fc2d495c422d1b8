"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PartnersConfig(AppConfig):
    name = "digna.partners"
    verbose_name = "Socios"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.partners import chapters, kit_sections, words
        from digna.programmes.services import kits
        from digna.registry import stories

        WORDS.update(words.WORDS)
        kits.TAKERS.append(kit_sections.take)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        autodiscover_modules("ownership")
