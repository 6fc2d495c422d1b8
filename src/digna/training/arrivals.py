"""What a trainer does without signal: a visit, a workshop, a newcomer met there."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.accounts.fieldwork import Sent, Sheet, Work, declare
from digna.errors import NotVisible
from digna.training import access, grids
from digna.training.forms.cycles import SeatForm
from digna.training.forms.pages import ActForm
from digna.training.forms.visits import VisitForm
from digna.training.selectors import ways
from digna.training.services import visits, workshops


def ready() -> None:
    """Offer this room's works to the field."""
    declare(
        Work(
            slug="visita",
            action="training.visit.recorded",
            right=access.EDIT,
            open=open_visit,
        ),
        Work(
            slug="taller",
            action="training.attendance.recorded",
            right=access.EDIT,
            open=open_workshop,
            changes=True,
        ),
        Work(
            slug="participante",
            action="training.participant.seated",
            right=access.EDIT,
            open=open_seat,
        ),
    )


def open_visit(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """The visit form of a firm's way."""
    firm = access.firm(user, _uuid(key), access.EDIT)
    form = VisitForm(sent and sent.values, sent and sent.files, firm=firm, today=day)
    number = firm.visits.count() + 1
    return Sheet(
        form=form,
        title=_("Visita %(n)s") % {"n": number},
        about=f"{_('Visita %(n)s') % {'n': number}} · {firm.enterprise}",
        button=_("Guardar la visita"),
        firm=firm.enterprise.public_id,
        do=lambda actor: visits.record_visit(actor=actor, firm=firm, seen=form.seen),
        template="training/visit_form.html",
        context={
            "firm": firm,
            "way": ways.way(firm, day),
            "kpis": form.kpi_rows(),
            "is_step": number <= firm.cycle.module.visits,
        },
        unprinted=frozenset(name for name in form.fields if name.endswith("_confirmed_reason")),
    )


def open_workshop(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """The attendance grid of a workshop; on the day or after, says the service."""
    row = access.workshop(user, _number(key), access.EDIT)
    found = grids.grid(row)
    values: Mapping[str, str] = sent.values if sent is not None else {}
    return Sheet(
        form=ActForm(sent and sent.values),
        title=row.title,
        about=f"{_('Asistencia')} · {row.title}",
        button=_("Guardar"),
        do=lambda actor: workshops.record_attendance(
            actor=actor,
            workshop=row,
            marks=grids.marks(found, values),
            base_version=grids.version(values),
        ),
        template="training/workshop.html",
        context=grids.context(row, found, can_edit=True) | {"is_early": False},
        holds=lambda name: grids.holds(found, name),
        now=lambda: grids.as_sent(row, found),
        tables=lambda: grids.on_paper(found),
    )


def open_seat(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """Somebody of a firm who is not on its list yet, perhaps met at a workshop."""
    firm = access.firm(user, _uuid(key), access.EDIT)
    form = SeatForm(sent and sent.values, user=user, firm=firm)
    return Sheet(
        form=form,
        title=_("Agregar participante"),
        about=f"{_('Participante')} · {firm.enterprise}",
        button=_("Agregar"),
        firm=firm.enterprise.public_id,
        do=lambda actor: workshops.seat_at(actor=actor, firm=firm, **form.given),
        sentence=str(firm.enterprise),
    )


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotVisible(
            "training.not_visible", _("No hay tal empresa en sus ciclos, o no le toca verla.")
        ) from None


def _number(text: str) -> int:
    if text.isdigit() and len(text) < 10:
        return int(text)
    raise NotVisible("training.not_visible", _("No hay tal taller entre sus ciclos."))
