"""`digna daily`: do what has to be done once a day and was not begun today.

The worker of `digna serve` does it by itself; this is for installations that run no worker.
"""

from typing import Any

from django.core.management.base import BaseCommand

from digna.journal import daily


class Command(BaseCommand):
    """Do the day's duties."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = daily.run_due()
        for name, told in done.items():
            self.stdout.write(f"· {name}: {told}")
        if not done:
            self.stdout.write("· nada pendiente hoy")
