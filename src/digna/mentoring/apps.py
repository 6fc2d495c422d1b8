"""App configuration."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "digna.mentoring"
    verbose_name = "Mentoría"
