"""Our own checks on what an activity says, beyond the ruleset: ``digna.<name>``.

Each is a function from a document to findings; ``CHECKS`` lists them. What each one looks for, and
how to add one, is on the page of methods «iati».
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from digna_engines.iati.documents import Document, find, finding_at, records_of, text_of
from digna_engines.iati.findings import Finding
from digna_engines.iati.written import day_of, number_of

Check = Callable[[Document, date | None], Iterator[Finding]]

_PLACEHOLDERS: Final = frozenset(
    {"n/a", "na", "n.a.", "n.d.", "nd", "s/d", "s.d.", "sd", "tbd", "tbc", "null", "none"}
    | {"-", "--", "?", "x"}
)
_FIRST_YEAR: Final = 1950
_VALUES: Final = tuple(  # apart: libxml2 joins two large sets of nodes by comparing all with all
    f"/*/*/result/indicator/{step}" for step in ("baseline", "period/target", "period/actual")
)


def unique_identifiers(document: Document, as_of: date | None) -> Iterator[Finding]:
    """``digna.unique_identifiers``: no two activities (or organisations) with one identifier."""
    seen: set[str] = set()
    for node in find("iati-activity/iati-identifier | */organisation-identifier", document.root):
        text = text_of(node).strip()
        if text in seen:
            yield finding_at(
                document,
                node,
                "digna.unique_identifiers",
                "error",
                f"El identificador «{text}» ya está en este archivo: cada uno va una sola vez.",
                f"The identifier “{text}” is in this file already: each goes only once.",
            )
        seen.add(text)


def locations_resolve(document: Document, as_of: date | None) -> Iterator[Finding]:
    """``digna.locations_resolve``: what a result says of a place names a place of the activity."""
    for activity in records_of(document):
        named: set[str] = set()
        for node in find("location/@ref", activity):
            if str(node) in named:
                yield finding_at(
                    document,
                    node,
                    "digna.locations_resolve",
                    "error",
                    f"Hay dos lugares con la referencia «{node}»: los resultados no sabrían de "
                    "cuál hablan.",
                    f"Two places have the reference “{node}”: results could mean either.",
                )
            named.add(str(node))
        for node in find("result//location/@ref", activity):
            if str(node) not in named:
                yield finding_at(
                    document,
                    node,
                    "digna.locations_resolve",
                    "error",
                    f"«{node}» no es la referencia de ningún <location> de la actividad.",
                    f"“{node}” is not the reference of any <location> of the activity.",
                )


def periods_inside_activity(document: Document, as_of: date | None) -> Iterator[Finding]:
    """``digna.periods_inside_activity``: no period of a result outside the activity's own dates.

    The activity spans its earliest start to its latest end, planned or actual; an end that is not
    written is open.
    """
    for activity in records_of(document):
        starts = _days(activity, "activity-date[@type='1' or @type='2']/@iso-date")
        ends = _days(activity, "activity-date[@type='3' or @type='4']/@iso-date")
        first, last = min(starts, default=None), max(ends, default=None)
        for node in find("result/indicator/period/period-start/@iso-date", activity):
            day = day_of(str(node))
            if first is not None and day is not None and day < first:
                yield _outside(document, node, f"{day} < {first}")
        for node in find("result/indicator/period/period-end/@iso-date", activity):
            day = day_of(str(node))
            if last is not None and day is not None and day > last:
                yield _outside(document, node, f"{day} > {last}")


def _outside(document: Document, node: Any, said: str) -> Finding:
    return finding_at(
        document,
        node,
        "digna.periods_inside_activity",
        "warning",
        f"El período sale de las fechas de la actividad ({said}).",
        f"The period leaves the activity's dates ({said}).",
    )


def baseline_before_period(document: Document, as_of: date | None) -> Iterator[Finding]:
    """``digna.baseline_before_period``: a baseline is not later than the first period's end.

    Also: its year is a year (some systems write «1» for a year they do not know).
    """
    for indicator in find("/*/*/result/indicator", document.root):
        ends = _days(indicator, "period/period-end/@iso-date")
        for baseline in find("baseline", indicator):
            written = (baseline.get("year") or "").strip()
            year = int(written) if re.fullmatch(r"[0-9]{1,4}", written) else None
            if year is not None and year < _FIRST_YEAR:
                yield finding_at(
                    document,
                    baseline,
                    "digna.missing_not_zero",
                    "error",
                    f"La línea de base dice el año «{written}»: si no se conoce, omita la línea "
                    "de base.",
                    f"The baseline says the year “{written}”: if not known, leave it out.",
                )
                continue
            day = day_of(baseline.get("iso-date") or "") or _first_of(year)
            if day is not None and ends and day > min(ends):
                yield finding_at(
                    document,
                    baseline,
                    "digna.baseline_before_period",
                    "warning",
                    f"La línea de base ({day}) es posterior al primer período, que termina el "
                    f"{min(ends)}.",
                    f"The baseline ({day}) is later than the first period, which ends on "
                    f"{min(ends)}.",
                )


def percentage_aggregation(document: Document, as_of: date | None) -> Iterator[Finding]:
    """``digna.percentage_aggregation``: shares and ranks are not marked as fit for adding up."""
    for node in find(
        "/*/*/result/indicator[@measure='2' or @measure='4' or @measure='5']"
        "/@aggregation-status[.='1' or .='true']",
        document.root,
    ):
        yield finding_at(
            document,
            node,
            "digna.percentage_aggregation",
            "warning",
            "Este indicador es un porcentaje, un orden o un relato: no se suma con otros. Ponga "
            'aggregation-status="0".',
            "This indicator is a percentage, a rank or a story: it does not add up with others. "
            'Set aggregation-status="0".',
        )


def missing_not_zero(document: Document, as_of: date | None) -> Iterator[Finding]:
    """``digna.missing_not_zero``: what is not known is left out; it is not «0», «n/a» or «-».

    Finds words in the place of a number, and actuals of 0 in periods that have not begun.
    """
    for element in (one for path in _VALUES for one in find(path, document.root)):
        written = (element.get("value") or "").strip()
        if written.lower() in _PLACEHOLDERS:
            yield _placeholder(document, element, written)
        elif element.tag == "actual" and _is_early_zero(element, written, as_of):
            yield finding_at(
                document,
                element,
                "digna.missing_not_zero",
                "warning",
                "Lo alcanzado dice 0 y el período aún no empieza: si no hay dato, quite <actual>.",
                "The actual says 0 and the period has not begun: without data, remove <actual>.",
            )


def _placeholder(document: Document, element: Any, written: str) -> Finding:
    return finding_at(
        document,
        element,
        "digna.missing_not_zero",
        "error",
        f"«{written}» no es un valor: si no hay dato, omita @value o el elemento y explíquelo en "
        "<comment>.",
        f"“{written}” is no value: without data, leave out @value or the element and explain it in "
        "<comment>.",
    )


def _is_early_zero(element: Any, written: str, as_of: date | None) -> bool:
    start = min(_days(element, "../period-start/@iso-date"), default=None)
    return number_of(written) == 0 and None not in (start, as_of) and start > as_of  # type: ignore[operator]


def sdg_coherence(document: Document, as_of: date | None) -> Iterator[Finding]:
    """``digna.sdg_coherence``: goals, targets and indicators of the SDGs said once and alike.

    An indicator names at most one SDG indicator (vocabulary 9), written 8.3.1; its target is a
    tag of the activity (vocabulary 3); where a target is tagged its goal is not tagged too; SDGs
    are tags, not sectors.
    """
    for activity in records_of(document):
        targets = {str(code) for code in find("tag[@vocabulary='3']/@code", activity)}
        yield from _sdg_tags(document, activity, targets)
        for indicator in find("result/indicator", activity):
            named = find("reference[@vocabulary='9']/@code", indicator)
            for second in named[1:]:
                yield _sdg(
                    document,
                    second,
                    "Un indicador nombra un solo indicador de los ODS: deje uno.",
                    "An indicator names a single SDG indicator: keep one.",
                )
            for node in named:
                yield from _sdg_reference(document, node, targets)


def _sdg_tags(document: Document, activity: Any, targets: set[str]) -> Iterator[Finding]:
    goals = {target.partition(".")[0] for target in targets}
    for node in find("tag[@vocabulary='2']/@code", activity):
        if str(node) in goals:
            yield _sdg(
                document,
                node,
                f"El ODS {node} ya se entiende por su meta: etiquete sólo la meta.",
                f"Goal {node} is understood from its target: tag the target only.",
            )
    for node in find("sector[@vocabulary='7' or @vocabulary='8']", activity):
        yield _sdg(
            document,
            node,
            "Los ODS van en <tag> (vocabularios 2 y 3), no en <sector>.",
            "SDGs go in <tag> (vocabularies 2 and 3), not in <sector>.",
        )


def _sdg_reference(document: Document, node: Any, targets: set[str]) -> Iterator[Finding]:
    code = str(node)
    if not re.fullmatch(r"\d{1,2}\.(\d{1,2}|[a-d])\.\d{1,2}", code):
        yield _sdg(
            document,
            node,
            f"«{code}» no se escribe como un indicador de los ODS (por ejemplo, 8.3.1).",
            f"“{code}” is not written as an SDG indicator (for example, 8.3.1).",
        )
    elif code.rpartition(".")[0] not in targets:
        target = code.rpartition(".")[0]
        yield _sdg(
            document,
            node,
            f"El indicador {code} es de la meta {target}, que la actividad no etiqueta: agregue "
            f'<tag vocabulary="3" code="{target}"/>.',
            f"Indicator {code} belongs to target {target}, which the activity does not tag: add "
            f'<tag vocabulary="3" code="{target}"/>.',
        )


def _sdg(document: Document, node: Any, es: str, en: str) -> Finding:
    return finding_at(document, node, "digna.sdg_coherence", "warning", es, en)


def dimension_names(document: Document, as_of: date | None) -> Iterator[Finding]:
    """``digna.dimension_names``: one dimension is written one way, and says what it is."""
    written: dict[str, str] = {}
    paths = ("//dimension/@name", "//dimension/@value")
    for node in (one for path in paths for one in find(path, document.root)):
        text, plain = str(node), str(node).strip().casefold()
        if not plain or plain in _PLACEHOLDERS:
            es = f"«{text}» no dice nada de la desagregación: nómbrela o quite <dimension>."
            en = f"“{text}” says nothing of the split: name it or remove <dimension>."
        elif node.attrname == "name" and written.setdefault(plain, text) != text:
            es = f"«{text}» y «{written[plain]}» son la misma dimensión: escríbala igual."
            en = f"“{text}” and “{written[plain]}” are one dimension: write it the same."
        else:
            continue
        yield finding_at(document, node, "digna.dimension_names", "warning", es, en)


def _days(element: Any, path: str) -> list[date]:
    found = (day_of(str(node)) for node in find(path, element))
    return [day for day in found if day is not None]


def _first_of(year: int | None) -> date | None:
    return date(year, 1, 1) if year is not None else None


def grouped(values: list[Any]) -> dict[tuple[str, ...], list[Any]]:
    """Baselines, targets or actuals by what they are split by; ``()`` is the total.

    >>> from lxml import etree
    >>> row = etree.fromstring('<p><a/><a><dimension name="sex" value="f"/></a></p>')
    >>> sorted(grouped(list(row)))
    [(), ('sex',)]
    """
    found: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for element in values:
        names = {(one.get("name") or "").strip().casefold() for one in element.iter("dimension")}
        if element.find("location") is not None:
            names.add("@location")
        found[tuple(sorted(names))].append(element)
    return dict(found)
