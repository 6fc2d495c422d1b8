"""The ranking, computed and kept as a snapshot."""

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies import gathering
from digna.studies.models import Outcome, Round, Selection
from digna.studies.services import freezing


@writes("studies.outcome.computed")
def compute_outcome(*, actor: Actor, selection: Selection) -> Outcome:
    """Rank the sectors by what closed rounds say; the same inputs keep their snapshot.

    Raises:
        Refused: `studies.outcome.no_scores`, `studies.outcome.too_few`,
            `studies.selection.decided`.
    """
    from digna.studies import deciding  # numpy: only where a ranking is computed

    freezing.refuse_decided(selection)
    if not gathering.closed_rounds(selection, Round.Kind.SCORES):
        raise Refused(
            "studies.outcome.no_scores",
            _("Todavía no hay una ronda de puntajes cerrada. Ciérrela y calcule después."),
        )
    inputs = gathering.inputs_of(selection)
    if len(inputs["sectors"]) < 2:
        raise Refused(
            "studies.outcome.too_few",
            _("Queda menos de dos sectores en carrera: no hay qué ordenar."),
        )
    key = deciding.hash_of(inputs)
    last = selection.outcomes.first()
    if last is not None and (last.inputs_sha256, last.engine_version) == (key, deciding.ENGINE):
        return last
    return record.add(
        Outcome(
            selection=selection,
            inputs=inputs,
            inputs_sha256=key,
            engine_version=deciding.ENGINE,
            value=deciding.decide(inputs),
            computed_at=actor.at,
        )
    )


def is_fresh(outcome: Outcome) -> bool:
    """Whether nothing that went into it has changed since."""
    from digna.studies import deciding

    return deciding.hash_of(gathering.inputs_of(outcome.selection)) == outcome.inputs_sha256
