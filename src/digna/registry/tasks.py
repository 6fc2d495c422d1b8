"""Work that outlasts a request: an import checked, an import run."""

from django_tasks import task

from digna.accounts.models import User
from digna.journal.actor import Actor
from digna.registry import importing
from digna.registry.models import ImportBatch
from digna.registry.services import imports


def _actor(user_id: int | None) -> Actor:
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    return Actor(user=user, device="tarea")


@task()
def check_import(batch_id: int, user_id: int | None) -> None:
    """Read every row of an import and say what is wrong with each."""
    imports.check(actor=_actor(user_id), batch=ImportBatch.objects.get(pk=batch_id))


@task()
def run_import(batch_id: int, user_id: int | None) -> None:
    """Take in the valid rows, chunk by chunk; safe to run again after a crash."""
    batch = ImportBatch.objects.get(pk=batch_id)
    try:
        run = importing.Run.begin(batch.kind)
        for chunk in imports.chunks_left(batch):
            imports.import_rows(actor=_actor(user_id), batch=batch, rows=chunk, run=run)
        imports.finish(actor=_actor(user_id), batch=batch)
    except Exception as broken:
        imports.fail(actor=_actor(user_id), batch=batch, problem=str(broken)[:500])
        raise
