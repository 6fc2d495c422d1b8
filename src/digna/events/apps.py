"""App configuration."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "digna.events"
    verbose_name = "Actividades"
