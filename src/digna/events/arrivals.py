"""What is noted at a session without signal: its attendance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.accounts.fieldwork import Sent, Sheet, Work, declare
from digna.errors import NotVisible, Refused
from digna.events import access, forms, grids
from digna.events.services import attendance
from digna.journal.actor import Actor


def ready() -> None:
    """Offer this room's work to the field."""
    declare(
        Work(
            slug="sesion",
            action="events.attendance.recorded",
            right=access.EDIT,
            open=open_session,
            changes=True,
        )
    )


def open_session(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """The attendance grid of a session; on the day or after, says the service."""
    row = access.session(user, _number(key), access.EDIT)
    grid = grids.grid(row)
    values: Mapping[str, str] = sent.values if sent is not None else {}

    def do(actor: Actor) -> int:
        read = grids.read(grid, values, values.get("rest", ""))
        if read.wrong:
            raise Refused("events.attendance.bad_hours", " ".join(read.wrong.values()))
        return attendance.record_attendance(
            actor=actor, session=row, marks=read.marks, base_version=read.version
        )

    return Sheet(
        form=forms.ActForm(sent and sent.values),
        title=row.title,
        about=f"{_('Asistencia')} · {row.process.title} · {row.title}",
        button=_("Guardar"),
        do=do,
        template="events/session_field.html",
        context={
            "session": row,
            "process": row.process,
            "grid": grid,
            "default_hours": grids.hours_text(row.hours),
            "is_early": False,
        },
        holds=lambda name: grids.holds(grid, name),
        now=lambda: grids.as_sent(grid),
        tables=lambda: [grids.on_paper(grid)],
    )


def _number(text: str) -> int:
    if text.isdigit() and len(text) < 10:
        return int(text)
    raise NotVisible("events.not_visible", _("No hay tal sesión entre sus actividades."))
