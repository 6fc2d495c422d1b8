"""The cycles that a questionnaire may choose from: those of its programme that go on."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.surveys.lists import LiveList, Row
from digna.training import access
from digna.training.models import Cycle


def _cycles(programme: Programme, user: object) -> QuerySet[Cycle]:
    rows = Cycle.objects.filter(programmes=programme, is_cancelled=False)
    return rows.filter(pk__in=access.visible_cycles(user).values("pk"))


def _every_cycle(programme: Programme) -> QuerySet[Cycle]:
    return Cycle.objects.filter(programmes=programme)


def _tell(found: QuerySet[Cycle]) -> Iterator[Row]:
    told = found.values_list("public_id", "title", "module__code", "starts_on", "place__name")
    for key, title, module, starts_on, place in told:
        yield {
            "name": str(key),
            "label": title,
            "modulo": module,
            "inicio": starts_on.isoformat(),
            "municipio": place or "",
        }


CYCLES = LiveList(
    name="digna_ciclos.csv",
    label=_("ciclos de formación"),
    columns=("modulo", "inicio", "municipio"),
    seen=_cycles,
    every=_every_cycle,
    key="public_id",
    tell=_tell,
)
