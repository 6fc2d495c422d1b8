"""The fact tables of this room: sessions, pairs, and what changed in mentees' firms.

Private notes, goals, agreements and why a pair changed are in none of them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from digna.mentoring.alerts import months_later
from digna.mentoring.models import Happened, MentoringSession, Outcome, Pair
from digna.registry.models import Person
from digna_engines.indicators.schema import Column, FactSchema

Row = tuple[Any, ...]
PERSON_COLUMNS = {
    "programme_id": Column("integer", nullable=False, label="programa"),
    "cohort": Column("text", nullable=False, label="cohorte"),
    "template": Column("text", nullable=False, label="modelo"),
    "partner": Column("text", label="socio"),
    "sex": Column("text", label="sexo de quien emprende"),
    "age_band": Column("text", label="edad de quien emprende"),
    "department": Column("text", label="departamento"),
}
DIMENSIONS = ("cohort", "template", "partner", "sex", "age_band", "department")

SESSION = FactSchema(
    name="mentoring_session",
    grain="una sesión de una pareja que pasó o a la que alguien no pudo ir",
    keys=("session_id", "pair_id", "person_id", "programme_id"),
    columns={
        "session_id": Column("integer", nullable=False, label="sesión"),
        "pair_id": Column("integer", nullable=False, label="pareja"),
        "person_id": Column("integer", nullable=False, label="quien emprende"),
        "session_on": Column("date", nullable=False, label="día de la sesión"),
        "is_held": Column("boolean", nullable=False, label="se hizo"),
        "happened": Column("text", nullable=False, label="qué pasó"),
        "channel": Column("text", label="por dónde"),
        "minutes": Column("integer", label="minutos"),
        "mentor_mood": Column("integer", label="ánimo de quien acompaña, 1 a 5"),
        "mentee_mood": Column("integer", label="ánimo de quien emprende, 1 a 5"),
        **PERSON_COLUMNS,
    },
    dimensions=("happened", "channel", *DIMENSIONS),
)
PAIR = FactSchema(
    name="mentoring_pair",
    grain="una pareja que empezó",
    keys=("pair_id", "person_id", "mentor_id", "programme_id"),
    columns={
        "pair_id": Column("integer", nullable=False, label="pareja"),
        "person_id": Column("integer", nullable=False, label="quien emprende"),
        "mentor_id": Column("integer", nullable=False, label="quien acompaña"),
        "started_on": Column("date", nullable=False, label="empezó el"),
        "ended_on": Column("date", label="terminó el"),
        "state": Column("text", nullable=False, label="estado"),
        "has_agreement": Column("boolean", nullable=False, label="con acuerdo de inicio"),
        "sessions_held": Column("integer", nullable=False, label="sesiones hechas"),
        "is_completed": Column("boolean", label="completada; sin dato mientras sigue"),
        **PERSON_COLUMNS,
    },
    dimensions=("state", *DIMENSIONS),
)
OUTCOME = FactSchema(
    name="mentoring_outcome",
    grain="una persona con mentoría y un momento (0, 6 o 12 meses) ya cumplido, medido o no",
    keys=("application_id", "point", "person_id", "programme_id"),
    columns={
        "application_id": Column("integer", nullable=False, label="postulación"),
        "person_id": Column("integer", nullable=False, label="quien emprende"),
        "enterprise_id": Column("integer", label="empresa"),
        "point": Column("integer", nullable=False, label="mes"),
        "due_on": Column("date", nullable=False, label="día en que tocaba"),
        "measured_on": Column("date", label="día en que se midió"),
        "is_measured": Column("boolean", nullable=False, label="se midió"),
        "method": Column("text", label="cómo se sabe"),
        "sales": Column("number", label="ventas del último mes"),
        "currency": Column("text", label="moneda"),
        "sales_rose": Column("boolean", label="vende más que al empezar"),
        "sells_digitally": Column("boolean", label="vende por un canal digital"),
        "is_formal": Column("boolean", label="tiene NIT y licencia"),
        "jobs_women": Column("integer", label="mujeres que trabajan"),
        "jobs_men": Column("integer", label="hombres que trabajan"),
        "practices_yes": Column("integer", label="prácticas que sí hace"),
        "practices_known": Column("integer", label="prácticas respondidas"),
        **PERSON_COLUMNS,
    },
    dimensions=("method", "currency", *DIMENSIONS),
)


def session_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the sessions held and missed; what is planned or was called off is no fact."""
    return SESSION, _sessions(programme_id)


def pair_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the pairs that began."""
    return PAIR, _pairs(programme_id)


def outcome_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return a row a mentee and point that is due, so that who was not measured is counted."""
    return OUTCOME, _outcomes(programme_id, timezone.localdate())


def _age_band(person: Person, on: date) -> str | None:
    born = person.year_born()
    if born is None:
        return None
    age = on.year - born
    return "18-29" if age < 30 else "30-44" if age < 45 else "45+"


def _about(pair: Pair, on: date) -> Row:
    """What is told of the mentee and the cohort: the columns of `PERSON_COLUMNS`."""
    person, cohort = pair.application.person, pair.cohort
    return (
        cohort.programme_id,
        cohort.title,
        cohort.template,
        cohort.partner.code if cohort.partner is not None else None,
        person.sex or None,
        _age_band(person, on),
        (person.place.department_code or None) if person.place is not None else None,
    )


WITH = ("application__person__place__parent", "cohort__partner")


def _sessions(programme_id: int | None) -> Iterator[Row]:
    rows = MentoringSession.objects.exclude(happened__in=(Happened.PLANNED, Happened.CANCELLED))
    if programme_id is not None:
        rows = rows.filter(pair__cohort__programme=programme_id)
    for one in rows.select_related(*(f"pair__{name}" for name in WITH)).order_by("pk"):
        yield (
            one.pk,
            one.pair_id,
            one.pair.application.person_id,
            one.on,
            one.happened == Happened.HELD,
            one.happened,
            one.channel or None,
            one.minutes,
            one.mentor_mood,
            one.mentee_mood,
            *_about(one.pair, one.on),
        )


def _started(programme_id: int | None) -> Any:
    rows = Pair.objects.filter(state__in=Pair.STARTED).exclude(started_on=None)
    if programme_id is not None:
        rows = rows.filter(cohort__programme=programme_id)
    return rows.select_related(*WITH).order_by("pk")


def _pairs(programme_id: int | None) -> Iterator[Row]:
    held = Count("sessions", filter=Q(sessions__happened=Happened.HELD), distinct=True)
    for one in _started(programme_id).annotate(held=held, agreed=Count("agreement")):
        yield (
            one.pk,
            one.application.person_id,
            one.mentor_id,
            one.started_on,
            one.ended_on,
            one.state,
            bool(one.agreed),
            one.held,
            None if one.state == Pair.State.ACTIVE else one.state == Pair.State.CLOSED,
            *_about(one, one.started_on),
        )


def _outcomes(programme_id: int | None, today: date) -> Iterator[Row]:
    """By application, from the day its first pair began; a later pair does not start it anew."""
    measured = _measured()
    first: dict[int, Pair] = {}
    for pair in _started(programme_id).order_by("started_on", "pk"):
        first.setdefault(pair.application_id, pair)
    for key, pair in sorted(first.items()):
        assert pair.started_on is not None  # noqa: S101 — only such pairs were asked for
        start = measured.get((key, 0))
        for point in Outcome.Point:
            due = months_later(pair.started_on, int(point))
            row = measured.get((key, int(point)))
            if row is not None or due <= today:
                yield _outcome(pair, int(point), due, row, start)


def _measured() -> dict[tuple[int, int], Outcome]:
    return {(row.application_id, row.point): row for row in Outcome.objects.all()}


def _outcome(pair: Pair, point: int, due: date, row: Outcome | None, start: Outcome | None) -> Row:
    told: dict[str, Any] = {}
    if row is not None:
        answers = list(row.practices.values())
        told = {
            "measured_on": row.on,
            "method": row.method,
            "sales": row.sales,
            "currency": row.currency or None,
            "sales_rose": _rose(row, start),
            "sells_digitally": row.sells_digitally,
            "is_formal": row.is_formal,
            "jobs_women": row.jobs_women,
            "jobs_men": row.jobs_men,
            "practices_yes": sum(answers) if answers else None,
            "practices_known": len(answers) or None,
        }
    application = pair.application
    return (
        application.pk,
        application.person_id,
        application.enterprise_id,
        point,
        due,
        told.get("measured_on"),
        row is not None,
        told.get("method"),
        *(
            told.get(name)
            for name in (
                "sales", "currency", "sales_rose", "sells_digitally", "is_formal", "jobs_women",
                "jobs_men", "practices_yes", "practices_known",
            )
        ),
        *_about(pair, due),
    )  # fmt: skip


def _rose(row: Outcome, start: Outcome | None) -> bool | None:
    """Whether sales rose since the start; not known where either, or a common currency, is not."""
    if start is None or row.point == 0 or row.sales is None or start.sales is None:
        return None
    return row.sales > start.sales if row.currency == start.currency else None
