"""Practices of a firm over its measurements: which were adopted, which slid back."""

from dataclasses import dataclass

from digna.improvement import facts, wording
from digna.improvement.models import Measurement, PracticeAnswer
from digna.registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One practice: its answers by measurement, and how the latest stands against the first."""

    text: str
    answers: tuple[str, ...]
    adopted: bool | None
    slid_back: bool | None


@dataclass(frozen=True, slots=True)
class PracticeTable:
    """Measurements as columns, practices as rows; adoption as its two parts."""

    measurements: tuple[Measurement, ...]
    rows: tuple[PracticeRow, ...]
    adopted: int
    slid_back: int
    comparable: int
    in_place: int
    answered: int


def table_of(enterprise: Enterprise) -> PracticeTable:
    """Return the practices of a firm, measurement by measurement."""
    found = Measurement.objects.filter(enterprise=enterprise, practices_version__isnull=False)
    measurements = tuple(
        found.select_related("practices_version").prefetch_related("practices").order_by("on", "pk")
    )
    given = [{a.practice_code: a.value for a in m.practices.all()} for m in measurements]
    words = dict(PracticeAnswer.Value.choices)
    rows = []
    for code, text in _texts(measurements).items():
        values = [answers.get(code, "") for answers in given]
        known = [value for value in values if value]
        adopted, slid = facts.moved(known[0], known[-1]) if len(known) > 1 else (None, None)
        shown = tuple(str(words[value]) if value else "" for value in values)
        rows.append(PracticeRow(text, shown, adopted, slid))
    latest = given[-1].values() if given else ()
    return PracticeTable(
        measurements=measurements,
        rows=tuple(rows),
        adopted=sum(row.adopted is True for row in rows),
        slid_back=sum(row.slid_back is True for row in rows),
        comparable=sum(row.adopted is not None for row in rows),
        in_place=sum(value == "yes" for value in latest),
        answered=sum(value not in ("", "na") for value in latest),
    )


def _texts(measurements: tuple[Measurement, ...]) -> dict[str, str]:
    """Return the words of every practice asked, as the latest version says them."""
    found: dict[str, str] = {}
    for measurement in measurements:
        version = measurement.practices_version
        for item in version.items if version is not None else []:
            found[item["code"]] = wording.say(item, "text")
    return found
