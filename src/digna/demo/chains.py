"""Results chains of the demo: three examples taken up, one reviewed, one assumption broken."""

from datetime import date
from typing import Any

from digna.journal.actor import Actor
from digna.programmes.models import InstalledKit, Programme
from digna.programmes.services import kits
from digna.results.models import ChainArrow, ChainAssumption, ResultsChain
from digna.results.services import chain_parts, chains, self_check

REVIEWED = date(2021, 11, 16)
SYNTHETIC = "Datos sintéticos"


def load(actor: Actor, programme: Programme) -> None:
    """Take up the kit's examples, and what the invented team found about them."""
    kit = InstalledKit.objects.filter(code="measurement").latest("loaded_at")
    for entry in kits.entries(kit.documents, "results_chains"):
        chain = chains.adopt_example(actor=actor, programme=programme, entry=entry)
        chains.save_version(actor=actor, chain=chain, note="Como se escribió al empezar.")
        _support(actor, chain)
    _note(actor, ResultsChain.objects.get(programme=programme, kit_code="coffee"))
    _find(actor, programme)
    _answer(actor, programme)


def _support(actor: Actor, chain: ResultsChain) -> None:
    """Evidence on every second arrow: the others show what a chain lacks."""
    for arrow in ChainArrow.objects.filter(chain=chain).order_by("pk")[::2]:
        chain_parts.note_evidence(
            actor=actor,
            part=arrow,
            text="Visto en visitas y conversado con socios.",
            on=date(2021, 6, 30),
            who=SYNTHETIC,
        )


def _note(actor: Actor, chain: ResultsChain) -> None:
    chains.change_chain(
        actor=actor,
        chain=chain,
        gender="En el secado trabajan más mujeres: los proyectos de orden les quitan carga. "
        "Se mira la parte de mujeres entre quienes se forman.",
        displacement="Una tostaduría que compra más grano bueno puede dejar sin él a otra.",
    )
    chains.review_chain(
        actor=actor,
        chain=chain,
        on=REVIEWED,
        present="Equipo del programa y dos gremios (sintético)",
        changed="Se agregó la flecha de los gremios: volvieron a visitar por su cuenta.",
        next_on=date(2022, 5, 16),
    )


def _find(actor: Actor, programme: Programme) -> None:
    """What became of some assumptions; the rest nobody looked at."""
    found: tuple[tuple[str, dict[str, Any]], ...] = (
        (
            "coffee",
            {"state": "holds", "evidence": "Asistieron fuera de cosecha.", "since": REVIEWED},
        ),
        (
            "tourism",
            {
                "state": "broken",
                "evidence": "Cierre por la emergencia sanitaria desde marzo de 2020.",
                "since": date(2020, 3, 22),
            },
        ),
        (
            "grains",
            {
                "state": "at_risk",
                "evidence": "Dos de cinco entidades cambiaron a su personal.",
                "since": date(2021, 2, 1),
            },
        ),
    )
    for code, values in found:
        rows = ChainAssumption.objects.filter(
            box__chain__programme=programme, box__chain__kit_code=code
        ).order_by("pk")
        row = rows.last() if code == "tourism" else rows.first()
        if row is not None and row.box is not None:
            chain_parts.note_assumption(actor=actor, part=row.box, row=row, **values)


def _answer(actor: Actor, programme: Programme) -> None:
    """A self-check as it was before, and one point answered since by a person."""
    self_check.save_assessment(
        actor=actor, programme=programme, note="Antes del taller de seguimiento."
    )
    self_check.answer_point(
        actor=actor,
        programme=programme,
        point="indicators-understood",
        verdict="partly",
        reason="El equipo hizo un taller sobre los indicadores; los socios nuevos todavía no.",
        evidence="Lista de asistencia del taller de seguimiento (sintética).",
    )
