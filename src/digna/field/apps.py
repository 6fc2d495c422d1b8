"""App configuration."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "digna.field"
    verbose_name = "Campo"
