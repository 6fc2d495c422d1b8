"""`digna surveys_sweep`: files nobody names, exports past their day; `--remove` takes them away.

They are what a server killed in the middle of a request leaves. Only those older than a day are
named: a request that is still under way has put its files down and not yet written its
row. The worker does it once a day.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from digna.surveys import sweeping


class Command(BaseCommand):
    """Name, or remove, what nobody holds."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take them away")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for name in sweeping.sweep(removes=options["remove"]):
            self.stdout.write(name)
            count += 1
        self.stdout.write(f"{count}")
