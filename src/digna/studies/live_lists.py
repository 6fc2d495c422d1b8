"""The studies that a questionnaire may choose from: those of its programme that are under way."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.studies import assessment_access as access
from digna.studies.models.assessments import Study
from digna.surveys.lists import LiveList, Row

UNDER_WAY = (Study.Status.PLANNED, Study.Status.FIELDWORK, Study.Status.ANALYSIS)


def under_way(programme: Programme) -> QuerySet[Study]:
    """Return the studies of a programme that still gather: not validated, not closed."""
    return Study.objects.filter(programme=programme, status__in=UNDER_WAY)


def _studies(programme: Programme, user: object) -> QuerySet[Study]:
    return under_way(programme).filter(pk__in=access.visible_studies(user).values("pk"))


def _every_study(programme: Programme) -> QuerySet[Study]:
    return Study.objects.filter(programme=programme)


def _tell(found: QuerySet[Study]) -> Iterator[Row]:
    for row in found.select_related("place").prefetch_related("sectors"):
        yield {
            "name": str(row.public_id),
            "label": str(row),
            "producto": row.product,
            "rubros": " ".join(sorted(sector.code for sector in row.sectors.all())),
            "municipio": row.place.name if row.place else "",
        }


STUDIES = LiveList(
    name="digna_estudios.csv",
    label=_("estudios de mercado en marcha"),
    columns=("producto", "rubros", "municipio"),
    seen=_studies,
    every=_every_study,
    key="public_id",
    tell=_tell,
)
