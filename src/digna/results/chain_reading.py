"""A chain read whole, in few queries, and handed on as the engine and saved versions know it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from digna.results.models import (
    ChainArrow,
    ChainAssumption,
    ChainBox,
    ChainEvidence,
    Indicator,
    ResultsChain,
)
from digna_engines.systems import Arrow, Box
from digna_engines.systems import ResultsChain as Story

WORST_FIRST = ("broken", "at_risk", "unknown", "holds")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRead:
    """What a box and an arrow have alike."""

    row: ChainBox | ChainArrow
    assumptions: tuple[ChainAssumption, ...] = ()
    evidence: tuple[ChainEvidence, ...] = ()

    @property
    def key(self) -> str:
        """How the engine and saved versions name it."""
        return str(self.row.public_id)

    @property
    def state(self) -> str:
        """The worst state of its assumptions; empty where it has none."""
        return worst(self.assumptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRead(PartRead):
    """A box with all that hangs on it."""

    row: ChainBox
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowRead(PartRead):
    """An arrow with all that hangs on it, and the keys of its ends."""

    row: ChainArrow
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class ChainRead:
    """A chain with its boxes and arrows that stand."""

    row: ResultsChain
    boxes: tuple[BoxRead, ...]
    arrows: tuple[ArrowRead, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Its indicators, each once."""
        return tuple({one.pk: one for box in self.boxes for one in box.indicators}.values())


def worst(assumptions: Iterable[ChainAssumption]) -> str:
    """Return the state that weighs most; empty where there is none."""
    states = {one.state for one in assumptions}
    return next((state for state in WORST_FIRST if state in states), "")


def read(chain: ResultsChain) -> ChainRead:
    """Read one chain."""
    return read_all([chain])[0]


def read_all(chains: Iterable[ResultsChain]) -> list[ChainRead]:
    """Read chains in a fixed number of queries, however many and however large."""
    rows = list(chains)
    boxes = _by_chain(
        rows,
        ChainBox.objects.standing()
        .filter(chain__in=rows)
        .prefetch_related("indicators", "chainassumptions", "chainevidences"),
    )
    arrows = _by_chain(
        rows,
        ChainArrow.objects.standing()
        .filter(chain__in=rows, source__removed_at=None, target__removed_at=None)
        .select_related("source", "target")
        .prefetch_related("chainassumptions", "chainevidences"),
    )
    return [
        ChainRead(
            row,
            tuple(_box(box) for box in boxes.get(row.pk, ())),
            tuple(_arrow(arrow) for arrow in arrows.get(row.pk, ())),
        )
        for row in rows
    ]


def _by_chain(rows: Iterable[ResultsChain], parts: Any) -> dict[int, list[Any]]:
    chains = {row.pk: row for row in rows}
    found: dict[int, list[Any]] = {}
    for part in parts:
        part.chain = chains[part.chain_id]  # its address asks for it: not once a part
        found.setdefault(part.chain_id, []).append(part)
    return found


def _box(row: Any) -> BoxRead:
    return BoxRead(row=row, indicators=tuple(row.indicators.all()), **_hung(row))


def _arrow(row: Any) -> ArrowRead:
    source, target = str(row.source.public_id), str(row.target.public_id)
    return ArrowRead(row=row, source=source, target=target, **_hung(row))


def _hung(row: Any) -> dict[str, Any]:
    return {
        "assumptions": tuple(row.chainassumptions.all()),
        "evidence": tuple(row.chainevidences.all()),
    }


def story(chain: ChainRead) -> Story:
    """Return the chain as the engine knows it, its boxes named by their keys."""
    return Story(
        tuple(
            Box(
                box.key,
                box.row.level,
                tuple(one.code for one in box.indicators),
                tuple(one.state for one in box.assumptions),
            )
            for box in chain.boxes
        ),
        tuple(
            Arrow(
                arrow.source,
                arrow.target,
                tuple(one.text for one in arrow.evidence),
                arrow.row.claim_es,
                tuple(one.state for one in arrow.assumptions),
            )
            for arrow in chain.arrows
        ),
    )


def document(chain: ChainRead) -> dict[str, Any]:
    """Return the chain as a saved version keeps it: plain values, parts by their keys."""
    return {
        "name_es": chain.row.name_es,
        "name_en": chain.row.name_en,
        "boxes": {
            box.key: {
                "level": box.row.level,
                "statement_es": box.row.statement_es,
                "statement_en": box.row.statement_en,
                "indicators": sorted(one.code for one in box.indicators),
                **_attached(box),
            }
            for box in chain.boxes
        },
        "arrows": {
            arrow.key: {
                "source": arrow.source,
                "target": arrow.target,
                "claim_es": arrow.row.claim_es,
                "claim_en": arrow.row.claim_en,
                "strength": arrow.row.strength,
                **_attached(arrow),
            }
            for arrow in chain.arrows
        },
    }


def _attached(part: PartRead) -> dict[str, Any]:
    return {
        "assumptions": [{"text_es": a.text_es, "state": a.state} for a in part.assumptions],
        "evidence": [one.text for one in part.evidence],
    }


def hash_of(found: dict[str, Any]) -> str:
    """Return the hash a saved document must still have."""
    told = json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
