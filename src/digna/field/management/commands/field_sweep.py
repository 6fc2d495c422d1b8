"""`digna field_sweep`: pieces of files nobody finished, and what settled questions still hold.

Pieces older than a month are named, with `--remove` taken away: no telephone goes on with them. The
contents of questions settled more than ninety days ago are taken away too; that they were asked and
what was decided stays.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from digna.field import parts
from digna.field.models import Arrival
from digna.field.services import arrivals
from digna.journal import actor


class Command(BaseCommand):
    """Name, or remove, what nobody waits for."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take them away")

    def handle(self, *args: Any, **options: Any) -> None:
        pieces = list(parts.old())
        closed = (Arrival.State.SETTLED, Arrival.State.REJECTED)
        settled = list(
            Arrival.objects.filter(
                state__in=closed, decided_at__lt=timezone.now() - arrivals.KEPT_FOR
            ).exclude(values={})
        )
        if options["remove"]:
            for path in pieces:
                path.unlink(missing_ok=True)
            if settled:
                arrivals.forget_contents(actor=actor.system(reason="field_sweep"), arrivals=settled)
        self.stdout.write(f"{len(pieces)} pedazos, {len(settled)} preguntas resueltas")
