"""Studies of effect: planned, estimated by the worker, each estimate kept as it came out."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results.models import EffectRun, EffectStudy

State = EffectRun.State


@writes("results.effect.planned")
def plan_study(
    *,
    actor: Actor,
    programme: Programme,
    title: str,
    origin: str,
    design: str,
    unit: str = "",
    asked: Mapping[str, Any] | None = None,
    rows: list[dict[str, Any]] | None = None,
    winsorised_share: Decimal = Decimal(0),
    deflator: str = "",
) -> EffectStudy:
    """Say what is measured, who took part and whom to compare with, before seeing any estimate."""
    if origin == EffectStudy.Origin.UPLOAD and not rows:
        raise Refused(
            "results.effect.no_rows", _("El archivo no tiene ninguna unidad."), field="file"
        )
    return record.add(
        EffectStudy(
            programme=programme,
            title=title,
            origin=origin,
            design=design,
            unit=unit,
            asked=dict(asked or {}),
            rows=rows or [],
            winsorised_share=winsorised_share,
            deflator=deflator,
            made_at=actor.at,
            made_by=actor.user,
        )
    )


@writes("results.effect.asked")
def ask_for_estimate(*, actor: Actor, study: EffectStudy) -> EffectRun:
    """Ask for an estimate: a new row each time, beside those there are."""
    return record.add(EffectRun(study=study, asked_at=actor.at, asked_by=actor.user))


@writes("results.effect.estimated")
def record_estimate(
    *, actor: Actor, run: EffectRun, found: Mapping[str, Any], inputs_sha256: str, engine: str
) -> EffectRun:
    """Keep what came out. `tasks.estimate_effect` estimates and calls this."""
    return record.change(
        run,
        state=State.DONE,
        finished_at=actor.at,
        found=dict(found),
        inputs_sha256=inputs_sha256,
        engine=engine,
    )


@writes("results.effect.failed")
def fail_estimate(*, actor: Actor, run: EffectRun, problem_es: str, problem_en: str) -> EffectRun:
    """Say why there is no estimate."""
    return record.change(
        run,
        state=State.FAILED,
        finished_at=actor.at,
        problem_es=problem_es[:500],
        problem_en=problem_en[:500],
    )


@writes("results.effect.removed")
def remove_study(*, actor: Actor, study: EffectStudy) -> None:
    """Take a study away that was never estimated; one with estimates stays, whatever they say."""
    if study.runs.filter(state=State.DONE).exists():
        raise Refused(
            "results.effect.estimated",
            _("Este estudio ya tiene una estimación: no se quita, diga lo que diga."),
        )
    record.remove(study)
