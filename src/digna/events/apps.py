"""App configuration."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "digna.events"
    verbose_name = "Actividades"

    def ready(self) -> None:
        from digna.events import arrivals, chapters, words
        from digna.events.services import call_sheets
        from digna.journal.words import WORDS
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        arrivals.ready()
        erasure.FORGETTERS.append(call_sheets.forget)
        stories.OF_PERSON.append(chapters.of_person)
