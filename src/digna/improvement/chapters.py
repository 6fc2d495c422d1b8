"""What this room tells of a firm on its page in the register: measurements, projects, plans."""

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.improvement import access
from digna.improvement.models import ChecklistRun, ContinuityPlan, Measurement, Project
from digna.registry.models import Enterprise
from digna.registry.stories import Entry, Link


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return the way from a firm's page to its board, for whoever may see it."""
    if not rights.may(user, access.SEE):
        return []
    url = reverse("improvement:board", args=[enterprise.public_id])
    return [Link(_("Tablero"), url, "chart-bar")]


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return the measurements, projects, checklists and approved plans of a firm."""
    return [
        *_measurements(enterprise),
        *_projects(enterprise),
        *_runs(enterprise),
        *_plans(enterprise),
    ]


def _measurements(enterprise: Enterprise) -> list[Entry]:
    return [
        Entry(
            when=row.on,
            what=_("Medición: %(point)s") % {"point": row.get_point_display()},
            url=reverse("improvement:measurement", args=[row.public_id]),
        )
        for row in Measurement.objects.filter(enterprise=enterprise)
    ]


def _projects(enterprise: Enterprise) -> list[Entry]:
    return [
        Entry(
            when=row.done_on or row.starts_on,
            what=_("Proyecto de mejora: %(title)s") % {"title": row.title},
            detail=f"{row.get_area_display()} · {row.get_status_display()}",
            url=reverse("improvement:project", args=[row.public_id]),
        )
        for row in Project.objects.filter(enterprise=enterprise)
    ]


def _runs(enterprise: Enterprise) -> list[Entry]:
    rows = ChecklistRun.objects.filter(enterprise=enterprise, closed_at__isnull=False)
    return [
        Entry(
            when=row.on,
            what=str(row.version),
            detail=row.area,
            url=reverse("improvement:run", args=[row.public_id]),
        )
        for row in rows.select_related("version")
    ]


def _plans(enterprise: Enterprise) -> list[Entry]:
    rows = ContinuityPlan.objects.filter(enterprise=enterprise, approved_on__isnull=False)
    return [
        Entry(
            when=row.approved_on,
            what=_("Plan de continuidad, versión %(n)s") % {"n": row.number},
            detail=row.get_state_display(),
            url=reverse("improvement:plan", args=[row.public_id]),
        )
        for row in rows
        if row.approved_on is not None
    ]
