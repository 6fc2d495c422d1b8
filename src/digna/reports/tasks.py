"""Work that outlasts a request: the PDF of a report."""

from django_tasks import task

from digna.journal import actor
from digna.reports.models import Rendering
from digna.reports.services import renderings


@task()
def draw(rendering_id: int) -> None:
    """Draw a PDF; safe to run again after a crash."""
    from digna.reports import delivering

    row = Rendering.objects.filter(pk=rendering_id, state=Rendering.State.ASKED).first()
    if row is None or row.paper is None:
        return
    try:
        content = delivering.drawn(row.paper)
    except Exception as broken:
        renderings.fail(actor=actor.system(), rendering=row, problem=str(broken))
        raise
    renderings.drawn(actor=actor.system(), rendering=row, content=content)
