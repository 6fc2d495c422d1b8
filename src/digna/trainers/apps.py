"""App configuration."""

from django.apps import AppConfig


class TrainersConfig(AppConfig):
    name = "digna.trainers"
    verbose_name = "Formadores"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.registry import stories
        from digna.registry.services import erasure
        from digna.trainers import chapters, words
        from digna.trainers.services import evidence

        WORDS.update(words.WORDS)
        erasure.FORGETTERS.append(evidence.forget)
        stories.OF_PERSON.append(chapters.of_person)
        stories.LINKS_OF_PERSON.append(chapters.links_of_person)
