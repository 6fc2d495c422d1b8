"""What of the demonstration can come after sign-in: the worker loads it in the meantime."""

from django_tasks import task

from digna.demo.words import Draw
from digna.journal import actor
from digna.markets.models import Sheet
from digna.programmes.models import Programme


@task()
def load_trade(programme_id: int, seed: int) -> None:
    """Bring the invented world and make its sheets; done once however often it is asked."""
    from digna.demo import trade  # duckdb and ibis

    programme = Programme.objects.get(pk=programme_id)
    if not Sheet.objects.filter(programme=programme).exists():
        trade.load(actor.system(reason="datos sintéticos de demostración"), Draw(seed), programme)
