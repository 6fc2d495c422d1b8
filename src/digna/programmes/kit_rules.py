"""The rules that join one value of a kit to another, which no schema of one file can say."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from digna.programmes.kit_faults import Faults, Mark
from digna.programmes.kit_shape import Name, near
from digna.programmes.kit_text import KitText

Register = dict[tuple[str, str], str]
"""Where each thing is defined, by its kind and name: ``("sector", "coffee") → "…:12"``."""


def register_names(
    names: Iterable[Name], inherited: Mapping[tuple[str, str], str], faults: Faults
) -> Register:
    """The things defined here and in the kits used; blames a name given twice."""
    register: Register = {}
    for name in names:
        if not name.is_new:
            continue
        thing, mark = (name.kind, name.value), name.text.mark(name.place)
        if thing in register:
            details = {"value": name.value, "first": register[thing]}
            faults.blame("name_twice", name.text.file, mark, name.place, **details)
        register.setdefault(thing, f"{name.text.file}:{mark[0]}")
    return {**inherited, **register}


def check_references(names: Iterable[Name], register: Register, faults: Faults) -> None:
    for name in names:
        if name.is_new or (name.kind, name.value) in register:
            continue
        known = sorted(value for kind, value in register if kind == name.kind)
        details = {"value": name.value, "kind": name.kind, "near": near(name.value, known)}
        mark = name.text.mark(name.place)
        faults.blame("unknown_name", name.text.file, mark, name.place, **details)


def check_places(text: KitText, faults: Faults) -> None:
    """A municipality's INE code begins with the code of its department."""
    prefixes = {str(row.get("iso")): row.get("ine") for _, row in _rows(text, "departments")}
    for position, row in _rows(text, "municipalities"):
        ine, department = row.get("ine"), str(row.get("department"))
        prefix = prefixes.get(department)
        if not isinstance(ine, str) or not isinstance(prefix, str) or len(ine) != 6:
            continue  # the schema has said so already
        if not ine.startswith(prefix):
            place = ("municipalities", position, "ine")
            details = {"ine": ine, "department": department, "prefix": prefix}
            faults.blame("ine_elsewhere", text.file, text.mark(place), place, **details)


def check_size_bands(text: KitText, faults: Faults) -> None:
    """The bands of a variable leave no gap: each tops the one before and only the last is open."""
    for number, rule in _rows(text, "size_rules"):
        variables = rule.get("variables")
        for at, variable in enumerate(variables if isinstance(variables, list) else []):
            bands = variable.get("bands") if isinstance(variable, dict) else None
            for position in _out_of_order(bands):
                place = ("size_rules", number, "variables", at, "bands", position)
                faults.blame("bands_out_of_order", text.file, text.mark(place), place)


def check_page_language(file: str, page: Mapping[str, Any], faults: Faults, mark: Mark) -> None:
    written = file.rsplit(".", 2)[1]
    if page.get("language") not in (written, None):
        details = {"written": written, "value": page["language"]}
        faults.blame("page_language", file, mark, ("language",), **details)


def _rows(text: KitText, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = text.value.get(key) if isinstance(text.value, dict) else None
    for position, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, dict):
            yield position, row


def _out_of_order(bands: Any) -> Iterator[int]:
    """Positions of bands whose upper limit is not above the one before (``None``: no limit)."""
    if not isinstance(bands, list) or not all(isinstance(band, dict) for band in bands):
        return
    limits = [band.get("up_to") for band in bands]
    if not all(limit is None or isinstance(limit, int | float) for limit in limits):
        return
    for position, (below, above) in enumerate(pairwise(limits), start=1):
        if below is None or (above is not None and above <= below):
            yield position
    if limits and limits[-1] is not None:
        yield len(limits) - 1
