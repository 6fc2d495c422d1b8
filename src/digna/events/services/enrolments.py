"""Who takes part in a process: invited, registered, waiting, withdrawn; one row a person."""

from collections.abc import Iterable, Iterator

from django.db.models import F
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.events.models import Enrolment, ParticipantRole, Process
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Affiliation, Enterprise, ImportBatch, Organisation, Person
from digna.registry.models.imports import ImportKind

State, Channel = Enrolment.State, Enrolment.Channel


@writes("events.person.enrolled")
def enrol(
    *,
    actor: Actor,
    process: Process,
    person: Person,
    role: str = ParticipantRole.PARTICIPANT,
    organisation: Organisation | None = None,
    enterprise: Enterprise | None = None,
    constituency: str = "",
    state: str = State.REGISTERED,
    channel: str = Channel.OFFICE,
) -> Enrolment:
    """Enrol a person once. Enrolling again registers who was invited or had withdrawn.

    Whom they represent is taken from their links when nothing is said.

    Raises:
        Refused: `events.enrolment.gone` when the record was merged or erased.
    """
    _refuse_gone(person)
    standing = Enrolment.objects.filter(process=process, person=person).first()
    if standing is not None:
        return _again(standing, role, organisation, enterprise, constituency, state)
    if organisation is None and enterprise is None:
        organisation, enterprise = represented_by([person]).get(person.pk, (None, None))
    return record.add(
        Enrolment(
            process=process,
            person=person,
            role=role,
            organisation=organisation,
            enterprise=enterprise,
            constituency=constituency,
            state=state,
            channel=channel,
            at=actor.at,
        )
    )


def _again(
    standing: Enrolment,
    role: str,
    organisation: Organisation | None,
    enterprise: Enterprise | None,
    constituency: str,
    state: str,
) -> Enrolment:
    """Fill what was not known; go forward in state, never back; speakers stay speakers."""
    new: dict[str, object] = {}
    if standing.organisation is None and standing.enterprise is None:
        new |= {"organisation": organisation} if organisation is not None else {}
        new |= {"enterprise": enterprise} if enterprise is not None else {}
    if constituency and not standing.constituency:
        new["constituency"] = constituency
    if role != ParticipantRole.PARTICIPANT:
        new["role"] = role
    if state == State.REGISTERED:
        new["state"] = state
    return record.change(standing, **new) if new else standing


@writes("events.person.invited")
def invite(*, actor: Actor, process: Process, people: Iterable[Person]) -> int:
    """Invite people who are not in the process yet; return how many were new."""
    return sum(
        record.add(row).pk is not None
        for row in _new_rows(actor, process, people, State.INVITED, Channel.OFFICE)
    )


@writes("events.import.enrolled")
def enrol_import(
    *,
    actor: Actor,
    process: Process,
    batch: ImportBatch,
    role: str = ParticipantRole.PARTICIPANT,
) -> int:
    """Enrol everybody an import brought in or found; return how many are new to the process.

    Each row says whom the person represented on that list: its organisation and constituency.

    Raises:
        Refused: `events.import.not_people`, `events.import.not_done`.
    """
    if batch.kind != ImportKind.PEOPLE:
        raise Refused(
            "events.import.not_people",
            _("Esa importación es de empresas. Elija una de personas."),
            field="batch",
        )
    if batch.state != ImportBatch.State.DONE:
        raise Refused(
            "events.import.not_done",
            _("Esa importación está «%(state)s». Espere a que termine o corríjala.")
            % {"state": batch.get_state_display()},
            field="batch",
        )
    rows = list(_rows_of_import(actor, process, batch, role))
    record.add_many(rows)
    return len(rows)


def _rows_of_import(
    actor: Actor, process: Process, batch: ImportBatch, role: str
) -> Iterator[Enrolment]:
    listed = batch.rows.filter(
        person__isnull=False, person__merged_into=None, person__erased_at=None
    ).select_related("person")
    values = {row.person_id: row.values for row in listed}
    people = list({row.person_id: row.person for row in listed if row.person}.values())
    codes = {v["organisation"] for v in values.values() if v.get("organisation")}
    named = {o.code: o for o in Organisation.objects.filter(code__in=codes)}
    for row in _new_rows(actor, process, people, State.REGISTERED, Channel.IMPORT):
        said = values[row.person_id]
        row.role = role
        row.organisation = named.get(said.get("organisation", ""), row.organisation)
        row.constituency = said.get("constituency", "")
        yield row


def _new_rows(
    actor: Actor, process: Process, people: Iterable[Person], state: str, channel: str
) -> Iterator[Enrolment]:
    """Yield unsaved rows for those who are not in the process yet."""
    wanted = list({person.pk: person for person in people}.values())
    for person in wanted:
        _refuse_gone(person)
    there = set(process.enrolments.values_list("person_id", flat=True))
    links = represented_by(wanted)
    for person in wanted:
        if person.pk not in there:
            organisation, enterprise = links.get(person.pk, (None, None))
            yield Enrolment(
                process=process,
                person=person,
                organisation=organisation,
                enterprise=enterprise,
                state=state,
                channel=channel,
                at=actor.at,
            )


def represented_by(
    people: Iterable[Person],
) -> dict[int, tuple[Organisation | None, Enterprise | None]]:
    """Return, by person, the organisation or firm of their latest standing link."""
    links = (
        Affiliation.objects.filter(person__in=[person.pk for person in people], ends_on=None)
        .select_related("organisation", "enterprise")
        .order_by(F("starts_on").asc(nulls_first=True), "id")
    )
    return {link.person_id: (link.organisation, link.enterprise) for link in links}


@writes("events.enrolment.corrected")
def correct_enrolment(
    *,
    actor: Actor,
    enrolment: Enrolment,
    role: str,
    constituency: str,
    organisation: Organisation | None,
) -> Enrolment:
    """Correct in what capacity, and for whom, a person takes part."""
    return record.change(enrolment, role=role, constituency=constituency, organisation=organisation)


@writes("events.enrolment.confirmed")
def confirm(*, actor: Actor, enrolment: Enrolment) -> Enrolment:
    """Register somebody who was invited, was waiting or had withdrawn."""
    return record.change(enrolment, state=State.REGISTERED)


@writes("events.enrolment.withdrawn")
def withdraw(*, actor: Actor, enrolment: Enrolment) -> Enrolment:
    """Note that a person will not (go on to) take part; who waits gets the place."""
    record.change(enrolment, state=State.WITHDRAWN)
    fill_places(actor=actor, process=enrolment.process)
    return enrolment


@writes("events.enrolment.removed")
def remove_enrolment(*, actor: Actor, enrolment: Enrolment) -> None:
    """Take out somebody enrolled by mistake.

    Raises:
        Refused: `events.enrolment.has_attendance`: they were marked in a session already.
    """
    marked = enrolment.person.attendances.filter(session__process=enrolment.process).exists()
    if marked:
        raise Refused(
            "events.enrolment.has_attendance",
            _(
                "%(name)s ya está en la asistencia de una sesión. Márquela como retirada, o "
                "quite antes su asistencia."
            )
            % {"name": enrolment.person.full_name},
        )
    process = enrolment.process
    record.remove(enrolment)
    fill_places(actor=actor, process=process)


@writes("events.places.filled")
def fill_places(*, actor: Actor, process: Process) -> int:
    """Register who is waiting, in the order they came, while there is room; return how many."""
    waiting = process.enrolments.filter(state=State.WAITING).order_by("at", "id")
    free = places_left(process)
    let_in = list(waiting if free is None else waiting[: max(free, 0)])
    for enrolment in let_in:
        record.change(enrolment, state=State.REGISTERED)
    return len(let_in)


def places_left(process: Process) -> int | None:
    """Return how many participants still fit; None where there is no limit."""
    if process.capacity is None:
        return None
    taken = process.enrolments.filter(
        state=State.REGISTERED, role=ParticipantRole.PARTICIPANT
    ).count()
    return process.capacity - taken


def _refuse_gone(person: Person) -> None:
    if person.merged_into_id is not None or person.erased_at is not None:
        raise Refused(
            "events.enrolment.gone",
            _("Esa ficha ya fue fusionada o borrada. Busque a la persona otra vez."),
            field="person",
        )
