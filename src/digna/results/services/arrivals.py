"""Results of a file that somebody else published, taken over by whoever looked at them first."""

from collections.abc import Iterable, Iterator

from django.utils.text import slugify

from digna.errors import Refused
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results.iati.arriving import Arrived, Base, Said
from digna.results.models import Baseline, Indicator, ReportedActual, Target
from digna.results.selectors import arrival
from digna.results.services import iati, indicators, locks, targets
from digna_engines.iati.model import Activity


@writes("results.iati_file.taken_over")
def take_over(
    *, actor: Actor, programme: Programme, activity: Activity, create_missing: bool = False
) -> dict[str, int]:
    """Keep what an activity says of each indicator; how many of each thing were kept.

    An indicator is ours by its code or its name; others are new, as reported ones, where
    `create_missing` says so. Actuals of what we compute from records are left, and so is what
    falls in a frozen or locked period (`closed`). The same file again changes nothing.
    """
    counts = {"indicators": 0, "baselines": 0, "targets": 0, "actuals": 0, "closed": 0}
    source = f"IATI {activity.identifier or ''}".strip()
    for line in arrival.lines_of(programme, activity):
        if line.arrived.is_empty or (line.ours is None and not create_missing):
            continue
        row = line.ours
        if row is None:
            row = _declared(actor, programme, line.arrived)
            counts["indicators"] += 1
        _keep(actor, row, line.arrived, source, counts)
    return counts


def _declared(actor: Actor, programme: Programme, one: Arrived) -> Indicator:
    code = (slugify(one.code or one.name_es) or "indicador")[:50]
    taken = Indicator.objects.filter(programme=programme, code__startswith=code).count()
    direction = Indicator.Direction
    return indicators.declare_reported(
        actor=actor,
        programme=programme,
        code=f"{code}-{taken + 1}" if taken else code,
        name_es=(one.name_es or code)[:160],
        name_en=one.name_en[:160],
        unit="%" if one.is_percent else "",
        direction=direction.DESCENDING if one.is_descending else direction.ASCENDING,
    )


def _keep(actor: Actor, row: Indicator, one: Arrived, source: str, counts: dict[str, int]) -> None:
    """Keep what is new: what we hold already keeps its own words and source."""
    base = one.baseline
    if base is not None and not _is_ours(row, base):
        iati.set_baseline(
            actor=actor, indicator=row, year=base.year, amount=base.value, on=base.on,
            comment=base.comment, source=source,
        )  # fmt: skip
        counts["baselines"] += 1
    for said in _open(row, _new(Target, row, one.targets), counts):
        targets.set_target(
            actor=actor, indicator=row, period=said.period, written=said.written,
            value=said.value, source=source,
        )  # fmt: skip
        counts["targets"] += 1
    actuals = _new(ReportedActual, row, one.actuals) if row.is_reported else []
    for said in _open(row, actuals, counts):
        targets.report_actual(
            actor=actor, indicator=row, period=said.period, written=said.written,
            value=said.value, source=source,
        )  # fmt: skip
        counts["actuals"] += 1


def _open(row: Indicator, values: Iterable[Said], counts: dict[str, int]) -> Iterator[Said]:
    for said in values:
        try:
            locks.refuse_closed(row, said.starts_on, said.ends_on, "period")
        except Refused:
            counts["closed"] += 1
        else:
            yield said


def _is_ours(row: Indicator, base: Base) -> bool:
    standing = Baseline.objects.filter(indicator=row).first()
    return standing is not None and (standing.year, standing.amount) == (base.year, base.value)


def _new(
    model: type[Target] | type[ReportedActual], row: Indicator, values: Iterable[Said]
) -> list[Said]:
    standing = model._default_manager.filter(indicator=row, subject="")
    held = {(one.starts_on, one.ends_on): one.amount for one in standing}
    return [said for said in values if held.get((said.starts_on, said.ends_on)) != said.value]
