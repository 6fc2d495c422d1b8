"""`digna field_sweep`: pieces of files nobody finished, and what settled questions still hold.

Pieces older than a month are named, with `--remove` taken away: no telephone goes on with them. The
contents of questions settled more than ninety days ago are taken away too; that they were asked and
what was decided stays. The worker does it once a day.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from digna.field import sweeping


class Command(BaseCommand):
    """Name, or remove, what nobody waits for."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take them away")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(sweeping.sweep(removes=options["remove"])))
