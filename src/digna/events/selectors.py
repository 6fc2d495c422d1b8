"""What the screens show: the list, a process in two numbers, a session as a grid."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from digna.events import access
from digna.events.models import Attendance, Enrolment, ParticipantRole, Process, Session
from digna.registry import access as registry
from digna.registry import names, search
from digna.registry.models import Person
from digna.registry.models.people import Constituency
from digna.web import links

STATES = ("proximos", "en-curso", "terminados")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list says."""

    q: str = ""
    kind: str = ""
    programme: str = ""
    state: str = ""


def processes(user: object, filters: Filters, today: date) -> QuerySet[Process]:
    """Return the visible processes that pass the filters, with their counts."""
    rows = _without_state(user, filters)
    if filters.state in STATES:
        rows = rows.filter(_in_state(filters.state, today))
    return (
        rows.annotate(
            session_count=_count(Session.objects.filter(process=OuterRef("pk")), "process"),
            person_count=_count(
                Enrolment.objects.filter(process=OuterRef("pk"), state=Enrolment.State.REGISTERED),
                "process",
            ),
        )
        .select_related("partner")
        .prefetch_related(Prefetch("programmes", to_attr="in_programmes"))
        .order_by("-starts_on", "-pk")
    )


def state_counts(user: object, filters: Filters, today: date) -> dict[str, int]:
    """Return how many processes each state chip would show; "" is all of them."""
    counts = {state: Count("pk", filter=_in_state(state, today)) for state in STATES}
    named = {state.replace("-", "_"): count for state, count in counts.items()}
    found = _without_state(user, filters).aggregate(all=Count("pk"), **named)
    return {"": found["all"]} | {state: found[state.replace("-", "_")] for state in STATES}


def _without_state(user: object, filters: Filters) -> QuerySet[Process]:
    rows = access.visible_processes(user)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.programme:
        of_it = Process.objects.filter(programmes__code=filters.programme)
        rows = rows.filter(pk__in=of_it.values("pk"))
    if filters.q.strip():
        rows = rows.filter(pk__in=_named_like(rows, filters.q))
    return rows


def _named_like(rows: QuerySet[Process], text: str) -> list[int]:
    """Keys whose title or partner has every word typed, accents and case aside."""
    wanted = names.fold(text).split()
    told = rows.values_list("pk", "title", "partner__name", "partner__acronym")
    return [
        key
        for key, *texts in told
        if all(word in names.fold(" ".join(t or "" for t in texts)) for word in wanted)
    ]


def _in_state(state: str, today: date) -> Q:
    if state == "proximos":
        return Q(starts_on__gt=today)
    is_over = Q(ends_on__lt=today) | Q(ends_on=None, starts_on__lt=today)
    return is_over if state == "terminados" else Q(starts_on__lte=today) & ~is_over


def _count(rows: QuerySet[Any], key: str) -> Coalesce:
    """Count the rows that share an outer `key`, without multiplying joins."""
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole, as a bar draws it."""

    label: str
    value: int
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A process in figures: people and attendances are two different counts."""

    registered: int
    waiting: int
    invited: int
    people: int
    attendances: int
    women: int
    sex_unknown: int
    hours: Decimal
    by_constituency: tuple[Part, ...]
    speakers: int


def summary(process: Process) -> Summary:
    """Count who was present at least once, and how often anybody was."""
    states = Counter(process.enrolments.values_list("state", flat=True))
    rows = list(_present(process))
    people = {row[0]: row[1:] for row in rows}
    attendances = Attendance.objects.filter(session__process=process, status="present")
    hours = attendances.aggregate(hours=Sum("hours"))["hours"]
    sexes = Counter(sex for sex, *_rest in people.values())
    return Summary(
        registered=states[Enrolment.State.REGISTERED],
        waiting=states[Enrolment.State.WAITING],
        invited=states[Enrolment.State.INVITED],
        people=len(people),
        attendances=len(rows),
        women=sexes["female"],
        sex_unknown=sexes[""],
        hours=hours or Decimal(0),
        by_constituency=_parts(
            said or theirs or "" for _sex, said, theirs, _role in people.values()
        ),
        speakers=sum(role == ParticipantRole.SPEAKER for *_rest, role in people.values()),
    )


def _present(process: Process) -> "QuerySet[Attendance, tuple[Any, ...]]":
    """One row an attendance: person, sex, whom they represent, role."""
    return (
        Attendance.objects.filter(session__process=process, status="present")
        .annotate(
            enrolled=FilteredRelation(
                "person__enrolments", condition=Q(person__enrolments__process=process)
            )
        )
        .values_list(
            "person_id",
            "person__sex",
            "enrolled__constituency",
            "enrolled__organisation__constituency",
            "enrolled__role",
        )
    )


def _parts(codes: Iterable[str]) -> tuple[Part, ...]:
    counts = Counter(codes)
    parts = [
        Part(str(Constituency(code).label).capitalize(), counts[code])
        for code in Constituency.values
        if counts[code]
    ]
    unknown = [Part(_("Sin dato"), counts[""], is_unknown=True)] if counts[""] else []
    return (*parts, *unknown)


def sessions(process: Process) -> QuerySet[Session]:
    """Return the sessions with how many were present and how many were marked."""
    return (
        process.sessions.select_related("topic", "place")
        .annotate(
            present_count=Count("attendances", filter=Q(attendances__status="present")),
            marked_count=Count("attendances"),
        )
        .order_by("starts_at", "pk")
    )


def enrolments(process: Process, state: str = "", q: str = "") -> QuerySet[Enrolment]:
    """Return who is in the process, with how many sessions each attended."""
    rows = process.enrolments.select_related("person__place", "organisation", "enterprise")
    if state in Enrolment.State.values:
        rows = rows.filter(state=state)
    for word in q.split():
        rows = rows.filter(
            Q(person__given_names__icontains=word) | Q(person__surnames__icontains=word)
        )
    attended = Attendance.objects.filter(
        person=OuterRef("person"), session__process=process, status="present"
    )
    return rows.annotate(attended_count=_count(attended, "person")).order_by(
        "person__surnames", "person__given_names", "pk"
    )


def state_counts_of(process: Process) -> dict[str, int]:
    """Return how many people are in each state of enrolment; "" is all of them."""
    states = Counter(process.enrolments.values_list("state", flat=True))
    return {"": sum(states.values())} | {state: states[state] for state in Enrolment.State.values}


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody the search turned up, and whether they are in the process already."""

    person: Person
    detail: str
    is_enrolled: bool


def find_people(user: object, process: Process, text: str, limit: int = 8) -> list[Found]:
    """Return people by name (typing errors forgiven) or telephone, enrolled ones included."""
    enrolled = set(process.enrolments.values_list("person_id", flat=True))
    # Two queries, not a union: searching within each keeps its index.
    mine = registry.visible_people(user)
    theirs = Person.objects.living().filter(pk__in=enrolled)
    keys = [
        *search.find(search.Kind.PERSON, text, theirs, limit),
        *search.find(search.Kind.PERSON, text, mine, limit),
        *_by_phone(text, mine),
    ]
    wanted = list(dict.fromkeys(keys))[:limit]
    people = {p.pk: p for p in Person.objects.filter(pk__in=wanted).select_related("place")}
    return [
        Found(people[key], _detail(people[key]), key in enrolled) for key in wanted if key in people
    ]


def _by_phone(text: str, visible: QuerySet[Person]) -> list[int]:
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) < 7:
        return []
    return list(visible.filter(phone__endswith=digits[-8:]).values_list("pk", flat=True)[:3])


def _detail(person: Person) -> str:
    parts = [person.place.name if person.place is not None else "", person.phone[-4:]]
    told = [parts[0]] + ([f"···{parts[1]}"] if parts[1] else [])
    return " · ".join(part for part in told if part)


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody registered who did not come, and a link to write to them."""

    person: Person
    status: str
    whatsapp: str


def missing(session: Session) -> Sequence[Missing]:
    """Return the registered participants who were not present."""
    statuses = dict(session.attendances.values_list("person_id", "status"))
    words = dict(Attendance.Status.choices)
    told = _("Hola, %(name)s. Le extrañamos en «%(title)s». ¿Podrá venir a la próxima?")
    return [
        Missing(
            row.person,
            str(words.get(statuses.get(row.person_id, ""), "")),
            _chat(row.person, told, session.title),
        )
        for row in registered(session.process)
        if statuses.get(row.person_id) != "present"
    ]


def invitations(process: Process, url: str) -> Sequence[Missing]:
    """Return who is invited and has not answered, with the invitation written out."""
    rows = (
        process.enrolments.filter(state=Enrolment.State.INVITED, person__erased_at=None)
        .select_related("person")
        .order_by("person__surnames", "person__given_names", "person_id")
    )
    told = _("Hola, %(name)s. Le invitamos a «%(title)s».")
    told += (" " + _("Inscríbase aquí: ") + url) if process.is_registration_open else ""
    return [Missing(row.person, "", _chat(row.person, told, process.title)) for row in rows]


def _chat(person: Person, told: str, title: str) -> str:
    name = person.given_names.split(" ")[0]
    return links.whatsapp(person.phone, told % {"name": name, "title": title})


def registered(process: Process) -> QuerySet[Enrolment]:
    """Return the registered participants with their records, by surname."""
    return (
        process.enrolments.filter(
            state=Enrolment.State.REGISTERED,
            role=ParticipantRole.PARTICIPANT,
            person__erased_at=None,
        )
        .select_related("person", "organisation", "enterprise")
        .order_by("person__surnames", "person__given_names", "person_id")
    )
