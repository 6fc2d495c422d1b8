"""How ready a firm is to export: a score with its bounds, because an unknown answer is not a no."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from digna_engines.errors import DeclarationError, Fault
from digna_engines.pathways.steps import Words

Reply = Literal["yes", "partly", "no", "unknown"]
WORTH: Mapping[str, Decimal] = {"yes": Decimal(1), "partly": Decimal("0.5"), "no": Decimal(0)}
"""Half a point for «partly»: our choice, nothing measured says that it is the best one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to have.

    Symbols: ``steps``: done steps of pathways that answer it by themselves (any of them);
    ``next_step`` and ``lesson`` where to go when it is lacking; ``evidence`` what shows it.
    """

    key: str
    asks: Words
    evidence: Words
    steps: tuple[str, ...] = ()
    next_step: str = ""
    lesson: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Items that belong together."""

    key: str
    name: Words
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Points between ``worst`` and ``best`` of ``most``; ``answered`` n of ``most`` N items.

    Symbols: ``worst`` takes every unknown answer as no, ``best`` as yes.
    """

    worst: Decimal
    best: Decimal
    answered: int
    most: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """The whole score, that of each block, the weakest block and what to do next in it.

    Symbols: ``weakest`` key of the block with the lowest worst case for its size (ties: lowest best
    case, then the order of the kit); None when every item is a yes. ``lacking`` items of all
    blocks that are not a yes, the weakest block's first.
    """

    whole: Score
    blocks: Mapping[str, Score]
    weakest: str | None
    lacking: tuple[str, ...]


def read_blocks(rows: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Read the section ``blocks`` of a kit.

    Errors: ``declaration.faulty`` with every item whose code is there twice.
    """
    blocks = tuple(
        Block(
            key=row["code"],
            name=_words(row, "name"),
            items=tuple(_item(one) for one in row["items"]),
        )
        for row in rows
    )
    seen: set[str] = set()
    faults = []
    for item in (item for block in blocks for item in block.items):
        if item.key in seen:
            faults.append(
                Fault(
                    f"blocks.{item.key}",
                    "readiness.repeated",
                    f"«{item.key}» está dos veces.",
                    f"“{item.key}” is there twice.",
                )
            )
        seen.add(item.key)
    if faults:
        raise DeclarationError("readiness", faults)
    return blocks


def _words(plain: Mapping[str, Any], name: str) -> Words:
    return {lang: plain[f"{name}_{lang}"] for lang in ("es", "en") if plain.get(f"{name}_{lang}")}


def _item(plain: Mapping[str, Any]) -> Item:
    return Item(
        key=plain["code"],
        asks=_words(plain, "asks"),
        evidence=_words(plain, "evidence"),
        steps=tuple(plain.get("steps") or ()),
        next_step=plain.get("next_step") or "",
        lesson=_words(plain, "lesson"),
    )


def readiness_of(blocks: Iterable[Block], replies: Mapping[str, str]) -> Readiness:
    """Score the answers of a firm; what is missing or «unknown» widens the interval.

    Formula: worst = Σ w(reply), best = worst + number of unknown, w: yes 1, partly ½, no 0.

    >>> item = Item(key="a", asks={"es": "¿?"}, evidence={}, lesson={})
    >>> found = readiness_of([Block(key="b", name={"es": "B"}, items=(item,))], {})
    >>> found.whole.worst, found.whole.best, found.whole.answered, found.whole.most
    (Decimal('0'), Decimal('1'), 0, 1)
    """
    every = tuple(blocks)
    scores = {block.key: _score(block.items, replies) for block in every}
    whole = _score([item for block in every for item in block.items], replies)
    lacking_blocks = [block for block in every if scores[block.key].worst < len(block.items)]
    ordered = sorted(lacking_blocks, key=lambda block: _weakness(scores[block.key]))
    return Readiness(
        whole=whole,
        blocks=scores,
        weakest=ordered[0].key if ordered else None,
        lacking=tuple(
            item.key for block in ordered for item in block.items if replies.get(item.key) != "yes"
        ),
    )


def _score(items: Iterable[Item], replies: Mapping[str, str]) -> Score:
    told = [WORTH.get(replies.get(item.key, "unknown")) for item in items]
    known = [worth for worth in told if worth is not None]
    worst = sum(known, Decimal(0))
    return Score(worst, worst + len(told) - len(known), len(known), len(told))


def _weakness(score: Score) -> tuple[Decimal, Decimal]:
    return score.worst / score.most, score.best / score.most
