"""App configuration."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "digna.learning"
    verbose_name = "Cursos"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.learning import arrivals, taking, words
        from digna.learning.services import forgetting
        from digna.programmes.services import kits
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        arrivals.ready()
        kits.WHOLE_TAKERS.append(taking.take)
        erasure.FORGETTERS.append(forgetting.forget)
