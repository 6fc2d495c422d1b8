"""The boxes and arrows of a results chain, and what hangs on them: noted, corrected, taken out.

Every arrow passes the engine: one that loops or goes back never enters, whichever way it came.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.results import declarations
from digna.results.models import (
    ChainArrow,
    ChainAssumption,
    ChainBox,
    ChainEvidence,
    Indicator,
    ResultsChain,
)
from digna_engines.errors import EngineError
from digna_engines.systems import Arrow, Box, chains
from digna_engines.systems import ResultsChain as Story

Part = ChainBox | ChainArrow


@writes("results.box.added")
def add_box(
    *,
    actor: Actor,
    chain: ResultsChain,
    level: str,
    statement_es: str,
    indicators: Iterable[Indicator] = (),
    **values: Any,
) -> ChainBox:
    """Add a change that is claimed to happen.

    Raises:
        Refused: `results.box.said_twice`, `results.box.other_programme` (an indicator of another).
    """
    _lock(chain)
    _refuse_said(chain, statement_es, None)
    box = ChainBox(chain=chain, level=level, statement_es=statement_es, **values)
    record.add(box)
    _measure(box, indicators)
    return box


@writes("results.box.changed")
def change_box(
    *,
    actor: Actor,
    box: ChainBox,
    indicators: Iterable[Indicator] | None = None,
    **values: Any,
) -> ChainBox:
    """Change what a box says, its level or its indicators.

    Raises:
        Refused: as `add_box`; `results.box.level` (an arrow would go back).
    """
    chain = _lock(box.chain)
    _refuse_said(chain, values.get("statement_es", box.statement_es), box.pk)
    level = values.get("level", box.level)
    if level != box.level:
        _refuse_level(chain, box, level)
    record.change(box, **values)
    if indicators is not None:
        _measure(box, indicators)
    return box


@writes("results.arrow.joined")
def join_boxes(
    *, actor: Actor, chain: ResultsChain, source: ChainBox, target: ChainBox, **values: Any
) -> ChainArrow:
    """Claim that one change brings about another.

    Raises:
        Refused: `results.arrow.refused` (to itself, twice, in a loop or back: which, is said).
    """
    _lock(chain)
    _refuse_arrow(chain, source, target)
    return record.add(ChainArrow(chain=chain, source=source, target=target, **values))


@writes("results.arrow.changed")
def change_arrow(*, actor: Actor, arrow: ChainArrow, **values: Any) -> ChainArrow:
    """Change what an arrow claims; its ends stay: another way is another arrow."""
    return record.change(arrow, **values)


@writes("results.part.removed")
def remove_part(*, actor: Actor, part: Part) -> None:
    """Take out a box with its arrows, or an arrow. It can be put back."""
    _lock(part.chain)
    rows: list[Part] = [part]
    if isinstance(part, ChainBox):
        rows += [*_arrows(part.chain).filter(source=part), *_arrows(part.chain).filter(target=part)]
    for row in rows:
        record.change(row, removed_at=actor.at)


@writes("results.part.restored")
def restore_part(*, actor: Actor, part: Part) -> None:
    """Put back what was taken out: a box brings the arrows that went with it and still fit.

    Raises:
        Refused: `results.arrow.refused`, `results.box.said_twice`, `results.arrow.no_end` (one of
            its boxes is out).
    """
    if part.removed_at is None:
        return
    _lock(part.chain)
    if isinstance(part, ChainArrow):
        _restore_arrow(part)
        return
    _refuse_said(part.chain, part.statement_es, part.pk)
    went = part.removed_at
    record.change(part, removed_at=None)
    gone = ChainArrow.objects.filter(chain=part.chain, removed_at=went)
    for arrow in gone.select_related("source", "target"):
        if part.pk in {arrow.source_id, arrow.target_id} and _fits(arrow):
            record.change(arrow, removed_at=None)


def _restore_arrow(arrow: ChainArrow) -> None:
    for end in (arrow.source, arrow.target):
        if end.removed_at is not None:
            raise Refused(
                "results.arrow.no_end",
                _("Antes hay que devolver la casilla «%s»: la flecha se apoya en ella.") % end,
            )
    _refuse_arrow(arrow.chain, arrow.source, arrow.target)
    record.change(arrow, removed_at=None)


def _fits(arrow: ChainArrow) -> bool:
    if arrow.source.removed_at is not None or arrow.target.removed_at is not None:
        return False
    try:
        chains.accept(_story(arrow.chain), Arrow(_name(arrow.source), _name(arrow.target)))
    except EngineError:
        return False
    return True


@writes("results.assumption.noted")
def note_assumption(
    *, actor: Actor, part: Part, row: ChainAssumption | None = None, **values: Any
) -> ChainAssumption:
    """Note what has to hold besides, or what was found about it.

    Raises:
        Refused: `results.assumption.no_evidence` (at risk or broken, and nobody says how it is
            known).
    """
    state = values.get("state", row.state if row is not None else "unknown")
    evidence = values.get("evidence", row.evidence if row is not None else "")
    if state in {"at_risk", "broken"} and not evidence.strip():
        raise Refused(
            "results.assumption.no_evidence",
            _("Escriba cómo se sabe: qué pasó, quién lo vio o qué dato lo muestra."),
            field="evidence",
        )
    hung: ChainAssumption = _hang(ChainAssumption, part, row, values)
    return hung


@writes("results.assumption.removed")
def remove_assumption(*, actor: Actor, row: ChainAssumption) -> None:
    """Take an assumption away; the journal keeps it."""
    record.remove(row)


@writes("results.evidence.noted")
def note_evidence(
    *, actor: Actor, part: Part, row: ChainEvidence | None = None, **values: Any
) -> ChainEvidence:
    """Note something seen, read or measured that speaks for a box or an arrow."""
    hung: ChainEvidence = _hang(ChainEvidence, part, row, values)
    return hung


@writes("results.evidence.removed")
def remove_evidence(*, actor: Actor, row: ChainEvidence) -> None:
    """Take an evidence away; the journal keeps it."""
    record.remove(row)


def _hang(model: Any, part: Part, row: Any, values: dict[str, Any]) -> Any:
    if row is not None:
        return record.change(row, **values)
    end = {"box": part} if isinstance(part, ChainBox) else {"arrow": part}
    return record.add(model(**end, **values))


def _lock(chain: ResultsChain) -> ResultsChain:
    """One change of a chain's shape after the other: two arrows at once could close a loop."""
    return ResultsChain.objects.select_for_update().get(pk=chain.pk)


def _arrows(chain: ResultsChain) -> Any:
    return ChainArrow.objects.standing().filter(chain=chain).select_related("source", "target")


def _name(box: ChainBox) -> str:
    """How a refusal names a box: in the language of who reads it."""
    return str(box)


def _story(chain: ResultsChain, level: dict[int, str] | None = None) -> Story:
    moved = level or {}
    boxes = ChainBox.objects.standing().filter(chain=chain)
    return Story(
        tuple(Box(_name(box), moved.get(box.pk, box.level)) for box in boxes),
        tuple(Arrow(_name(row.source), _name(row.target)) for row in _arrows(chain)),
    )


def _refuse_arrow(chain: ResultsChain, source: ChainBox, target: ChainBox) -> None:
    try:
        chains.accept(_story(chain), Arrow(_name(source), _name(target)))
    except EngineError as error:
        raise Refused(
            "results.arrow.refused", declarations.sentence_of(error), field="target"
        ) from error


def _refuse_level(chain: ResultsChain, box: ChainBox, level: str) -> None:
    story = _story(chain, {box.pk: level})
    back = [fault.path for fault in chains.check(story) if fault.code == "systems.backwards"]
    if back:
        raise Refused(
            "results.box.level",
            _("En ese nivel una flecha iría hacia atrás: %(arrows)s. Quítela o elija otro nivel.")
            % {"arrows": "; ".join(back)},
            field="level",
        )


def _refuse_said(chain: ResultsChain, statement: str, but: int | None) -> None:
    same = ChainBox.objects.standing().filter(chain=chain, statement_es__iexact=statement.strip())
    if same.exclude(pk=but or 0).exists():
        raise Refused(
            "results.box.said_twice",
            _("Esta cadena ya dice «%s» en otra casilla. Escriba otro cambio o use esa.")
            % statement,
            field="statement_es",
        )


def _measure(box: ChainBox, indicators: Iterable[Indicator]) -> None:
    rows = list(indicators)
    foreign = [row.code for row in rows if row.programme_id != box.chain.programme_id]
    if foreign:
        raise Refused(
            "results.box.other_programme",
            _("Estos indicadores son de otro programa: %s.") % ", ".join(foreign),
            field="indicators",
        )
    record.link(box, "indicators", rows)
