"""App configuration."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "digna.learning"
    verbose_name = "Cursos"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.learning import arrivals, chapters, packaged, players, taking, words
        from digna.learning.services import forgetting
        from digna.packages import settling
        from digna.programmes.services import kits
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        arrivals.ready()
        kits.WHOLE_TAKERS.append(taking.take)
        players.PLAYERS.append(packaged.address)
        settling.RESULTS.append(packaged.take_in)
        erasure.FORGETTERS.append(forgetting.forget)
        stories.OF_PERSON.append(chapters.of_person)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        stories.LINKS_OF_PERSON.append(chapters.links_of_person)
        stories.LINKS_OF_ENTERPRISE.append(chapters.links_of_enterprise)
