"""Work that outlasts a request: a timetable computed."""

from django_tasks import task

from digna.journal import actor
from digna.rounds.models import Timetable
from digna.rounds.services import timetables


@task()
def solve(timetable_id: int) -> None:
    """Compute a timetable; safe to run again after a crash."""
    from digna.rounds import solving  # NumPy and SciPy: never in the web process
    from digna_engines.errors import EngineError

    row = Timetable.objects.select_related("round").get(pk=timetable_id)
    if row.state != Timetable.State.WORKING:
        return
    try:
        told = solving.solve(row.asked, row.kept, seconds=row.seconds)
    except EngineError as problem:
        timetables.fail(actor=actor.system(), timetable=row, problem=str(problem))
    except Exception as broken:
        timetables.fail(actor=actor.system(), timetable=row, problem=str(broken))
        raise
    else:
        timetables.finish(actor=actor.system(), timetable=row, told=told)
