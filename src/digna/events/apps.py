"""App configuration."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "digna.events"
    verbose_name = "Actividades"

    def ready(self) -> None:
        from digna.events.services import call_sheets
        from digna.registry.services import erasure

        erasure.FORGETTERS.append(call_sheets.forget)
