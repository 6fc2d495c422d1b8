"""Work that outlasts a request: figures computed, the records of a part found."""

import uuid

from django_tasks import task

from digna.journal import actor
from digna.programmes.models import Programme
from digna.results import trials
from digna.results.models import EffectRun, Figure, QualityRun
from digna.results.services import effects, figures, quality
from digna_engines.errors import EngineError


@task()
def recompute(programme_id: int) -> None:
    """Compute a programme's figures; safe to run again after a crash."""
    from digna.results import computing  # pyarrow, duckdb and ibis: never in the web process

    programme = Programme.objects.get(pk=programme_id)
    try:
        computing.compute_figures(actor=actor.system(), programme=programme)
    except Exception as broken:
        figures.fail(actor=actor.system(), programme=programme, problem=str(broken))
        raise


@task()
def try_indicator(key: str) -> None:
    """Compute an indicator that is being declared; keep nothing but the answer to the trial."""
    from digna.results import computing

    trial = trials.read(uuid.UUID(key))
    if trial is None:
        return
    programme = Programme.objects.get(pk=trial.programme_id)
    try:
        trials.answer(trial, computing.tried(programme, trial.declaration))
    except EngineError as refused:
        trials.fail(trial, es=refused.message_es, en=refused.message_en)
    except Exception:
        trials.fail(
            trial,
            es="No se pudo calcular. Revise la fuente y las columnas.",
            en="It could not be computed. Review the source and the columns.",
        )
        raise


@task()
def find_members(figure_id: int) -> None:
    """Find the records behind each part of a figure."""
    from digna.results import computing

    found = Figure.objects.filter(pk=figure_id).first()
    if found is not None:
        computing.find_members(actor=actor.system(), figure=found)


@task()
def check_quality(run_id: int) -> None:
    """Look at the records behind the figures of a run; safe to run again after a crash."""
    from digna.results import checking

    run = QualityRun.objects.select_related("programme", "period").get(pk=run_id)
    try:
        checking.check_quality(actor=actor.system(), run=run)
    except Exception as broken:
        quality.fail_run(actor=actor.system(), run=run, problem=str(broken))
        raise


@task()
def estimate_effect(run_id: int) -> None:
    """Estimate a study's effect; what the engine refuses is told in its own words."""
    from digna.results.effects import estimating

    run = EffectRun.objects.select_related("study").get(pk=run_id)
    who = actor.system()
    try:
        came = estimating.estimate(run.study)
    except EngineError as refused:
        effects.fail_estimate(
            actor=who, run=run, problem_es=refused.message_es, problem_en=refused.message_en
        )
        return
    except Exception as broken:
        effects.fail_estimate(actor=who, run=run, problem_es=str(broken), problem_en=str(broken))
        raise
    effects.record_estimate(
        actor=who,
        run=run,
        found=came.found,
        inputs_sha256=came.inputs_sha256,
        engine=came.engine,
    )
