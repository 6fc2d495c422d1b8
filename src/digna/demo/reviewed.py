"""The demo's periods as an office leaves them: one approved and frozen, one half way, its quality.

Whoever opens the demo sees a review under way: something to approve, something sent back, a
question not answered yet, letters of quality, a sample half looked for, two studies of effect.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from digna.accounts.models import User
from digna.journal.actor import Actor
from digna.programmes.models import Programme
from digna.results.effects import table
from digna.results.effects.table import Unit
from digna.results.models import EffectStudy, Figure, Indicator, IndicatorReview, ReportingPeriod
from digna.results.services import effects, periods, quality, reviews

LEAD, MEL, TRAINER = (
    f"{name}@demo.example" for name in ("responsable", "seguimiento", "formadora")
)
DUE = date(2022, 2, 28)
SAMPLE_OF = "constituents_trained"


def load(actor: Actor, programme: Programme, opened: list[ReportingPeriod]) -> None:
    """Review and freeze 2020, leave 2021 half way, and say what the quality of it all is."""
    people = {user.email: user for user in User.objects.filter(email__in=(LEAD, MEL, TRAINER))}
    lead, mel, trainer = (
        replace(actor, user=people.get(email), intention=None) for email in (LEAD, MEL, TRAINER)
    )
    rows = list(Indicator.objects.filter(programme=programme).order_by("order", "pk"))
    _first, year, last = opened
    reviews.submit(actor=mel, period=year, indicators=rows)
    reviews.approve(actor=lead, period=year, indicators=rows)
    periods.freeze_period(actor=lead, period=year)
    _half_way(lead, mel, trainer, last, rows)
    _looked_at(actor, mel, programme, year)
    _studied(mel, programme)


def _half_way(
    lead: Actor, mel: Actor, trainer: Actor, period: ReportingPeriod, rows: list[Indicator]
) -> None:
    reviews.set_due(actor=lead, period=period, due_on=DUE)
    reviews.submit(actor=trainer, period=period, indicators=rows[:6])
    reviews.submit(actor=mel, period=period, indicators=rows[6:14])
    reviews.approve(actor=lead, period=period, indicators=rows[6:10])
    sent = IndicatorReview.objects.filter(
        period=period, state=IndicatorReview.State.SUBMITTED, submitted_by=trainer.user
    ).select_related("period", "indicator")
    if (first := sent.first()) is not None:
        why = "Falta la lista firmada de septiembre. (Dato de demostración)"
        reviews.send_back(actor=replace(lead, reason=why), review=first)
        reviews.comment(
            actor=trainer,
            indicator=first.indicator,
            period=period,
            text="La lista está en la oficina de El Alto: la traigo el jueves. (Demostración)",
        )


def _looked_at(actor: Actor, mel: Actor, programme: Programme, year: ReportingPeriod) -> None:
    from digna.results import checking  # duckdb and ibis: only where figures are computed

    for period in (None, year):
        run = quality.ask_for_run(actor=mel, programme=programme, period=period)
        checking.check_quality(actor=actor, run=run)
    figure = (
        Figure.objects.filter(
            indicator__programme=programme, indicator__code=SAMPLE_OF, period=year, kind="frozen"
        )
        .select_related("indicator", "period")
        .first()
    )
    if figure is None or not figure.record_count:
        return
    sample = quality.draw_sample(actor=mel, figure=figure, margin=Decimal("0.10"), seed=2020)
    for place, row in enumerate(sample.records.all()[:20], start=1):
        result = "not found" if place == 13 else "confirmed"
        quality.record_result(actor=mel, row=row, result=result)


def _studied(mel: Actor, programme: Programme) -> None:
    """Plan two studies of invented firms: one that says something, one of too few to say it."""
    from digna.results import tasks

    for title, count in (
        ("Ventas al mes: ciclo 2020 y quienes entraron después (sintético)", 24),
        ("Ventas al mes: primer grupo de café (sintético)", 6),
    ):
        study = effects.plan_study(
            actor=mel,
            programme=programme,
            title=title,
            origin=EffectStudy.Origin.UPLOAD,
            design=EffectStudy.Design.DIFFERENCE,
            unit="Bs",
            rows=table.written(_firms(count)),
            deflator="corrientes",
        )
        run = effects.ask_for_estimate(actor=mel, study=study)
        tasks.estimate_effect.enqueue(run.pk)


def _firms(count: int) -> list[Unit]:
    """Return firms of two arms; those of the programme gain some more, two are not found again."""
    found = []
    for i in range(2 * count):
        treated = i % 2 == 0
        before = 4_000.0 + 137 * (i * 7 % 23)
        after = before + 250 + 61 * (i * 5 % 11) + (620 if treated else 0)
        lost = i in {5, 8} and count > 10
        found.append(Unit(f"empresa {i + 1}", treated, before, None if lost else after))
    return found
