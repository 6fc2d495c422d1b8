"""What this room tells of a firm and of a person on their pages in the register."""

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.registry.models import Enterprise, Person
from digna.registry.stories import Entry, Link
from digna.training import access, lacks
from digna.training.models import CycleFirm, Visit, WorkshopAttendance


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return one entry a cycle the firm is in, and one a visit it had."""
    firms = CycleFirm.objects.filter(enterprise=enterprise).select_related("cycle__module")
    entries = [_way(firm) for firm in firms]
    visits = Visit.objects.filter(firm__enterprise=enterprise).select_related("firm", "trainer")
    return entries + [_visit(visit) for visit in visits]


def _way(firm: CycleFirm) -> Entry:
    state = lacks.state_word(firm.state)
    return Entry(
        when=firm.since,
        what=firm.cycle.module.name,
        detail=_("%(state)s, en pausa") % {"state": state} if firm.is_paused else state,
        url=reverse("training:firm", args=[firm.public_id]),
    )


def _visit(visit: Visit) -> Entry:
    return Entry(
        when=visit.on,
        what=_("Visita %(n)s") % {"n": visit.number},
        detail=visit.findings[:140],
        url=reverse("training:firm", args=[visit.firm.public_id]) + f"#visita-{visit.number}",
    )


def of_person(person: Person) -> list[Entry]:
    """Return one entry a workshop the person was at."""
    rows = WorkshopAttendance.objects.filter(person=person, is_present=True).select_related(
        "workshop__cycle__module", "firm__enterprise"
    )
    return [
        Entry(
            when=row.workshop.starts_at.date(),
            what=row.workshop.title,
            detail=f"{row.firm.enterprise} · {row.get_role_display()}",
            url=reverse("training:workshop", args=[row.workshop_id]),
        )
        for row in rows
    ]


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return ways into training from a firm's page, for who may go there."""
    links = []
    if rights.may(user, access.SELL):
        url = reverse("training:new_opportunity") + f"?empresa={enterprise.public_id}"
        links.append(Link(str(_("Ofrecer formación")), url, "handshake"))
    return links
