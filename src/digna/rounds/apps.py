"""App configuration."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "digna.rounds"
    verbose_name = "Ruedas de negocios"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.registry import stories
        from digna.registry.services import erasure
        from digna.rounds import chapters, words
        from digna.rounds.services import parties

        WORDS.update(words.WORDS)
        erasure.FORGETTERS.append(parties.forget)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        stories.OF_PERSON.append(chapters.of_person)
