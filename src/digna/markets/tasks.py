"""Work that outlasts a request: a file of world trade read, a market read out of it."""

from django_tasks import task

from digna.markets.models import Bringing, Reading


@task()
def bring_file(bringing_id: int) -> None:
    """Read a file of trade data into the store."""
    from digna.markets import working  # duckdb and ibis: never in the web process

    row = Bringing.objects.filter(pk=bringing_id).first()
    if row is not None and row.is_under_way:
        working.bring(row)


@task()
def read_market(reading_id: int) -> None:
    """Have the engine read one product of one country."""
    from digna.markets import working

    row = Reading.objects.select_related("release", "national").filter(pk=reading_id).first()
    if row is not None and row.is_under_way:
        working.read(row)
