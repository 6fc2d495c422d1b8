"""The worker: runs queued tasks one after the other (`python -m digna.config.worker`)."""

import os

import django


def main() -> None:
    """Take tasks from the database as they come."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digna.config.settings.dev")
    django.setup()
    from django.core.management import call_command

    call_command("db_worker", interval=0.5, verbosity=0)


if __name__ == "__main__":
    main()
