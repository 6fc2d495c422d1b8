"""What nobody waits for any more is taken away: pieces of files, what settled questions held."""

from dataclasses import dataclass

from django.utils import timezone

from digna.field import parts
from digna.field.models import Arrival
from digna.field.services import arrivals
from digna.journal import actor


@dataclass(frozen=True, slots=True)
class Swept:
    """How many there were of each."""

    pieces: int
    questions: int

    def __str__(self) -> str:
        return f"{self.pieces} pedazos, {self.questions} preguntas resueltas"


def sweep(*, removes: bool) -> Swept:
    """Count, or take away, pieces older than a month and what was settled ninety days ago."""
    pieces = list(parts.old())
    closed = (Arrival.State.SETTLED, Arrival.State.REJECTED)
    border = timezone.now() - arrivals.KEPT_FOR
    rows = Arrival.objects.filter(state__in=closed, decided_at__lt=border)
    settled = list(rows.exclude(values={}))
    if removes:
        for path in pieces:
            path.unlink(missing_ok=True)
        if settled:
            arrivals.forget_contents(actor=actor.system(reason="field_sweep"), arrivals=settled)
    return Swept(len(pieces), len(settled))


def sweep_daily() -> str:
    """Take away what is due today."""
    return str(sweep(removes=True))
