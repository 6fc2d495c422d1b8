"""Work that outlasts a request: figures computed, the records of a part found."""

import uuid

from django_tasks import task

from digna.journal import actor
from digna.programmes.models import Programme
from digna.results import trials
from digna.results.models import Figure
from digna.results.services import figures
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
