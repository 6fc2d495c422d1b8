"""App configuration."""

from django.apps import AppConfig


class PackagesConfig(AppConfig):
    name = "digna.packages"
    verbose_name = "Paquetes"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.packages import chapters, listening, words
        from digna.packages.services import forgetting
        from digna.registry import stories
        from digna.registry.services import erasure
        from digna.xapi.services import statements

        WORDS.update(words.WORDS)
        erasure.FORGETTERS.append(forgetting.forget)
        stories.OF_PERSON.append(chapters.of_person)
        statements.GATES.append(listening.hold)
        statements.STORED.append(listening.take_in)
