"""The `digna` command: Django's management commands under the operator's name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `digna COMMAND …`; `DJANGO_SETTINGS_MODULE` chooses other settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digna.config.settings.dev")
    execute_from_command_line(sys.argv)
