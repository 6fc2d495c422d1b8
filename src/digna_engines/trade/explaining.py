"""Where every number of a market sheet comes from: formula, inputs, years, source, release.

A path names a number of a record: ``markets.DEU.potential``, ``world.series.2021.value``. The rows
of a list are named by their market, country, year or code; other lists by position.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.formulas import FORMULAS, RENAMED, YEARLY, Formula

ROW_NAMES = ("market", "country", "year", "code")
CHOICES = frozenset({"weights", "assumptions"})
COPIED_FROM = {"world_growth": "world.growth", "exporter_unit_value": "exporter.unit_value"}
OF_POTENTIAL = frozenset({
    "potential", "unrealised", "potential_growth_part", "potential_friction_part", "actual",
    "supply", "ease", "demand", "nearness", "tariff_term", "score", "rank_by_potential",
    "rank_by_score",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number of a record and what it was made of.

    ``formula`` is its id, ``text_es`` and ``text_en`` its words; ``inputs`` gives, by path, the
    value of each input that the record holds (a list of rows as it is); ``method`` whom the formula
    is from. ``caveats`` are codes of the sheet's caveats that touch this number.
    """

    path: str
    value: float | int | None
    unit: str
    formula: str
    text_es: str
    text_en: str
    inputs: Mapping[str, Any]
    years: tuple[int, ...]
    source: str
    release: str
    method: str
    caveats: tuple[str, ...]


def explained(record: Mapping[str, Any], path: str) -> Explanation:
    """The explanation of the number at ``path``.

    Errors: ``trade.path`` where the path leads nowhere, or to something that is not a number.
    """
    trail = _trail(record, path)
    value = trail[-1]
    if isinstance(value, (str, bool, list, Mapping)):
        raise _astray(path)
    steps = path.split(".")
    copied = _original(record, steps)
    if copied is not None and copied != path:
        told = explained(record, copied)
        return _copy(told, path, copied)
    formula = FORMULAS[_formula(steps)]
    return Explanation(
        path=path,
        value=value,
        unit=formula.unit,
        formula=formula.id,
        text_es=formula.es,
        text_en=formula.en,
        inputs=dict(_inputs(record, steps, formula)),
        years=_years(record, formula, trail),
        source=str(record["release"]["source"]),
        release=str(record["release"]["release"]),
        method=formula.source,
        caveats=tuple(_caveats(record, formula)),
    )


def number_paths(record: Mapping[str, Any]) -> Iterator[str]:
    """The path of every number of a record, missing ones left out, in order."""
    for path, value in _leaves(record, ""):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            yield path


def _leaves(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Mapping):
        children: Iterator[tuple[str, Any]] = ((str(name), one) for name, one in node.items())
    elif isinstance(node, list):
        children = iter(_named(node).items())
    else:
        yield path, node
        return
    for name, one in children:
        yield from _leaves(one, f"{path}.{name}" if path else name)


def _named(rows: Sequence[Any]) -> dict[str, Any]:
    """Rows by the first of their names that tells them apart, else by position."""
    for name in ROW_NAMES:
        found = {
            str(row[name]): row
            for row in rows
            if isinstance(row, Mapping) and name in row and "figures" not in row
        }
        if rows and len(found) == len(rows):
            return found
    return {str(at): row for at, row in enumerate(rows)}


def _trail(record: Mapping[str, Any], path: str) -> list[Any]:
    """Everything on the way to a path, the record first. Errors: ``trade.path``."""
    found: list[Any] = [record]
    for step in path.split("."):
        node = found[-1]
        inside = _named(node) if isinstance(node, list) else node
        if not isinstance(inside, Mapping) or step not in inside:
            raise _astray(path)
        found.append(inside[step])
    return found


def _astray(path: str) -> EngineError:
    return EngineError(
        "trade.path",
        f"«{path}» no lleva a un número de la ficha. Un camino se escribe como "
        "«markets.DEU.potential».",
        f"“{path}” does not lead to a number of the sheet. A path is written as "
        "“markets.DEU.potential”.",
        path=path,
    )


def _formula(steps: Sequence[str]) -> str:
    """The id of the formula of a path, from its last name and where it stands."""
    name = steps[-1]
    if steps[0] in CHOICES:
        return "choice"
    if "series" in steps:
        return YEARLY.get(name, "label")
    if "figures" in steps and name == "value":
        return "published"
    if name == "share":
        return "share.market" if "suppliers_top" in steps else "share.world"
    if name == "tariff" and "terms" in steps:
        return "tariff_term"
    found = RENAMED.get(name, name)
    return found if found in FORMULAS else "label"


def _original(record: Mapping[str, Any], steps: Sequence[str]) -> str | None:
    """Where a number in a reason, caution or caveat was copied from."""
    if "values" not in steps:
        return None
    name = steps[-1]
    candidates = [COPIED_FROM.get(name, ""), f"exporter.{name}"]
    if steps[0] == "recommended":
        candidates.insert(1, f"markets.{steps[1]}.{name}")
    elif name == "ratio":
        candidates.append("exporter.re_export_ratio")
    for path in candidates:
        if path and _is_there(record, path):
            return path
    return None


def _copy(told: Explanation, path: str, original: str) -> Explanation:
    return Explanation(
        path, told.value, told.unit, told.formula, told.text_es, told.text_en,
        {original: told.value} | dict(told.inputs), told.years, told.source, told.release,
        told.method, told.caveats,
    )  # fmt: skip


def _inputs(
    record: Mapping[str, Any], steps: Sequence[str], formula: Formula
) -> Iterator[tuple[str, Any]]:
    for one in formula.inputs:
        if one.startswith("/"):
            path = one[1:]
        elif one.startswith("../"):
            # a row of a list inside a market: past the row and the list; a term: past the terms
            up = 3 if "suppliers_top" in steps else 2
            path = ".".join([*steps[:-up], one[3:]])
        else:
            path = ".".join([*steps[:-1], one])
        if _is_there(record, path):
            yield path, _trail(record, path)[-1]


def _is_there(record: Mapping[str, Any], path: str) -> bool:
    try:
        _trail(record, path)
    except EngineError:
        return False
    return True


def _years(record: Mapping[str, Any], formula: Formula, trail: Sequence[Any]) -> tuple[int, ...]:
    if formula.span == "none" or not record["years"]:
        return ()
    if formula.span == "row":
        return (int(trail[-2]["year"]),)
    return tuple(record["years"]) if formula.span == "all" else (record["years"][-1],)


def _caveats(record: Mapping[str, Any], formula: Formula) -> Iterator[str]:
    if formula.span == "none":
        return
    is_potential = formula.id in OF_POTENTIAL
    for one in record["caveats"]:
        if one["code"] in {"not_a_ceiling", "missing_input"} and not is_potential:
            continue
        named = one["values"].get("name")
        yield f"{one['code']}:{named}" if named else one["code"]
