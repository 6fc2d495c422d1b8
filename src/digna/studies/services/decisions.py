"""The decision: it may differ from the ranking, and then it says why."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies.models import Candidate, Decision, Outcome, Selection
from digna.studies.services import freezing, outcomes

REASON_MIN = 20
"""Characters: «porque sí» is not a reason."""


@writes("studies.decision.taken")
def take_decision(
    *,
    actor: Actor,
    selection: Selection,
    chosen: Collection[Candidate],
    decided_on: date,
    signatories: Sequence[str],
    justification: str = "",
    dissent: Sequence[Mapping[str, str]] = (),
) -> Decision:
    """Record what was decided; from then on the selection is frozen.

    `dissent` holds `who` (a name or a constituency) and `text` for each.

    Raises:
        Refused: `studies.decision.no_outcome`, `studies.decision.stale`,
            `studies.decision.nobody_chosen`, `studies.decision.knocked_out`,
            `studies.decision.unsigned`, `studies.decision.must_say_why`,
            `studies.decision.dissent`, `studies.decision.round_open`, `studies.selection.decided`.
    """
    freezing.refuse_decided(selection)
    _refuse_open_round(selection)
    outcome = _outcome(selection)
    _refuse_unfit(outcome, chosen)
    names = [" ".join(name.split()) for name in signatories if name.strip()]
    if not names:
        raise Refused(
            "studies.decision.unsigned",
            _("Escriba quién firma la decisión, una persona por renglón."),
            field="signatories",
        )
    does_differ = differs(outcome, chosen)
    if does_differ and len(justification.strip()) < REASON_MIN:
        raise Refused(
            "studies.decision.must_say_why",
            _("Lo elegido difiere del orden calculado. Puede ser lo correcto, pero diga por qué: "
              "constará en la memoria."),
            field="justification",
        )  # fmt: skip
    decision = record.add(
        Decision(
            selection=selection,
            outcome=outcome,
            differs=does_differ,
            justification=justification.strip(),
            signatories=names,
            dissent=_dissent(dissent),
            decided_on=decided_on,
            at=actor.at,
        )
    )
    record.link(decision, "chosen", chosen)
    return decision


def differs(outcome: Outcome, chosen: Collection[Candidate]) -> bool:
    """Whether the chosen are not the first of the ranking; a rank left open excuses nobody.

    Ties on the last place count for whichever of them was chosen.
    """
    ranking: Mapping[str, Any] = outcome.value["ranking"]
    middle = [
        (low + high) / 2 for low, high in zip(ranking["lowest"], ranking["highest"], strict=True)
    ]
    by_key = dict(zip(outcome.inputs["sector_ids"], middle, strict=True))
    keys = {row.pk for row in chosen}
    least = min(by_key[key] for key in keys)
    left = [value for key, value in by_key.items() if key not in keys]
    return bool(left) and max(left) > least + 1e-9


def _refuse_open_round(selection: Selection) -> None:
    if selection.rounds.filter(closed_at=None).exists():
        raise Refused(
            "studies.decision.round_open",
            _("Hay una ronda abierta: ciérrela y calcule el resultado antes de decidir."),
        )


def _outcome(selection: Selection) -> Outcome:
    outcome = selection.outcomes.first()
    if outcome is None:
        raise Refused(
            "studies.decision.no_outcome",
            _("Calcule el resultado antes de decidir: la memoria lo necesita, también para "
              "apartarse de él."),
        )  # fmt: skip
    if not outcomes.is_fresh(outcome):
        raise Refused(
            "studies.decision.stale",
            _("Cambió algo desde el último cálculo. Calcule otra vez y revise antes de decidir."),
        )
    return outcome


def _refuse_unfit(outcome: Outcome, chosen: Collection[Candidate]) -> None:
    if not chosen:
        raise Refused(
            "studies.decision.nobody_chosen", _("Marque al menos un sector."), field="chosen"
        )
    ranked = set(outcome.inputs["sector_ids"])
    out = [row.label for row in chosen if row.pk not in ranked]
    if out:
        raise Refused(
            "studies.decision.knocked_out",
            _("%(names)s quedó fuera por un criterio excluyente. Si el veredicto cambió, corríjalo "
              "primero.") % {"names": ", ".join(out)},
            field="chosen",
        )  # fmt: skip


def _dissent(given: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    found = []
    for entry in given:
        who, text = entry.get("who", "").strip(), entry.get("text", "").strip()
        if not who and not text:
            continue
        if not who or not text:
            raise Refused(
                "studies.decision.dissent",
                _("De cada disenso diga de quién es y qué dice: «Trabajadores: …»."),
                field="dissent",
            )
        found.append({"who": who, "text": text})
    return found
