"""Work that outlasts a request: a large export made."""

from django_tasks import task

from digna.journal import actor
from digna.surveys import storing
from digna.surveys.models import Export
from digna.surveys.services import exports


@task()
def make_export(export_id: int) -> None:
    """Make an export that is still wanted; what goes wrong is told on its page."""
    from digna.surveys import making

    row = Export.objects.select_related("form__programme", "user").filter(pk=export_id).first()
    if row is None or row.state != Export.State.ASKED:
        return
    try:
        making.make(row)
    except Exception as broken:
        problem = "disk" if storing.is_no_room(broken) else "broken"
        exports.fail(actor=actor.system(), export=row, problem=problem)
        raise
