"""The attendance grid of a workshop: what it shows, what it sends, what was changed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from digna.training.models import CycleFirm, Workshop
from digna.training.selectors import lists
from digna.training.selectors.lists import SeatRow
from digna.training.services.workshops import Mark
from digna.web.handwriting import Column, Row, Table, numbered

Grid = list[tuple[CycleFirm, list[SeatRow]]]
BUTTONS = ("rest", "save", "version")
BLANKS = 4
"""Lines on paper for newcomers of each firm."""


def grid(workshop: Workshop) -> Grid:
    """Return everybody seated, by firm, with the mark they have."""
    return lists.seats(workshop)


def context(workshop: Workshop, rows: Grid, *, can_edit: bool) -> dict[str, Any]:
    """Return what the grid's template needs."""
    everybody = [seat for _firm, seats in rows for seat in seats]
    return {
        "workshop": workshop,
        "cycle": workshop.cycle,
        "firms": rows,
        "present": sum(seat.is_present is True for seat in everybody),
        "total": len(everybody),
        "can_edit": can_edit,
    }


def marks(rows: Grid, sent: Mapping[str, str]) -> list[Mark]:
    """Return the marks that differ from what was seen; `rest` marks everybody left unmarked."""
    rest, found = sent.get("rest", ""), []
    for firm, seats in rows:
        for seat in seats:
            key = seat.person.pk
            mark = sent.get(f"mark-{key}", "") or rest
            text = sent.get(f"minutes-{key}", "").strip() if mark == "present" else ""
            if f"{mark}:{text}" == sent.get(f"seen-{key}", ":"):
                continue
            is_present = {"present": True, "absent": False}.get(mark)
            minutes = int(text) if text.isdigit() else None
            found.append(Mark(firm, seat.person, seat.role, is_present, minutes))
    return found


def version(sent: Mapping[str, str]) -> int:
    """Return the version of the workshop that the grid was drawn from."""
    text = sent.get("version", "")
    return int(text) if text.isdigit() else 0


def holds(rows: Grid, name: str) -> bool:
    """Whether the grid asks for `name`: a mark of somebody who left the list is not passed over."""
    if name in BUTTONS or name.startswith("seen-"):
        return True
    keys = {str(seat.person.pk) for _firm, seats in rows for seat in seats}
    kind, _dash, key = name.partition("-")
    return kind in ("mark", "minutes") and key in keys


def as_sent(workshop: Workshop, rows: Grid) -> dict[str, list[str]]:
    """Return the values that an untouched grid sends."""
    found = {"version": [str(workshop.version)]}
    for _firm, seats in rows:
        for seat in seats:
            key, mark = seat.person.pk, {True: ["present"], False: ["absent"]}
            found[f"seen-{key}"] = [seat.seen]
            found[f"mark-{key}"] = (
                mark.get(seat.is_present, []) if seat.is_present is not None else []
            )
            found[f"minutes-{key}"] = ["" if seat.minutes is None else str(seat.minutes)]
    return found


def on_paper(rows: Grid) -> list[Table]:
    """Return the list to sign: a table a firm, with room for who was not on it."""
    columns = (
        Column(_("Asistencia"), numbered((_("Presente"), _("Ausente")))),
        Column(_("Minutos")),
        Column(_("Firma")),
    )
    return [
        Table(
            heading=str(firm.enterprise),
            first=_("Persona"),
            columns=columns,
            rows=tuple(Row(seat.person.full_name, str(seat.role_label)) for seat in seats),
            blanks=BLANKS,
        )
        for firm, seats in rows
    ]
