"""Rules over what the rows say: range, logic, outliers, heaping, straight lines, missing. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from digna.results.quality.found import Behind, Found, counted, judged, not_applicable, not_run
from digna_engines.indicators import heaping, outliers, straight_lines
from digna_engines.verification import Limits

MAY_BE_NEGATIVE = ("change", "net", "signed")
IN_ORDER = (
    ("period_start", "period_end"), ("starts_on", "ends_on"), ("since", "counted_on"),
    ("starts_on", "done_on"), ("enrolled_on", "certificate_on"), ("noted_on", "published_on"),
)  # fmt: skip
FEW = 10
FEW_FOR_HEAPING = 20
NEVER = Limits("0", "0")


def in_range(behind: Behind) -> Found:
    """Amounts, hours and counts are not negative; a change may be."""
    names = [n for n in (behind.declared.value, behind.declared.per) if n is not None]
    names = [n for n in names if not any(word in n for word in MAY_BE_NEGATIVE)]
    columns = [behind.columns[name] for name in names if name in behind.columns]
    if not columns:
        return not_applicable()
    checked = sum(any(v is not None for v in row) for row in zip(*columns, strict=True))
    places = [
        at
        for at, row in enumerate(zip(*columns, strict=True))
        if any(value is not None and value < 0 for value in row)
    ]
    return judged(places, checked)


def not_in_the_future(behind: Behind) -> Found:
    """Nothing happened after the day on which it is checked."""
    days = behind.column(behind.declared.on)
    if days is None:
        return not_applicable()
    known = [day for day in days if day is not None]
    places = [at for at, day in enumerate(days) if day is not None and day > behind.today]
    return judged(places, len(known), Limits("0", "0.02"))


def in_order(behind: Behind) -> Found:
    """What ends does not end before it begins."""
    pairs = [(a, b) for a, b in IN_ORDER if a in behind.columns and b in behind.columns]
    if not pairs:
        return not_applicable()
    places, checked = set(), 0
    for first, last in pairs:
        rows = zip(behind.columns[first], behind.columns[last], strict=True)
        for at, (starts, ends) in enumerate(rows):
            if starts is None or ends is None:
                continue
            checked += 1
            if ends < starts:
                places.add(at)
    return judged(sorted(places), checked)


def parts_add_up(behind: Behind) -> Found:
    """Women, men, several and unknown are the total, in every split; no part exceeds it."""
    if behind.declared.measure not in {"unique", "count", "sum"} or not behind.parts:
        return not_applicable()
    if behind.total is None:
        return not_run("no_figure")
    wrong = [
        name
        for name, values in behind.parts.items()
        if sum((v for v in values if v is not None), Decimal(0)) != behind.total
    ]
    return counted(len(wrong), len(behind.parts), NEVER, wrong=wrong)


def without_outliers(behind: Behind) -> Found:
    """Values within 3.5 median absolute deviations of the median."""
    values = behind.column(behind.declared.value)
    if values is None:
        return not_applicable()
    known = [value for value in values if value is not None]
    if len(known) < FEW:
        return not_run("few")
    found = outliers(list(values))
    if found.low is None or found.high is None:
        return not_run("no_spread")
    return judged(found.places, len(known), low=str(found.low), high=str(found.high))


def not_heaped(behind: Behind) -> Found:
    """Whole numbers that end in 0 no more often than chance gives: more, and they were guessed."""
    values = behind.column(behind.declared.value)
    if values is None:
        return not_applicable()
    whole = [_whole(value) for value in values]
    known = [value for value in whole if value is not None and value != 0]
    if len(known) < FEW_FOR_HEAPING:
        return not_run("few")
    found = heaping(whole)
    places = [at for at, v in enumerate(whole) if v is not None and v != 0 and v % 10 == 0]
    outcome = "fair" if found.is_suspect else "good"
    failing = tuple(places) if found.is_suspect else ()
    return Found(outcome, len(known), len(failing), failing, {"round": len(places)})


def _whole(value: Any) -> int | None:
    return int(value) if value is not None and value == int(value) else None


def not_straight(behind: Behind) -> Found:
    """Nobody answered every question of a block alike; blocks are those of one measurement."""
    kind = behind.schema.type_of("value")
    if kind != "text" or "measurement_id" not in behind.columns or "value" not in behind.columns:
        return not_applicable()
    blocks: dict[Any, list[int]] = {}
    for at, block in enumerate(behind.columns["measurement_id"]):
        blocks.setdefault(block, []).append(at)
    answers = [[behind.columns["value"][at] for at in places] for places in blocks.values()]
    alike = set(straight_lines(answers))
    places = [at for n, rows in enumerate(blocks.values()) if n in alike for at in rows]
    return counted(len(alike), len(answers), places=tuple(places))


def not_missing(behind: Behind) -> Found:
    """Each row says whom it is about, when, and how much."""
    one = behind.declared
    names = [n for n in (one.of, one.value, one.per, one.on) if n is not None]
    return _all_said(behind, names, Limits())


def known_categories(behind: Behind) -> Found:
    """Each row falls in a known category of every split."""
    names = list(behind.declared.disaggregate.values())
    if not names:
        return not_applicable()
    return _all_said(behind, names, Limits("0.05", "0.20"))


def _all_said(behind: Behind, names: Sequence[str], limits: Limits) -> Found:
    columns = [behind.columns[name] for name in names if name in behind.columns]
    if not columns:
        return not_applicable()
    places = [at for at, row in enumerate(zip(*columns, strict=True)) if None in row]
    lacking = {name: sum(v is None for v in behind.columns[name]) for name in _there(behind, names)}
    return judged(places, behind.count, limits, lacking={k: v for k, v in lacking.items() if v})


def _there(behind: Behind, names: Sequence[str]) -> Iterator[str]:
    return (name for name in names if name in behind.columns)


def whole_cohort(behind: Behind) -> Found:
    """Of everybody there could be a value of, how many there is none of: n of N."""
    if behind.cohort is None:
        return not_applicable()
    if behind.n is None:
        return not_run("no_figure")
    missing = max(behind.cohort - behind.n, 0)
    return counted(missing, behind.cohort, Limits("0.10", "0.40"))
