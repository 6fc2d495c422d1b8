"""The ledger of quality: asked for, written by the worker; samples drawn and looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results import packing
from digna.results.models import (
    Figure,
    QualityCheck,
    QualityGrade,
    QualityRun,
    ReportingPeriod,
    VerificationSample,
    VerifiedRecord,
)
from digna.results.selectors import records, samples
from digna_engines.verification import draw

State = QualityRun.State
Result = VerifiedRecord.Result
LOST_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Written:
    """What a run found: rows ready to be kept, and the last journal line they had seen."""

    line: int
    checks: Sequence[QualityCheck]
    grades: Sequence[QualityGrade]


@writes("results.quality.asked")
def ask_for_run(
    *, actor: Actor, programme: Programme, period: ReportingPeriod | None
) -> QualityRun:
    """Ask for every check over the figures of a period; the one under way, where there is one."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    standing = QualityRun.objects.filter(
        programme=programme,
        period=period,
        state=State.QUEUED,
        asked_at__gt=actor.at - LOST_AFTER,
    ).first()
    if standing is not None:
        return standing
    return record.add(
        QualityRun(programme=programme, period=period, asked_at=actor.at, asked_by=actor.user)
    )


@writes("results.quality.checked")
def record_run(*, actor: Actor, run: QualityRun, written: Written) -> QualityRun:
    """Keep what a run found. `checking.check_quality` looks and calls this."""
    standing = QualityRun.objects.select_for_update().get(pk=run.pk)
    if standing.state == State.DONE:
        return standing
    record.add_many(written.checks, each=False)
    record.add_many(written.grades, each=False)
    return record.change(
        standing, state=State.DONE, finished_at=actor.at, as_of_line=written.line, problem=""
    )


@writes("results.quality.failed")
def fail_run(*, actor: Actor, run: QualityRun, problem: str) -> None:
    """Say that the checks did not come to an end, and why."""
    record.change(run, state=State.FAILED, finished_at=actor.at, problem=problem[:500])


@writes("results.sample.drawn")
def draw_sample(*, actor: Actor, figure: Figure, margin: Decimal, seed: int) -> VerificationSample:
    """Draw records of a figure by lot, as many as a share within `margin` asks for."""
    from digna_engines.attribution import survey_sample  # numpy: only where it is asked for

    keys = packing.unpack(figure.records)
    if not keys:
        raise Refused(
            "results.sample.no_records",
            _("Esta cifra no tiene registros detrás: no hay de qué sacar una muestra."),
        )
    size = survey_sample(float(margin), population=len(keys)).per_arm
    sample = record.add(
        VerificationSample(
            indicator=figure.indicator,
            period=figure.period,
            seed=seed,
            population=len(keys),
            margin=margin,
            record_kind=records.kind_of(figure),
            records_sha256=figure.records_sha256,
            drawn_at=actor.at,
            drawn_by=actor.user,
        )
    )
    one = Decimal(1) if samples.is_counted(figure.indicator) else None
    drawn: tuple[int | str, ...] = draw(list(keys), size, seed=seed)
    record.add_many(
        [
            VerifiedRecord(sample=sample, place=place, key=str(key), reported=one)
            for place, key in enumerate(drawn, start=1)
        ]
    )
    return sample


@writes("results.sample.looked_for")
def record_result(
    *,
    actor: Actor,
    row: VerifiedRecord,
    result: str,
    recounted: Decimal | None = None,
    reported: Decimal | None = None,
    note: str = "",
) -> VerifiedRecord:
    """Write what was found of a record: confirmed as it was said, other, or not found."""
    said = row.reported if reported is None else reported
    if result == Result.DIFFERS and recounted is None:
        raise Refused(
            "results.sample.no_recount",
            _("Escriba qué se encontró: 1 si igual entra en la cuenta, 0 si no."),
            field="recounted",
        )
    if result == Result.CONFIRMED:
        recounted = said
    elif result == Result.NOT_FOUND:
        recounted = Decimal(0)
    return record.change(
        row,
        result=result,
        recounted=recounted if result else None,
        reported=said,
        note=note.strip(),
        at=actor.at,
        by=actor.user,
    )
