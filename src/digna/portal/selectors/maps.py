"""The map of departments: shapes of the installed kit, shaded by how many take part."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from digna.programmes.models import InstalledKit
from digna.results import publishing, wording
from digna.web import numbers
from digna_engines.indicators import PublicSlice

SHADES = ("0.25", "0.45", "0.65", "0.85")


@dataclass(frozen=True, slots=True)
class Shape:
    """A department: its outline, how dark it is ("" without data), what it says."""

    outline: str
    opacity: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table under the map."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Map:
    """A drawn map and its table."""

    title: str
    view_box: str
    shapes: tuple[Shape, ...]
    rows: tuple[Row, ...]
    notice: str


def drawn(title: str, parts: Sequence[PublicSlice]) -> Map | None:
    """Return the map of a figure by department; None where no kit brings shapes."""
    newest = InstalledKit.objects.filter(documents__has_key="map").values_list("pk", flat=True)
    key = newest.first()
    if key is None:
        return None
    kept = _shapes(key)
    by_code = {part.category: part for part in parts}
    most = max((_number(part) for part in parts), default=Decimal(0))
    shapes = [_shape(shape, by_code.get(shape["iso"]), most) for shape in kept["shapes"]]
    known = {shape["iso"]: shape["name"] for shape in kept["shapes"]}
    return Map(
        title=title,
        view_box=" ".join(str(number) for number in kept["view_box"]),
        shapes=tuple(shapes),
        rows=_rows(known, by_code),
        notice=kept.get("notice", ""),
    )


@lru_cache(maxsize=4)
def _shapes(kit: int) -> Any:
    """Read the shapes of a kit once: an installed kit never changes."""
    return InstalledKit.objects.filter(pk=kit).values_list("documents__map", flat=True).get()


def _number(part: PublicSlice) -> Decimal:
    return publishing.number(part.value) or Decimal(0)


def _shape(shape: dict[str, Any], part: PublicSlice | None, most: Decimal) -> Shape:
    value = publishing.number(part.value) if part is not None else None
    opacity = ""
    if value is not None and value > 0 and most > 0:
        step = min(int(value * len(SHADES) / most), len(SHADES) - 1)
        opacity = SHADES[step]
    return Shape(shape["d"], opacity, f"{shape['name']}: {_text(part)}")


def _text(part: PublicSlice | None) -> str:
    if part is None:
        return numbers.number(0)
    return _("reservado") if part.is_hidden else numbers.number(publishing.number(part.value))


def _rows(known: dict[str, str], by_code: dict[str | None, PublicSlice]) -> tuple[Row, ...]:
    listed = sorted(known, key=known.__getitem__)
    others = [code for code in by_code if code not in known]
    return tuple(
        Row(
            known.get(code or "") or wording.category("department", code),
            _text(by_code.get(code)),
        )
        for code in (*listed, *others)
    )
