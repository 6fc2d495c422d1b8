"""A table of targets and actuals brought in whole: looked at first, then kept, or not at all."""

from collections.abc import Sequence

from django.utils.text import slugify

from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results import importing, tabular
from digna.results.models import Indicator
from digna.results.services import indicators, targets


@writes("results.table.imported")
def import_table(
    *,
    actor: Actor,
    programme: Programme,
    rows: Sequence[Sequence[str]],
    create_missing: bool = False,
    source: str = "",
) -> dict[str, int]:
    """Keep the good lines of a table; how many targets and actuals there were, how many faults.

    The same table again changes nothing.
    """
    table = importing.dry_run(programme=programme, rows=rows, create_missing=create_missing)
    known = importing.known(programme)
    counts = {"targets": 0, "actuals": 0, "faults": len(table.faults)}
    for line in table.good:
        title = tabular.folded(line.indicator)
        if title not in known:
            known[title] = _created(actor, programme, line.indicator)
        _keep(actor, known[title], line, source, counts)
    return counts


def _created(actor: Actor, programme: Programme, title: str) -> Indicator:
    code = (slugify(title) or "indicador")[:50]
    taken = Indicator.objects.filter(programme=programme, code__startswith=code).count()
    return indicators.declare_reported(
        actor=actor,
        programme=programme,
        code=f"{code}-{taken + 1}" if taken else code,
        name_es=title[:160],
        unit=importing.unit_in(title),
    )


def _keep(
    actor: Actor, row: Indicator, line: tabular.Line, source: str, counts: dict[str, int]
) -> None:
    assert line.period is not None  # noqa: S101  (a good line has one)
    said = {
        "actor": actor,
        "indicator": row,
        "period": f"{line.period.starts_on}/{line.period.ends_on}",
        "subject": line.subject,
        "source": source,
    }
    if line.target is not None:
        targets.set_target(written=line.target.as_written, **said)  # type: ignore[arg-type]
        counts["targets"] += 1
    if line.actual is not None:
        targets.report_actual(written=line.actual.as_written, **said)  # type: ignore[arg-type]
        counts["actuals"] += 1
