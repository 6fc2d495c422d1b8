"""From the records behind figures to the ledger of quality: what the worker does.

Never imported by the web process: duckdb and ibis come along. Looking holds no lock; only what was
found is written, in one short transaction.
"""

from django.utils import timezone

from digna.journal.actor import Actor
from digna.journal.models import Line
from digna.results import packing
from digna.results.models import Indicator, QualityCheck, QualityGrade, QualityRun
from digna.results.quality import reading, rules
from digna.results.quality.found import Behind, Found
from digna.results.services import quality as services


def check_quality(*, actor: Actor, run: QualityRun) -> QualityRun:
    """Look at the records behind every figure of a run's period, and keep what was found."""
    line = Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    today = timezone.localdate(actor.at)
    checks: list[QualityCheck] = []
    grades: list[QualityGrade] = []
    for row, behind in reading.behind_each(run.programme, run.period, today):
        found = rules.look(behind)
        checks += [_check(run, row, rule, one, behind) for rule, one in found]
        letter = rules.graded(found)
        grades.append(
            QualityGrade(
                run=run,
                indicator=row,
                grade=letter.grade or "",
                weak=list(letter.weak),
                unjudged=list(letter.unjudged),
            )
        )
    written = services.Written(line, checks, grades)
    return services.record_run(actor=actor, run=run, written=written)


def _check(
    run: QualityRun, row: Indicator, rule: rules.Rule, found: Found, behind: Behind
) -> QualityCheck:
    kind = _kind(behind)
    column = behind.columns.get(kind, ())
    keys = {column[place] for place in found.places} - {None} if column else set()
    return QualityCheck(
        run=run,
        indicator=row,
        dimension=rule.dimension,
        rule=rule.code,
        version=rule.version,
        outcome=found.outcome,
        checked=found.checked,
        failing=found.failing,
        record_kind=kind if keys else "",
        records=packing.pack(keys).data if keys else None,
        details=dict(found.details),
    )


def _kind(behind: Behind) -> str:
    """Return the column by which failing rows are opened."""
    if behind.schema.name == "events.attendance":
        return "attendance_id"
    named = [name for name in ("enterprise_id", "person_id") if name in behind.columns]
    return named[0] if named else behind.key
