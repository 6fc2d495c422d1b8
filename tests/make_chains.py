"""Chains for tests: a small whole one, and the kit that brings examples."""

from itertools import pairwise
from typing import Any

import make
import make_results
from digna.programmes.models import InstalledKit, Programme
from digna.programmes.services import kits
from digna.results.models import ChainArrow, ChainBox, ResultsChain
from digna.results.services import chain_parts, chains

LEVELS = ("activity", "output", "behaviour", "enterprise", "impact")


def chain(programme: Programme, name: str = "Café", **values: Any) -> ResultsChain:
    return chains.begin_chain(actor=make.actor(), programme=programme, name_es=name, **values)


def box(of: ResultsChain, level: str, says: str, **values: Any) -> ChainBox:
    return chain_parts.add_box(
        actor=make.actor(), chain=of, level=level, statement_es=says, **values
    )


def arrow(source: ChainBox, target: ChainBox, **values: Any) -> ChainArrow:
    return chain_parts.join_boxes(
        actor=make.actor(), chain=source.chain, source=source, target=target, **values
    )


def whole(programme: Programme, name: str = "Café") -> ResultsChain:
    """A chain with one box a level, joined in a line, without indicators or evidence."""
    made = chain(programme, name)
    boxes = [box(made, level, f"{name}: {level}", order=n) for n, level in enumerate(LEVELS)]
    for source, target in pairwise(boxes):
        arrow(source, target, claim_es="porque sí")
    return made


def measurement() -> InstalledKit:
    return kits.install_kit(actor=make.actor(), kit=make.kit("measurement"))


def adopted() -> Programme:
    """A programme with the indicators of the first kit and its areas."""
    programme = make_results.programme()
    make_results.adopted(programme)
    return programme
