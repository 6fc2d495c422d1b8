"""A round: its data, its slots, its interpreters, and the stages it goes through."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.rounds.models import BusinessRound, Interpreter, Meeting, Slot
from digna.rounds.services.guards import BEFORE, NOT_OVER, Stage, locked, refuse_stage

SLOTS_MAX = 60
BREAKS_FROM = 900
"""Breaks are numbered apart, so that meetings are counted 1, 2, 3…"""
NEXT: dict[str, frozenset[str]] = {
    Stage.OPEN: frozenset({Stage.PREPARING, Stage.CLOSED}),
    Stage.CLOSED: frozenset({Stage.OPEN}),
    Stage.HELD: frozenset({Stage.PUBLISHED}),
    Stage.CANCELLED: NOT_OVER,
    Stage.PREPARING: frozenset({Stage.CANCELLED}),
}
"""From where each stage is reached; publishing has its own service."""


@dataclass(frozen=True, slots=True)
class Break:
    """A pause after the slot of this number."""

    after: int
    minutes: int
    label: str = ""


@writes("rounds.round.created")
def create_round(*, actor: Actor, **values: Any) -> BusinessRound:
    """Create a round.

    Raises:
        Refused: `rounds.round.time_zone`, `rounds.round.numbers`.
    """
    row = BusinessRound(created_by=actor.user, created_at=actor.at, **values)
    _refuse_wrong(row)
    return record.add(row)


@writes("rounds.round.changed")
def change_round(*, actor: Actor, round: BusinessRound, **values: Any) -> BusinessRound:
    """Correct what a round says of itself.

    Raises:
        Refused: `rounds.round.stage` (it was called off); as `create_round`.
    """
    refuse_stage(round, {*NOT_OVER, Stage.HELD})
    trial = BusinessRound(
        tables=values.get("tables", round.tables),
        time_zone=values.get("time_zone", round.time_zone),
        most_per_firm=values.get("most_per_firm", round.most_per_firm),
        least_per_firm=values.get("least_per_firm", round.least_per_firm),
        mode=values.get("mode", round.mode),
    )
    _refuse_wrong(trial)
    return record.change(round, **values)


def _refuse_wrong(row: BusinessRound) -> None:
    try:
        ZoneInfo(row.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            "rounds.round.time_zone",
            _("No hay tal zona horaria. Escriba, por ejemplo, America/La_Paz."),
            field="time_zone",
        ) from error
    most = row.most_per_firm
    if most is not None and most < row.least_per_firm:
        raise Refused(
            "rounds.round.numbers",
            _("Lo menos por empresa no puede pasar de lo más. Corrija uno de los dos."),
            field="least_per_firm",
        )
    if row.tables < 1 and row.mode != "virtual":
        raise Refused(
            "rounds.round.numbers",
            _("Escriba cuántas mesas hay: sin mesas nadie se reúne."),
            field="tables",
        )


@writes("rounds.slots.planned")
def plan_slots(
    *,
    actor: Actor,
    round: BusinessRound,
    starts_at: datetime,
    count: int,
    minutes: int,
    between: int = 0,
    breaks: Sequence[Break] = (),
) -> int:
    """Lay out the slots of the day one after another, in place of those there were.

    Raises:
        Refused: `rounds.round.stage` (an agenda was published), `rounds.slots.number`,
            `rounds.slots.in_use` (a timetable was computed on them).
    """
    refuse_stage(round, BEFORE)
    if not 1 <= count <= SLOTS_MAX or minutes < 1 or any(b.minutes < 1 for b in breaks):
        raise Refused(
            "rounds.slots.number",
            _("Escriba de 1 a %(most)s turnos, de un minuto o más.") % {"most": SLOTS_MAX},
            field="count",
        )
    if Meeting.objects.filter(round=round).exists():
        raise Refused(
            "rounds.slots.in_use", _("Ya hay reuniones en esos turnos: no se pueden rehacer.")
        )
    for row in round.slots.all():
        record.remove(row)
    pauses = {b.after: b for b in breaks}
    at, rows = starts_at, []
    for number in range(1, count + 1):
        rows.append(Slot(round=round, number=number, starts_at=at, minutes=minutes))
        at += timedelta(minutes=minutes + between)
        pause = pauses.get(number)
        if pause is not None and number < count:
            rows.append(
                Slot(
                    round=round, number=BREAKS_FROM + len(rows), starts_at=at,
                    minutes=pause.minutes, is_break=True, label=pause.label,
                )
            )  # fmt: skip
            at += timedelta(minutes=pause.minutes)
    record.add_many(rows)
    return len(rows)


@writes("rounds.slot.changed")
def turn_slot(*, actor: Actor, slot: Slot, is_break: bool) -> Slot:
    """Make a slot a break, or a break a slot again; nothing is deleted by it.

    Raises:
        Refused: `rounds.slots.in_use` (meetings of the published agenda stand in it).
    """
    refuse_stage(slot.round, NOT_OVER)
    if is_break and slot.meetings.exists():
        raise Refused(
            "rounds.slots.in_use",
            _("En ese turno hay reuniones publicadas. Muévalas antes con un cálculo nuevo."),
        )
    return record.change(slot, is_break=is_break)


@writes("rounds.interpreter.added")
def add_interpreter(
    *,
    actor: Actor,
    round: BusinessRound,
    name: str,
    languages: Collection[str],
    away: Collection[Slot] = (),
) -> Interpreter:
    """Add somebody who interprets between these languages.

    Raises:
        Refused: `rounds.interpreter.languages` (fewer than two).
    """
    refuse_stage(round, NOT_OVER)
    if len(set(languages)) < 2:
        raise Refused(
            "rounds.interpreter.languages",
            _("Marque al menos dos idiomas: entre ellos interpreta."),
            field="languages",
        )
    row = record.add(
        Interpreter(round=round, name=" ".join(name.split()), languages=sorted(set(languages)))
    )
    record.link(row, "away", away)
    return row


@writes("rounds.interpreter.removed")
def remove_interpreter(*, actor: Actor, interpreter: Interpreter) -> None:
    """Take an interpreter off the round."""
    refuse_stage(interpreter.round, NOT_OVER)
    record.remove(interpreter)


@writes("rounds.round.staged")
def move_to(*, actor: Actor, round: BusinessRound, stage: str) -> BusinessRound:
    """Open the registration, close it, end the round, call it off, or take that back.

    Raises:
        Refused: `rounds.round.stage`, `rounds.slots.none` (nothing to register for).
    """
    row = locked(round)
    refuse_stage(row, NEXT.get(stage, frozenset()))
    if stage == Stage.OPEN and not row.slots.filter(is_break=False).exists():
        raise Refused(
            "rounds.slots.none",
            _("Programe antes los turnos: quien se inscribe dice en cuáles puede estar."),
        )
    return record.change(row, stage=stage)
