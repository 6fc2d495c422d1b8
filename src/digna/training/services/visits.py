"""Visits: recorded whole in one go, corrected, removed; each is a step of the firm's way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement.models import BoardKpi, Project
from digna.improvement.services import measurements, projects
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Person
from digna.training import lacks, states
from digna.training.models import CycleFirm, NextStep, Visit, VisitPhoto, VisitPresence
from digna.training.selectors import ways
from digna.training.services import moves
from digna.web import photos as web_photos

LONGEST = 12 * 60


@dataclass(frozen=True, slots=True)
class Reading:
    """One KPI read in a visit."""

    board_kpi: BoardKpi
    period_start: date
    period_end: date
    numerator: Decimal
    denominator: Decimal | None
    method: str
    record_seen: bool
    confirmed_reason: str = ""


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project begun in a visit, perhaps with the photo of how things stand."""

    title: str
    area: str
    responsible: str = ""
    due_on: date | None = None
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A next step: what, who, by when."""

    what: str
    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that a visit records at once."""

    on: date
    mode: str
    minutes: int | None = None
    present: Sequence[tuple[Person, str]] = ()
    findings: str = ""
    minutes_text: str = ""
    closed: Sequence[NextStep] = ()
    agreed: Sequence[Agreed] = ()
    next_on: date | None = None
    readings: Sequence[Reading] = ()
    project: NewProject | None = None
    finished: Sequence[Project] = ()
    photos: Sequence[bytes] = field(default=())


@writes("training.visit.recorded")
def record_visit(*, actor: Actor, firm: CycleFirm, seen: Seen) -> Visit:
    """Record a visit whole, and move the firm when the visit is its next step.

    Everything or nothing: a KPI that raises a question brings back the whole form with it.

    Raises:
        Refused: the guards of the step (`training.guard.…`), `training.visit.order`,
            `.minutes`, `.next_before`, `.nobody`; what improvement refuses of KPIs and projects.
    """
    locked = moves._locked(firm)
    number = locked.visits.count() + 1
    _refuse_unfit(actor, locked, seen)
    _refuse_before_its_turn(actor, locked, number, seen.on)
    visit = record.add(
        Visit(
            firm=locked,
            number=number,
            on=seen.on,
            mode=seen.mode,
            minutes=seen.minutes,
            trainer=actor.user,
            findings=seen.findings.strip(),
            minutes_text=seen.minutes_text.strip(),
            next_on=seen.next_on,
            at=actor.at,
        )
    )
    _keep(actor, visit, seen)
    if f"visit{number}" in states.path(locked.cycle.module.visits):
        moves.move(actor, locked, f"visit{number}", seen.on)
    record.change(locked, next_visit_on=seen.next_on, last_contact_on=seen.on)
    moves._seen(firm, locked)
    return visit


def _keep(actor: Actor, visit: Visit, seen: Seen) -> None:
    for person, role in seen.present:
        record.add(VisitPresence(visit=visit, person=person, role=role))
    for step in seen.closed:
        record.change(step, done_on=seen.on, done_in=visit)
    for agreed in seen.agreed:
        record.add(NextStep(visit=visit, what=agreed.what, who=agreed.who, due_on=agreed.due_on))
    _measure(actor, visit, seen.readings)
    _improve(actor, visit, seen)
    for content in seen.photos:
        add_photo(actor=actor, visit=visit, content=content)


def _measure(actor: Actor, visit: Visit, readings: Sequence[Reading]) -> None:
    """Record the KPIs at a progress measurement of this way: the visit is its day."""
    if not readings:
        return
    firm = visit.firm
    measurement = measurements.open_measurement(
        actor=actor,
        enterprise=firm.enterprise,
        point="progress",
        on=visit.on,
        occasion=firm.public_id,
    )
    for reading in readings:
        try:
            measurements.record_kpi(
                actor=actor,
                measurement=measurement,
                board_kpi=reading.board_kpi,
                period_start=reading.period_start,
                period_end=reading.period_end,
                numerator=reading.numerator,
                denominator=reading.denominator,
                method=reading.method,
                record_seen=reading.record_seen,
                confirmed_reason=reading.confirmed_reason,
            )
        except Refused as problem:
            asked = problem.details.get("field", "numerator")
            name = f"kpi{reading.board_kpi.pk}_{asked}"
            raise Refused(
                problem.code, f"{reading.board_kpi}: {problem.message}", field=name
            ) from problem


def _improve(actor: Actor, visit: Visit, seen: Seen) -> None:
    firm = visit.firm
    for project in seen.finished:
        projects.change_project(actor=actor, project=project, status="done", done_on=seen.on)
    if seen.project is None:
        return
    made = projects.add_project(
        actor=actor,
        enterprise=firm.enterprise,
        title=seen.project.title,
        area=seen.project.area,
        starts_on=seen.on,
        responsible=seen.project.responsible,
        due_on=seen.project.due_on,
        status="doing",
    )
    if seen.project.photo is not None:
        projects.add_photo(actor=actor, project=made, moment="before", content=seen.project.photo)


@writes("training.visit.corrected")
def correct_visit(*, actor: Actor, visit: Visit, **values: Any) -> Visit:
    """Correct a visit; its day stays between those of the visits beside it.

    Raises:
        Refused: `training.visit.order`, `.future`, `.minutes`, `.next_before`.
    """
    on = values.get("on", visit.on)
    _refuse_day(actor, on)
    _refuse_minutes(values.get("minutes", visit.minutes))
    _refuse_next(on, values.get("next_on", visit.next_on))
    _refuse_between(visit, on)
    state = f"visit{visit.number}"
    step = visit.firm.moves.filter(after=state, is_undone=False).first()
    record.change(visit, **values)
    if step is not None and step.on != on:
        record.change(step, on=on)
    firm = visit.firm
    is_last = not firm.visits.filter(number__gt=visit.number).exists()
    if is_last:
        news: dict[str, Any] = {"next_visit_on": visit.next_on}
        record.change(firm, **(news | ({"since": on} if firm.state == state else {})))
    return visit


@writes("training.visit.removed")
def remove_visit(*, actor: Actor, visit: Visit) -> None:
    """Remove the last visit of a firm, with the reason; its step is undone with it.

    KPIs and projects recorded in it stay on the firm's board, where they are corrected.

    Raises:
        Refused: `training.visit.needs_reason`, `training.visit.not_last`,
            `training.visit.steps_stand`.
    """
    if not actor.reason.strip():
        raise Refused(
            "training.visit.needs_reason", _("Escriba por qué se quita la visita."), field="reason"
        )
    firm = moves._locked(visit.firm)
    if firm.visits.filter(number__gt=visit.number).exists():
        raise Refused(
            "training.visit.not_last",
            _("Hay visitas después de esta. Quite antes la última."),
            url=lacks.place_url(firm, "firm"),
            action=_("Ver las visitas"),
        )
    state = f"visit{visit.number}"
    step = firm.moves.filter(is_undone=False).order_by("-pk").first()
    if step is not None and step.after == state:
        moves.step_back(actor, firm, step)
    elif firm.moves.filter(after=state, is_undone=False).exists():
        raise Refused(
            "training.visit.steps_stand",
            _("La empresa siguió adelante: está en «%(state)s». Deshaga antes esos pasos.")
            % {"state": lacks.state_word(firm.state)},
            url=lacks.place_url(firm, "firm"),
            action=_("Ver los pasos"),
        )
    _take_away(visit)
    before = firm.visits.order_by("-number").first()
    record.change(firm, next_visit_on=before.next_on if before is not None else None)


def _take_away(visit: Visit) -> None:
    for step in NextStep.objects.filter(done_in=visit):
        record.change(step, done_on=None, done_in=None)
    for rows in (visit.photos, visit.next_steps, visit.presences):
        for row in rows.all():
            record.remove(row)
    record.remove(visit)


@writes("training.visit_photo.added")
def add_photo(*, actor: Actor, visit: Visit, content: bytes, caption: str = "") -> VisitPhoto:
    """Keep a photograph of a visit: small, upright, without where it was taken.

    Raises:
        Refused: `web.photo.too_large`, `web.photo.unreadable`.
    """
    file = web_photos.compressed(content)
    return record.add(VisitPhoto(visit=visit, file=file, caption=caption))


@writes("training.visit_photo.removed")
def remove_photo(*, actor: Actor, photo: VisitPhoto) -> None:
    """Take a photograph away from a visit; the file goes with it."""
    photo.file.delete(save=False)
    record.remove(photo)


@writes("training.visit.planned")
def plan_visit(*, actor: Actor, firm: CycleFirm, on: date | None) -> CycleFirm:
    """Set the day of the next visit; it stands in the trainer's calendar."""
    return record.change(firm, next_visit_on=on)


def _refuse_unfit(actor: Actor, firm: CycleFirm, seen: Seen) -> None:
    _refuse_day(actor, seen.on)
    _refuse_minutes(seen.minutes)
    _refuse_next(seen.on, seen.next_on)
    last = firm.visits.order_by("-number").first()
    if last is not None and seen.on < last.on:
        raise Refused(
            "training.visit.order",
            _("La visita %(n)s fue el %(day)s: esta no puede ser anterior. Corrija la fecha.")
            % {"n": last.number, "day": last.on.strftime("%d/%m/%Y")},
            field="on",
        )
    if not seen.present:
        raise Refused(
            "training.visit.nobody",
            _("Marque con quién se reunió en la empresa; agréguela si no está en la lista."),
            field="present",
            url=lacks.place_url(firm, "participants"),
            action=_("Agregar participantes"),
        )


def _refuse_before_its_turn(actor: Actor, firm: CycleFirm, number: int, on: date) -> None:
    """Hold the guards of the step a visit is; visits past the module's are never a step."""
    state = f"visit{number}"
    if state not in states.path(firm.cycle.module.visits):
        return
    known = ways.facts(firm)
    found = [
        lack
        for lack in states.lacks(known, state, on, timezone.localdate(actor.at))
        if lack.code != "no_visit"  # it is being recorded
    ]
    lacks.refuse(firm, found)


def _refuse_day(actor: Actor, on: date) -> None:
    if on > timezone.localdate(actor.at):
        raise Refused(
            "training.visit.future",
            _("El %(day)s todavía no llega. Anote esa fecha como próxima visita.")
            % {"day": on.strftime("%d/%m/%Y")},
            field="on",
        )


def _refuse_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise Refused(
            "training.visit.minutes",
            _("Una visita dura entre 1 minuto y 12 horas. Corrija los minutos."),
            field="minutes",
        )


def _refuse_next(on: date, next_on: date | None) -> None:
    if next_on is not None and next_on <= on:
        raise Refused(
            "training.visit.next_before",
            _("La próxima visita debe ser después de esta. Corrija su fecha."),
            field="next_on",
        )


def _refuse_between(visit: Visit, on: date) -> None:
    days = dict(visit.firm.visits.values_list("number", "on")) | {visit.number: on}
    if not states.days_in_order([days[number] for number in sorted(days)]):
        raise Refused(
            "training.visit.order",
            _("Con esa fecha las visitas no quedarían en orden. Corrija la fecha."),
            field="on",
        )
    earlier = visit.firm.moves.filter(is_undone=False).exclude(after__startswith="visit")
    plan = earlier.filter(after="plan_approved").first()
    if plan is not None and on < plan.on:
        raise Refused(
            "training.visit.order",
            _("El plan se aprobó el %(day)s: la visita no puede ser anterior.")
            % {"day": plan.on.strftime("%d/%m/%Y")},
            field="on",
        )
