"""A table of targets and actuals as its preview shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from digna.programmes.models import Programme
from digna.results import importing


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row: what was understood of it, and what is wrong with it by cell."""

    number: int
    indicator: str
    subject: str
    period: str
    target: str
    actual: str
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A table before it is kept."""

    rows: Sequence[Sequence[str]]
    lines: tuple[PreviewLine, ...]
    faults: tuple[tuple[str, str], ...]
    good_count: int


def preview(
    programme: Programme, rows: Sequence[Sequence[str]], *, create_missing: bool
) -> Preview:
    """Read a table and say of each cell what is wrong with it; nothing is written."""
    table = importing.dry_run(programme=programme, rows=rows, create_missing=create_missing)
    return Preview(
        rows=rows,
        lines=tuple(
            PreviewLine(
                number=line.number,
                indicator=line.indicator,
                subject=line.subject,
                period=line.period.label if line.period is not None else "",
                target=line.target.as_written if line.target is not None else "",
                actual=line.actual.as_written if line.actual is not None else "",
                faults=tuple((fault.cell, importing.sentence(fault)) for fault in line.faults),
            )
            for line in table.lines
        ),
        faults=tuple((fault.cell, importing.sentence(fault)) for fault in table.faults),
        good_count=len(table.good),
    )
