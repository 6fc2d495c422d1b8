"""The records behind a figure or one of its parts: those this person may see, and how many more."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.errors import NotVisible
from digna.events import access as events
from digna.events.models import Attendance, Session
from digna.programmes.models import Activity, Programme
from digna.registry import access as register
from digna.results import access, packing, wording
from digna.results.models import Figure, FigureSlice
from digna.results.selectors import causes, naming
from digna.web import days, paging

CHUNK = 20_000
"""Keys asked of the database at once: below what SQLite takes in one statement."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record: what it is called, what else tells it apart, where it opens."""

    label: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """The records behind a figure, a page at a time."""

    programme: Programme
    figure: Figure
    title: str
    part: str
    rows: tuple[RecordRow, ...]
    page: Page[Any] | None
    total: int
    hidden: int
    is_looking: bool


Visible = Callable[[object], QuerySet[Any]]
Shown = Callable[[Any], RecordRow]


def _people(user: object) -> QuerySet[Any]:
    return register.visible_people(user).select_related("place")


def _firms(user: object) -> QuerySet[Any]:
    return register.visible_enterprises(user).select_related("place", "sector")


def _processes(user: object) -> QuerySet[Any]:
    return events.visible_processes(user)


def _sessions(user: object) -> QuerySet[Any]:
    return Session.objects.filter(process__in=_processes(user).values("pk")).select_related(
        "process"
    )


def _attendances(user: object) -> QuerySet[Any]:
    marked = Attendance.objects.select_related("person", "session__process")
    if rights.reach(user, access.RECORDS).is_everything:
        return marked
    return marked.filter(
        session__process__in=_processes(user).values("pk"),
        person__in=register.visible_people(user).values("pk"),
    )


def _activities(user: object) -> QuerySet[Any]:
    return Activity.objects.filter(programme__in=access.visible_programmes(user))


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""  # that room is not built into this installation


def _person(row: Any) -> RecordRow:
    where = str(row.place) if row.place is not None else ""
    return RecordRow(row.full_name, where, _url("registry:person", row.public_id))


def _firm(row: Any) -> RecordRow:
    facts = [str(fact) for fact in (row.sector, row.place) if fact is not None]
    return RecordRow(row.name, " · ".join(facts), _url("registry:enterprise", row.public_id))


def _process(row: Any) -> RecordRow:
    return RecordRow(row.title, days.day(row.starts_on), _url("events:process", row.public_id))


def _session(row: Any) -> RecordRow:
    detail = f"{row.process} · {days.day(row.starts_at)}"
    return RecordRow(row.title, detail, _url("events:session", row.pk))


def _attendance(row: Any) -> RecordRow:
    detail = f"{row.session.process} · {days.day(row.session.starts_at)}"
    return RecordRow(row.person.full_name, detail, _url("events:session", row.session_id))


def _activity(row: Any) -> RecordRow:
    detail = f"{row.get_kind_display()} · {days.day(row.starts_on)}"
    return RecordRow(row.title, detail, _url("programmes:activity", row.pk))


KINDS: dict[str, tuple[Visible, Shown]] = {
    "person_id": (_people, _person),
    "enterprise_id": (_firms, _firm),
    "process_id": (_processes, _process),
    "session_id": (_sessions, _session),
    "attendance_id": (_attendances, _attendance),
    "activity_id": (_activities, _activity),
}


MODELS = {
    "person_id": "registry.person",
    "enterprise_id": "registry.enterprise",
    "process_id": "events.process",
    "session_id": "events.session",
    "attendance_id": "events.attendance",
    "activity_id": "programmes.activity",
}


def kind_of(figure: Figure) -> str:
    """Return the kind of the records behind a figure; sessions of another room are not ours.

    Two tables may name their rows alike: a mentoring session's key opens no training session.
    """
    kind, source = figure.record_kind, str(figure.declaration.get("source", ""))
    if kind in MODELS and causes.model_of(source, kind) != MODELS[kind]:
        return f"{source}.{kind}"
    return kind


def records_page(request: HttpRequest, programme: Programme, figure: Figure) -> RecordsPage:
    """Return the page of records that the address asks for."""
    dimension, category = request.GET.get("por", ""), request.GET.get("es", "")
    keys = _keys(figure, dimension, category)
    part = _part_word(dimension, category) if dimension else ""
    if keys is None:
        return RecordsPage(programme, figure, figure.indicator.name, part, (), None, 0, 0, True)
    kind = kind_of(figure)
    seen = _visible(request.user, kind, keys)
    page = paging.page_of(request, seen, lambda: len(seen))
    rows = _rows(request.user, kind, list(page.object_list))
    hidden = len(keys) - len(seen)
    title = figure.indicator.name
    return RecordsPage(programme, figure, title, part, rows, page, len(keys), hidden, False)


def _keys(figure: Figure, dimension: str, category: str) -> packing.Keys | None:
    """Return the keys asked for; None while those of the part are still to be found."""
    if not dimension:
        return packing.unpack(figure.records)
    if dimension not in figure.parts:
        raise NotVisible("results.no_such_part", _("Esta cifra no se desglosa así."))
    slices = {
        row.category: row
        for row in FigureSlice.objects.filter(figure=figure, dimension=dimension).defer("records")
    }
    if not slices:
        return None if figure.record_count else ()
    if category not in slices:
        return ()
    return packing.unpack(FigureSlice.objects.get(pk=slices[category].pk).records)


def _part_word(dimension: str, category: str) -> str:
    names = naming.names_of({dimension})
    word = wording.category(dimension, category or None, dict(names.get(dimension, {})))
    return f"{wording.dimension(dimension)}: {word}"


def _visible(user: object, kind: str, keys: packing.Keys) -> Sequence[Any]:
    """Return the keys of records this person may see, in order."""
    if kind not in KINDS:
        return keys  # codes of places and sectors, which everybody inside knows
    visible = KINDS[kind][0](user)
    found: set[Any] = set()
    for start in range(0, len(keys), CHUNK):
        chunk = visible.filter(pk__in=keys[start : start + CHUNK]).order_by()
        found.update(chunk.values_list("pk", flat=True))
    return [key for key in keys if key in found]


def _rows(user: object, kind: str, keys: Iterable[Any]) -> tuple[RecordRow, ...]:
    if kind not in KINDS:
        named = naming.names_of({kind}).get(kind, {})
        return tuple(RecordRow(named.get(key, str(key)), "", "") for key in keys)
    visible, show = KINDS[kind]
    found = [show(row) for row in visible(user).filter(pk__in=list(keys))]
    return tuple(sorted(found, key=lambda row: row.label.casefold()))


def named(user: object, kind: str, keys: Iterable[Any]) -> dict[object, RecordRow]:
    """Return how each record of a kind is shown, by its key; without those not for this person."""
    kept = list(keys)
    if kind not in KINDS:
        words = naming.names_of({kind}).get(kind, {})
        return {key: RecordRow(words.get(key, str(key)), "", "") for key in kept}
    visible, show = KINDS[kind]
    found: dict[object, RecordRow] = {}
    for start in range(0, len(kept), CHUNK):
        for row in visible(user).filter(pk__in=kept[start : start + CHUNK]):
            found[row.pk] = show(row)
    return found
