"""The programme's pages: what it set out to do and what it does."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from digna.journal import history
from digna.programmes import access
from digna.programmes.models import (
    Activity,
    ExpectedResult,
    Funder,
    InstalledKit,
    Phase,
    Programme,
    StrategicArea,
)


def programmes_list(user: object) -> list[Programme]:
    """Return the programmes a user may see, with how many activities each has."""
    rows = access.visible_programmes(user).annotate(
        activity_count=Count("activities", distinct=True),
        done_count=Count("activities", filter=Q(activities__status="done"), distinct=True),
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class AreaView:
    """A strategic area with its expected results and its activities."""

    area: StrategicArea | None
    name: str
    description: str
    results: list[ExpectedResult]
    activities: list[Activity]


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """Everything the page of a programme shows."""

    programme: Programme
    funders: list[Funder]
    phases: list[Phase]
    areas: list[AreaView]
    activity_count: int
    done_count: int
    history: list[history.Entry]


def programme_page(programme: Programme) -> ProgrammePage:
    """Return the page of one programme, its activities under their areas."""
    activities = list(
        programme.activities.select_related("partner").prefetch_related("sectors", "departments")
    )
    results = list(programme.results.all())
    areas = [
        AreaView(
            area=area,
            name=area.name,
            description=area.description,
            results=[r for r in results if r.area_id == area.pk],
            activities=[a for a in activities if a.area_id == area.pk],
        )
        for area in programme.areas.all()
    ]
    loose = [a for a in activities if a.area_id is None]
    loose_results = [r for r in results if r.area_id is None]
    if loose or loose_results:
        areas.append(AreaView(None, _("Sin área"), "", loose_results, loose))
    return ProgrammePage(
        programme=programme,
        funders=list(programme.funders.select_related("organisation")),
        phases=list(programme.phases.all()),
        areas=areas,
        activity_count=len(activities),
        done_count=sum(a.status == Activity.Status.DONE for a in activities),
        history=history.history(programme, limit=10),
    )


@dataclass(frozen=True, slots=True)
class KitView:
    """An installed kit: what it is and how many entries each section has."""

    kit: InstalledKit
    sections: list[tuple[str, int]]


def kits_list() -> list[KitView]:
    """Return the kits installed, the latest first."""
    return [
        KitView(kit, [(name, _size(document)) for name, document in kit.documents.items()])
        for kit in InstalledKit.objects.select_related("loaded_by")
    ]


def _size(document: object) -> int:
    """Count the entries of a section: of a list, or of the lists inside a mapping."""
    if isinstance(document, list):
        return len(document)
    if isinstance(document, dict):
        return sum(len(part) for part in document.values() if isinstance(part, list)) or 1
    return 1
