"""What every service of a round asks first; and the lock under which its state changes."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.rounds.models import BusinessRound

Stage = BusinessRound.Stage
BEFORE = frozenset({Stage.PREPARING, Stage.OPEN, Stage.CLOSED})
NOT_OVER = frozenset({*BEFORE, Stage.PUBLISHED})
HAS_AGENDA = frozenset({Stage.PUBLISHED, Stage.HELD})


def locked(row: BusinessRound) -> BusinessRound:
    """Return the round held until the transaction ends: two organisers never undo each other."""
    return BusinessRound.objects.select_for_update().get(pk=row.pk)


def refuse_stage(row: BusinessRound, allowed: Collection[str]) -> None:
    """Refuse what cannot be done in the stage a round is in.

    Raises:
        Refused: `rounds.round.stage`.
    """
    if row.stage not in allowed:
        raise Refused(
            "rounds.round.stage",
            _("La rueda está en la etapa «%(stage)s»: ahora no se puede. Recargue la página.")
            % {"stage": row.get_stage_display()},
        )
