"""The `digna` command: Django's management commands under the operator's name."""

import os
import sys


def main() -> None:
    """Run `digna COMMAND …`; `DJANGO_SETTINGS_MODULE` chooses other settings.

    `digna serve` is answered before Django is loaded: the process that only watches over the
    web server and the worker stays small.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digna.config.settings.dev")
    if sys.argv[1:2] == ["serve"]:
        from digna.config import serve

        sys.exit(serve.main(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
