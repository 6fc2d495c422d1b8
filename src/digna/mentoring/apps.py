"""App configuration."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "digna.mentoring"
    verbose_name = "Mentoría"

    def ready(self) -> None:
        from digna.journal import daily
        from digna.journal.words import WORDS
        from digna.mentoring import chapters, releasing, words
        from digna.mentoring.services import forgetting
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        daily.DUTIES["mentoring.release"] = releasing.release_daily
        erasure.FORGETTERS.append(forgetting.forget)
        stories.OF_PERSON.append(chapters.of_person)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        stories.LINKS_OF_PERSON.append(chapters.links_of_person)
