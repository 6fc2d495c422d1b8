"""Attendance from a video call: read, matched to the enrolled, reviewed by a person, applied."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import Refused
from digna.events import calls
from digna.events.models import Attendance, CallSheet, Enrolment, Session
from digna.events.services import attendance, newcomers
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import likeness, names
from digna.registry.models import Person

State, Status = CallSheet.State, Attendance.Status
Choice = int | None | Literal["new"]
"""For one line: a person's key, nobody, or somebody to be registered under that name."""

MARGIN = 0.04
"""A name decides alone only when the next best is at least this much less alike."""
WHY_UNREADABLE = {
    "too_big": gettext_lazy("El archivo pesa más de 10 MB: no es una lista de asistencia."),
    "not_a_list": gettext_lazy("No pudimos leer el archivo. Descárguelo de nuevo como CSV."),
    "no_header": gettext_lazy(
        "No encontramos las columnas de nombre y de hora o duración. Descargue de Zoom, Teams o "
        "Meet el informe de asistencia en CSV, sin abrirlo ni cambiarlo."
    ),
    "empty": gettext_lazy("El archivo no trae a nadie. Descargue el informe de participantes."),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody enrolled, and how alike the call's line is to them."""

    person: Person
    score: float


@writes("events.call.received")
def receive(*, actor: Actor, session: Session, file_name: str, content: bytes) -> CallSheet:
    """Read a call's attendance and propose who each line is.

    The same file for the same session gives back the sheet it made the first time.

    Raises:
        Refused: `events.call.unreadable`, with why.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    standing = session.call_sheets.filter(sha256=sha256, state=State.DRAFT).first()
    if standing is not None:
        return standing
    try:
        stays = calls.read(content, timezone.localdate(session.starts_at))
    except calls.UnreadableCall as unreadable:
        raise Refused(
            "events.call.unreadable", WHY_UNREADABLE[unreadable.code], field="file"
        ) from unreadable
    everybody = list(enrolled_in(session))
    rows = [_row(presence, everybody) for presence in calls.gather(stays)]
    return record.add(
        CallSheet(
            session=session,
            file_name=file_name[:200],
            sha256=sha256,
            rows=_each_person_once(rows),
            uploaded_at=actor.at,
            uploaded_by=actor.user,
        )
    )


@writes("events.call.matched")
def match_lines(*, actor: Actor, sheet: CallSheet, choices: Mapping[int, Choice]) -> CallSheet:
    """Say who the lines are, by line number (from 0); what is not named stays as it was.

    Raises:
        Refused: `events.call.applied`, `events.call.no_line`, `events.call.twice`,
            `events.newcomer.other_name`.
    """
    _refuse_applied(sheet)
    rows = [dict(row) for row in sheet.rows]
    for line, choice in choices.items():
        if not 0 <= line < len(rows):
            raise Refused("events.call.no_line", _("La lista no tiene esa línea. Recárguela."))
        key = _registered(actor, sheet, rows[line]) if choice == "new" else choice
        if key != rows[line]["person"]:
            rows[line] |= {"person": key, "reason": "set", "score": None}
    _refuse_twice(rows)
    return record.change(sheet, rows=rows)


@writes("events.call.applied")
def apply(
    *,
    actor: Actor,
    sheet: CallSheet,
    present_from: int = 50,
    others_are_absent: bool = False,
) -> int:
    """Record the attendance the sheet says; return how many people were marked.

    Present is who was connected at least `present_from` % of the session; minutes become hours
    in proportion. A mark somebody made by hand stays. With `others_are_absent`, the registered
    who were not in the call are absent.

    Raises:
        Refused: `events.call.applied`, `events.call.nobody`, `events.call.threshold`, and as
            `attendance.record_attendance`.
    """
    _refuse_applied(sheet)
    if not 1 <= present_from <= 100:
        raise Refused(
            "events.call.threshold",
            _("Escriba desde qué parte de la sesión se está presente: entre 1 y 100 %."),
            field="present_from",
        )
    session = sheet.session
    by_hand = set(
        session.attendances.exclude(channel=Attendance.Channel.CALL).values_list(
            "person_id", flat=True
        )
    )
    marks = [
        mark
        for mark in _marks(sheet, present_from, others_are_absent)
        if mark.person.pk not in by_hand
    ]
    if not marks:
        raise Refused(
            "events.call.nobody",
            _("Ninguna línea corresponde a alguien que falte marcar. Diga quién es cada una."),
        )
    session.refresh_from_db(fields=["version"])
    attendance.record_attendance(
        actor=actor,
        session=session,
        marks=marks,
        base_version=session.version,
        channel=Attendance.Channel.CALL,
    )
    record.change(sheet, state=State.APPLIED, present_from=present_from)
    return len(marks)


@writes("events.call.discarded")
def discard(*, actor: Actor, sheet: CallSheet) -> None:
    """Throw away a sheet that was never applied.

    Raises:
        Refused: `events.call.applied`.
    """
    _refuse_applied(sheet)
    record.remove(sheet)


def candidates(
    row: Mapping[str, Any], enrolled: Iterable[Person], limit: int = 5
) -> list[Candidate]:
    """Return the enrolled a line may be, the likest first."""
    scored = (Candidate(person, _score(row["names"], person)) for person in enrolled)
    likely = [found for found in scored if found.score >= 0.5]
    return sorted(likely, key=lambda found: (-found.score, found.person.pk))[:limit]


def share_of_session(minutes: int, session: Session) -> Decimal:
    """Return what part of the session that was: 0 to 1."""
    whole = Decimal(int((session.ends_at - session.starts_at).total_seconds())) / 60
    return min(Decimal(1), Decimal(minutes) / whole)


def forget(person: Person) -> None:
    """Blank what calls called a person who is erased: names and address, not the minutes."""
    for sheet in CallSheet.objects.filter(session__process__enrolments__person=person).distinct():
        theirs = [row for row in sheet.rows if row["person"] == person.pk]
        if not theirs:
            continue
        rows = [
            row | {"names": ["—"], "email": ""} if row["person"] == person.pk else row
            for row in sheet.rows
        ]
        record.blank(sheet, rows=rows)


def enrolled_in(session: Session) -> QuerySet[Person]:
    """Return who may be in the call: everybody in the process who has not withdrawn."""
    rows = Enrolment.objects.filter(process=session.process_id).exclude(
        state=Enrolment.State.WITHDRAWN
    )
    return Person.objects.filter(pk__in=rows.values("person")).order_by("surnames", "given_names")


def _row(presence: calls.Presence, enrolled: Sequence[Person]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "names": presence.names,
        "email": presence.email,
        "minutes": presence.minutes,
        "joins": len(presence.stays),
        "lines": sorted(stay.row for stay in presence.stays),
        "person": None,
        "score": None,
        "reason": "none",
    }
    by_email = [p for p in enrolled if presence.email and p.email.casefold() == presence.email]
    if len(by_email) == 1:
        return row | {"person": by_email[0].pk, "reason": "email"}
    best = candidates(row, enrolled, limit=2)
    is_sure = bool(best) and best[0].score >= likeness.DOUBTFUL
    if is_sure and (len(best) == 1 or best[0].score - best[1].score >= MARGIN):
        score = f"{best[0].score:.2f}"
        return row | {"person": best[0].person.pk, "score": score, "reason": "name"}
    return row


def _score(shown: Iterable[str], person: Person) -> float:
    words = names.words(f"{person.given_names} {person.surnames}")
    return max(likeness.of_words(names.words(calls.bare(name)), words) for name in shown)


def _each_person_once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two lines proposed for one person: the surer keeps them, the other is left to decide."""
    rank = {"email": 2, "name": 1}
    taken: dict[int, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda r: (-rank.get(r["reason"], 0), -float(r["score"] or 0))):
        key = row["person"]
        if key is None:
            continue
        if key in taken:
            row |= {"person": None, "score": None, "reason": "none"}
        else:
            taken[key] = row
    return rows


def _registered(actor: Actor, sheet: CallSheet, row: Mapping[str, Any]) -> int:
    given, surnames = names.split(row["names"][0])
    enrolment = newcomers.enrol_newcomer(
        actor=actor,
        process=sheet.session.process,
        details=newcomers.Details(given_names=given, surnames=surnames, email=row["email"]),
        channel=Enrolment.Channel.IMPORT,
    )
    return enrolment.person_id


def _marks(sheet: CallSheet, present_from: int, others_are_absent: bool) -> list[attendance.Mark]:
    minutes = {row["person"]: row["minutes"] for row in sheet.rows if row["person"] is not None}
    people = _living(minutes)
    marks = [_mark(person, minutes[key], sheet, present_from) for key, person in people.items()]
    if others_are_absent:
        there = {person.pk for person in people.values()}
        absent = (
            Enrolment.objects.filter(
                process=sheet.session.process_id, state=Enrolment.State.REGISTERED
            )
            .exclude(person__in=there)
            .select_related("person")
        )
        marks += [attendance.Mark(row.person, Status.ABSENT) for row in absent]
    return list({mark.person.pk: mark for mark in reversed(marks)}.values())


def _living(keys: Iterable[int]) -> dict[int, Person]:
    """Return, by the key a line holds, the record in use: who was merged meanwhile is followed."""
    found = {}
    for key in keys:
        person = Person.objects.filter(pk=key).first()
        while person is not None and person.merged_into is not None:
            person = person.merged_into
        if person is not None and person.erased_at is None:
            found[key] = person
    return found


def _mark(person: Person, minutes: int, sheet: CallSheet, present_from: int) -> attendance.Mark:
    part = share_of_session(minutes, sheet.session)
    if part * 100 < present_from:
        return attendance.Mark(person, Status.ABSENT)
    hours = (part * sheet.session.hours).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return attendance.Mark(person, Status.PRESENT, hours)


def _refuse_applied(sheet: CallSheet) -> None:
    if sheet.state == State.APPLIED:
        raise Refused(
            "events.call.applied",
            _("Esta lista ya se aplicó. Corrija lo que haga falta en la asistencia."),
        )


def _refuse_twice(rows: Sequence[Mapping[str, Any]]) -> None:
    keys = [row["person"] for row in rows if row["person"] is not None]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        who = Person.objects.filter(pk__in=twice).first()
        raise Refused(
            "events.call.twice",
            _("Dos líneas dicen ser %(name)s. Deje una y marque la otra «nadie de la lista».")
            % {"name": who.full_name if who else ""},
        )
