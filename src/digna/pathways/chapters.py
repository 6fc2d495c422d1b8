"""What this room tells of a firm on its page in the register."""

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.pathways import access
from digna.pathways.forms import said
from digna.pathways.models import ExportPlan, FirmPathway, StepProgress
from digna.pathways.selectors.library import shelf, spoken
from digna.registry.models import Enterprise
from digna.registry.stories import Entry, Link


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return the way from a firm's page to its pathways, for whoever may see them."""
    if not rights.may(user, access.SEE):
        return []
    url = reverse("pathways:firm", args=[enterprise.public_id])
    return [Link(_("Trámites"), url, "compass")]


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return the pathways a firm set out on, what it did of them, its export plans."""
    rows = FirmPathway.objects.filter(enterprise=enterprise).select_related("enterprise")
    done = StepProgress.objects.filter(enterprise=enterprise, state=StepProgress.State.DONE)
    plans = ExportPlan.objects.filter(enterprise=enterprise)
    if not (rows or done or plans):
        return []
    library, tongue = shelf().library, spoken()
    names = {key: said(one.name, tongue) for key, one in library.pathways.items()}
    steps = {key: said(one.name, tongue) for key, one in library.steps.items()}
    return [
        *(_begun(row, names.get(row.code, row.code)) for row in rows),
        *(_done(row, steps.get(row.step, row.step)) for row in done),
        *(_planned(row) for row in plans),
    ]


def _begun(row: FirmPathway, name: str) -> Entry:
    url = reverse("pathways:checklist", args=[row.enterprise.public_id, row.code])
    return Entry(row.started_on, _("Empezó la ruta: %(name)s") % {"name": name}, url=url)


def _done(row: StepProgress, name: str) -> Entry:
    url = reverse("pathways:step", args=[row.enterprise.public_id, row.step])
    when = row.finished_on or row.at.date()
    return Entry(when, _("Trámite hecho: %(name)s") % {"name": name}, detail=row.number, url=url)


def _planned(row: ExportPlan) -> Entry:
    url = reverse("pathways:export_plan", args=[row.public_id])
    said_ = _("Plan de exportación, versión %(n)s") % {"n": row.version}
    return Entry(row.on, said_, detail=row.product, url=url)
