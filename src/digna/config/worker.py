"""The worker: runs queued tasks one after the other, and the day's duties beside them.

Started by `digna serve`, or alone (`python -m digna.config.worker`).
"""

import os
import threading

import django


def main() -> None:
    """Take tasks from the database as they come."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digna.config.settings.dev")
    django.setup()
    from django.core.management import call_command

    from digna.journal import daily

    stop = threading.Event()
    looking = threading.Thread(target=daily.keep_looking, args=(stop,), name="daily", daemon=True)
    looking.start()
    try:
        call_command("db_worker", interval=0.5, verbosity=0)
    finally:
        stop.set()


if __name__ == "__main__":
    main()
