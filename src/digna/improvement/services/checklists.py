"""Checklists walked: started (again), answered, acted upon, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement import scales
from digna.improvement.models import (
    ChecklistAnswer,
    ChecklistRun,
    Instrument,
    InstrumentVersion,
    Measurement,
)
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise
from digna.web import photos as web_photos


@dataclass(frozen=True, slots=True)
class Given:
    """What was said of one item; a value of "" leaves it open."""

    value: str = ""
    is_priority: bool = False
    note: str = ""
    action: str = ""
    who: str = ""
    due_on: date | None = None


@writes("improvement.checklist.started")
def start_run(
    *,
    actor: Actor,
    enterprise: Enterprise,
    instrument: Instrument,
    on: date,
    area: str = "",
    previous: ChecklistRun | None = None,
    measurement: Measurement | None = None,
) -> ChecklistRun:
    """Start a walk with the version in use; `previous` makes it a re-check of that walk.

    Raises:
        Refused: `improvement.checklist.retired`, `improvement.checklist.future`,
            `improvement.checklist.other_run`, `improvement.checklist.area`.
    """
    version = _version(instrument, previous)
    if on > timezone.localdate(actor.at):
        raise Refused(
            "improvement.checklist.future",
            _("La fecha está en el futuro. Escriba el día del recorrido."),
            field="on",
        )
    if version.document.get("by_area") and not area.strip():
        raise Refused(
            "improvement.checklist.area",
            _("Diga qué área de trabajo se recorre: taller, depósito, cocina…"),
            field="area",
        )
    if previous is not None and previous.enterprise_id != enterprise.pk:
        raise Refused(
            "improvement.checklist.other_run",
            _("Compare con un recorrido de la misma empresa y la misma lista."),
        )
    return record.add(
        ChecklistRun(
            enterprise=enterprise,
            version=version,
            measurement=measurement,
            previous=previous,
            on=on,
            area=area.strip(),
            started_by=actor.user,
            started_at=actor.at,
        )
    )


def _version(instrument: Instrument, previous: ChecklistRun | None) -> InstrumentVersion:
    if previous is not None and previous.version.instrument_id != instrument.pk:
        raise Refused(
            "improvement.checklist.other_run",
            _("Compare con un recorrido de la misma empresa y la misma lista."),
        )
    version = instrument.current
    is_list = instrument.kind == Instrument.Kind.CHECKLIST
    if version is None or instrument.retired_on is not None or not is_list:
        raise Refused(
            "improvement.checklist.retired",
            _("Esa lista ya no está en uso. Elija otra."),
            field="instrument",
        )
    return version


@writes("improvement.checklist.answered")
def answer(*, actor: Actor, run: ChecklistRun, answers: Mapping[str, Given]) -> ChecklistRun:
    """Record what was found; items that are not in `answers` stay as they are.

    Raises:
        Refused: `improvement.checklist.closed`, `improvement.checklist.unknown`.
    """
    _refuse_closed(run)
    codes = {item["code"] for item in run.version.items}
    values = scales.options(run.version.document["scale"])
    standing = {row.item_code: row for row in run.answers.all()}
    for code, given in answers.items():
        if code not in codes or (given.value and given.value not in values):
            raise Refused(
                "improvement.checklist.unknown",
                _("«%(code)s» no está en esta lista o no tiene esa respuesta. Recargue la página.")
                % {"code": code},
            )
        option = values.get(given.value, {})
        stated = {
            "value": given.value,
            "is_priority": given.is_priority or bool(option.get("is_priority")),
            "note": given.note.strip(),
            "action": given.action.strip(),
            "who": given.who.strip(),
            "due_on": given.due_on,
        }
        row = standing.get(code)
        if row is not None:
            record.change(row, **stated)
        elif any(stated.values()):
            record.add(ChecklistAnswer(run=run, item_code=code, **stated))
    return run


@writes("improvement.checklist.photo_added")
def add_photo(
    *, actor: Actor, run: ChecklistRun, item_code: str, content: bytes
) -> ChecklistAnswer:
    """Add (or replace) the photograph of one item.

    Raises:
        Refused: `improvement.checklist.closed`, `improvement.checklist.unknown`, `web.photo.…`.
    """
    _refuse_closed(run)
    if item_code not in {item["code"] for item in run.version.items}:
        raise Refused(
            "improvement.checklist.unknown",
            _("«%(code)s» no está en esta lista o no tiene esa respuesta. Recargue la página.")
            % {"code": item_code},
        )
    file = web_photos.compressed(content, name=item_code)
    row = run.answers.filter(item_code=item_code).first()
    if row is None:
        return record.add(ChecklistAnswer(run=run, item_code=item_code, photo=file))
    return record.change(row, photo=file)


@writes("improvement.checklist.action_done")
def mark_action(*, actor: Actor, answer: ChecklistAnswer, is_done: bool) -> ChecklistAnswer:
    """Say that an action was done, or take it back. Works after the walk was closed.

    Raises:
        Refused: `improvement.checklist.no_action`.
    """
    if not answer.action:
        raise Refused(
            "improvement.checklist.no_action", _("Ese punto no tiene ninguna acción anotada.")
        )
    return record.change(answer, done_on=timezone.localdate(actor.at) if is_done else None)


@writes("improvement.checklist.closed")
def close_run(*, actor: Actor, run: ChecklistRun) -> ChecklistRun:
    """Close a walk; open items stay «sin dato».

    Raises:
        Refused: `improvement.checklist.empty`.
    """
    if not run.answers.exclude(value="").exists():
        raise Refused(
            "improvement.checklist.empty",
            _("Responda al menos un punto antes de cerrar el recorrido."),
        )
    return record.change(run, closed_at=actor.at)


@writes("improvement.checklist.walked")
def walk(
    *,
    actor: Actor,
    enterprise: Enterprise,
    instrument: Instrument,
    on: date,
    answers: Mapping[str, Given],
    area: str = "",
    photos: Mapping[str, bytes] | None = None,
    is_closed: bool = True,
) -> ChecklistRun:
    """Record a whole walk at once, as it comes from the field.

    Raises:
        Refused: as `start_run`, `answer`, `add_photo` and `close_run`.
    """
    run = start_run(actor=actor, enterprise=enterprise, instrument=instrument, on=on, area=area)
    answer(actor=actor, run=run, answers=answers)
    for code, content in (photos or {}).items():
        add_photo(actor=actor, run=run, item_code=code, content=content)
    return close_run(actor=actor, run=run) if is_closed else run


@writes("improvement.checklist.reopened")
def reopen_run(*, actor: Actor, run: ChecklistRun) -> ChecklistRun:
    """Open a closed walk again to correct it."""
    return record.change(run, closed_at=None)


def _refuse_closed(run: ChecklistRun) -> None:
    if run.closed_at is not None:
        raise Refused(
            "improvement.checklist.closed",
            _("Este recorrido está cerrado. Ábralo otra vez para corregirlo."),
        )
