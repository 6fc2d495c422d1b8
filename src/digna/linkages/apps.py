"""App configuration."""

from django.apps import AppConfig


class LinkagesConfig(AppConfig):
    name = "digna.linkages"
    verbose_name = "Mercados"
