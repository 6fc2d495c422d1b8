"""``digna.slices_sum``: the parts of a figure against the figure.

Several ``actual`` in one period are a total (no dimension, no place) and its parts; the standard
marks neither. Parts are compared with the total only where adding is right: the indicator is a
count (measure 1) that may be aggregated, there is one total, and every part is a number.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from digna_engines.iati.checks import grouped
from digna_engines.iati.documents import Document, find, finding_at
from digna_engines.iati.findings import Finding, Severity
from digna_engines.iati.written import number_of

_RULE = "digna.slices_sum"


def slices_sum(document: Document, as_of: date | None) -> Iterator[Finding]:
    """Parts that add up to more than the total, or to less, and parts told twice.

    More than the total is an error where the indicator says that it may be aggregated (a warning
    where it does not say); less is a warning, because a category may be missing: it should be
    published as unknown. A single part is no partition and is only checked for being too large.

    >>> from digna_engines.iati.documents import open_document
    >>> file = open_document(b'''<iati-activities><iati-activity><result>
    ...   <indicator measure="1" aggregation-status="1"><period>
    ...   <actual value="10"/><actual value="6"><dimension name="sex" value="female"/></actual>
    ...   <actual value="5"><dimension name="sex" value="male"/></actual>
    ...   </period></indicator></result></iati-activity></iati-activities>''')
    >>> [one.message_en for one in slices_sum(file, None)]
    ['The parts by sex add up to 11 and the total is 10.']
    """
    for indicator in find("/*/*/result/indicator[@measure='1']", document.root):
        status = indicator.get("aggregation-status")
        for values in _alike(indicator):
            groups = grouped(values)
            for names, parts in groups.items():
                if names:
                    yield from _twice(document, parts)
            if status not in ("0", "false"):
                severity: Severity = "error" if status in ("1", "true") else "warning"
                yield from _compared(document, groups, severity)


def _alike(indicator: Any) -> Iterator[list[Any]]:
    """The values that belong together: baselines of one year, targets or actuals of one period."""
    baselines: dict[str | None, list[Any]] = {}
    for one in find("baseline", indicator):
        baselines.setdefault(one.get("year"), []).append(one)
    yield from baselines.values()
    for period in find("period", indicator):
        yield find("target", period)
        yield find("actual", period)


def _compared(
    document: Document, groups: dict[tuple[str, ...], list[Any]], severity: Severity
) -> Iterator[Finding]:
    totals = groups.get((), [])
    total = number_of(totals[0].get("value") or "") if len(totals) == 1 else None
    if total is None:
        return
    for names, parts in groups.items():
        numbers = [number_of(one.get("value") or "") for one in parts]
        known = [number for number in numbers if number is not None]
        if not names or len(known) < len(numbers) or len(_keys(parts)) < len(parts):
            continue
        found = sum(known, Decimal(0))
        if found > total:
            yield _differs(document, parts, names, found, total, severity)
        elif found < total and len(parts) > 1:
            yield _differs(document, parts, names, found, total, "warning")


def _differs(
    document: Document,
    parts: list[Any],
    names: tuple[str, ...],
    found: Decimal,
    total: Decimal,
    severity: Severity,
) -> Finding:
    by_es = " y ".join("lugar" if name == "@location" else name for name in names)
    by_en = " and ".join("place" if name == "@location" else name for name in names)
    es = f"Las partes por {by_es} suman {found} y el total es {total}."
    if found < total:
        es += " Si falta una categoría, publíquela como desconocida."
    en = f"The parts by {by_en} add up to {found} and the total is {total}."
    if found < total:
        en += " If a category is missing, publish it as unknown."
    return finding_at(document, parts[0], _RULE, severity, es, en)


def _twice(document: Document, parts: list[Any]) -> Iterator[Finding]:
    seen: set[tuple[tuple[str, str], ...]] = set()
    for part in parts:
        key = _key(part)
        if key in seen:
            yield finding_at(
                document,
                part,
                _RULE,
                "warning",
                "Esta parte ya está en el mismo período: va una sola vez.",
                "This part is in the same period already: it goes only once.",
            )
        seen.add(key)


def _key(part: Any) -> tuple[tuple[str, str], ...]:
    dimensions = [(one.get("name") or "", one.get("value") or "") for one in part.iter("dimension")]
    places = [("@location", one.get("ref") or "") for one in part.findall("location")]
    return tuple(sorted([*dimensions, *places]))


def _keys(parts: list[Any]) -> set[tuple[tuple[str, str], ...]]:
    return {_key(part) for part in parts}
