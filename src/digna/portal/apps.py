"""App configuration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "digna.portal"
    verbose_name = "Portal público"
