"""One box, one arrow, and a chain held against a version of it that was saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.results import access, chain_reading
from digna.results.models import (
    ChainArrow,
    ChainAssumption,
    ChainBox,
    ChainVersion,
    Indicator,
    ResultsChain,
)
from digna.results.selectors import chain_figures, chains
from digna.results.selectors.chains import ShownArrow, ShownBox
from digna.web.languages import either
from digna_engines.systems import versions


@dataclass(frozen=True, slots=True)
class BoxPage:
    """A box with what leads to it and where it leads."""

    chain: ResultsChain
    box: ShownBox
    coming: tuple[ShownArrow, ...]
    leading: tuple[ShownArrow, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class ArrowPage:
    """An arrow."""

    chain: ResultsChain
    arrow: ShownArrow
    source_url: str
    target_url: str
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs: its kind, its words, and what differs."""

    part: str
    what: str
    says: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A saved version against the chain as it is today."""

    chain: ResultsChain
    version: ChainVersion
    added: tuple[Difference, ...]
    altered: tuple[Difference, ...]
    gone: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed since."""
        return not (self.added or self.altered or self.gone)


def box_page(user: object, row: ChainBox, today: date) -> BoxPage:
    """Return a box whole."""
    chain = row.chain
    read = chain_reading.read(chain)
    known = chain_figures.newest(chain.programme, read.indicators, today)
    boxes = {box.key: chains.shown_box(box, known, chain) for box in read.boxes}
    arrows = [chains.shown_arrow(arrow, boxes, chain) for arrow in read.arrows]
    key = str(row.public_id)
    return BoxPage(
        chain=chain,
        box=boxes[key],
        coming=tuple(arrow for arrow in arrows if arrow.read.target == key),
        leading=tuple(arrow for arrow in arrows if arrow.read.source == key),
        may_edit=rights.may(user, access.EDIT),
    )


def arrow_page(user: object, row: ChainArrow) -> ArrowPage:
    """Return an arrow whole."""
    chain = row.chain
    read = chain_reading.read(chain)
    known: dict[int, Any] = {}
    ends = [box for box in read.boxes if box.row.pk in {row.source_id, row.target_id}]
    bare = {
        box.key: chains.shown_box(chain_reading.BoxRead(row=box.row), known, chain) for box in ends
    }
    arrow = next(one for one in read.arrows if one.row.pk == row.pk)
    return ArrowPage(
        chain=chain,
        arrow=chains.shown_arrow(arrow, bare, chain),
        source_url=bare[arrow.source].url,
        target_url=bare[arrow.target].url,
        may_edit=rights.may(user, access.EDIT),
    )


def next_order(chain: ResultsChain) -> int:
    """Return the order of one more box."""
    last = ChainBox.objects.standing().filter(chain=chain).order_by("-order").first()
    return 1 if last is None else int(last.order) + 1


def version_page(version: ChainVersion, chain: ResultsChain) -> VersionPage:
    """Hold a saved version against the chain as it is."""
    before = version.document
    after = chain_reading.document(chain_reading.read(chain))
    said = _statements(before) | _statements(after)
    words = dict(Indicator.objects.filter(programme=chain.programme).values_list("code", "name_es"))
    found: dict[str, list[Difference]] = {"added": [], "altered": [], "gone": []}
    for kind, part in (("boxes", _("Casilla")), ("arrows", _("Flecha"))):
        changes = versions.compare(before[kind], after[kind])
        found["added"] += [
            Difference(part, _named(after[kind][key], said), ()) for key in changes.added
        ]
        found["gone"] += [
            Difference(part, _named(before[kind][key], said), ()) for key in changes.gone
        ]
        found["altered"] += [
            Difference(part, _named(one.after, said), _says(one, words)) for one in changes.altered
        ]
    return VersionPage(
        chain, version, tuple(found["added"]), tuple(found["altered"]), tuple(found["gone"])
    )


def _statements(document: Mapping[str, Any]) -> dict[str, str]:
    return {
        key: either(box["statement_es"], box["statement_en"])
        for key, box in document["boxes"].items()
    }


def _named(part: Mapping[str, Any], said: Mapping[str, str]) -> str:
    if "statement_es" in part:
        return either(part["statement_es"], part["statement_en"])
    return f"{said.get(part['source'], '?')} → {said.get(part['target'], '?')}"


def _says(one: versions.Altered, words: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return what differs, each by name with what it said and says."""
    names = {
        "level": _("Nivel"),
        "statement_es": _("Qué cambia"),
        "statement_en": _("Qué cambia, en inglés"),
        "indicators": _("Indicadores"),
        "claim_es": _("Por qué"),
        "claim_en": _("Por qué, en inglés"),
        "strength": _("Fuerza de la evidencia"),
        "assumptions": _("Supuestos"),
        "evidence": _("Evidencia"),
        "source": _("De"),
        "target": _("A"),
    }
    return tuple(
        (
            names.get(name, name),
            _written(name, one.before.get(name), words),
            _written(name, one.after.get(name), words),
        )
        for name in one.names
    )


def _written(name: str, value: Any, words: Mapping[str, str]) -> str:
    """Return a value of a saved part as a person reads it."""
    if value is None or value in ("", []):
        return "–"
    if name == "level":
        return str(dict(ChainBox.Level.choices)[value])
    if name == "strength":
        return str(dict(ChainArrow.Strength.choices)[value])
    if name == "assumptions":
        return "; ".join(f"{one['text_es']} ({_state(one['state'])})" for one in value)
    if name == "indicators":
        return "; ".join(words.get(code, code) for code in value)
    return "; ".join(value) if isinstance(value, list) else str(value)


def _state(state: str) -> str:
    return str(dict(ChainAssumption.State.choices)[state])
