"""The journal as auditors read it: searched, a page at a time, each line with what it changed.

Pages are reached by the last line seen, not by a count: the thousandth page costs what the first
does, and lines written meanwhile shift nothing.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from digna.accounts import access, folding
from digna.accounts.models import Card, User
from digna.journal import history, words
from digna.journal.history import Entry, FieldChange
from digna.journal.models import Change, Line
from digna.web import days

PER_PAGE = 50
EXPORTED = 10_000
CARD, MEMBERSHIP, USER = "accounts.card", "accounts.membership", "accounts.user"


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the journal on the list."""

    number: int
    when: datetime
    who: str
    what: str
    action: str
    reason: str
    device: str


@dataclass(frozen=True, slots=True)
class LinesPage:
    """A page of the journal, and the line after which the next one begins."""

    rows: tuple[LineRow, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class Touched:
    """One row that a line touched."""

    record: str
    kind: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line whole."""

    row: LineRow
    written_at: datetime
    seal: str
    touched: tuple[Touched, ...]
    left_out: int


def lines_page(user: object, asked: Mapping[str, Any], before: str) -> LinesPage:
    """Return the lines that `asked` describes, older than line `before`."""
    lines = found(user, asked)
    if before.isdecimal():
        lines = lines.filter(pk__lt=int(before[:18]))
    rows = list(lines.order_by("-pk")[: PER_PAGE + 1])
    older = rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None
    return LinesPage(tuple(_row(line) for line in rows[:PER_PAGE]), older)


def found(user: object, asked: Mapping[str, Any]) -> QuerySet[Line]:
    """Return the lines a person may read, narrowed by what, who, when and about what."""
    lines = access.visible_lines(user)
    if what := asked.get("q"):
        lines = lines.filter(_about_action(what))
    if who := asked.get("quien"):
        lines = lines.filter(_by(who))
    if asked.get("desde"):
        lines = lines.filter(at__gte=_start_of(asked["desde"]))
    if asked.get("hasta"):
        lines = lines.filter(at__lt=_start_of(asked["hasta"] + timedelta(days=1)))
    if subject := asked.get("ficha"):
        lines = lines.filter(_touching(subject))
    return lines


def _about_action(text: str) -> Q:
    """Match the words on screen, in the reader's language, or the action's own code."""
    sought = folding.fold(text)
    said = [code for code, label in words.WORDS.items() if sought in folding.fold(str(label))]
    return Q(action__in=said) | Q(action__icontains=text.strip()) | Q(reason__icontains=text)


def _by(text: str) -> Q:
    if folding.fold(text) in folding.fold(_("el sistema")):
        return Q(actor=None)
    people = User.objects.filter(Q(sought__contains=folding.fold(text)) | Q(name__icontains=text))
    return Q(actor__in=people.values("pk"))


def _touching(text: str) -> Q | Exists:
    """Match `model` or `model key`, the two separated by a space."""
    model, _space, key = text.strip().lower().partition(" ")
    changes = Change.objects.filter(line=OuterRef("pk"), model__startswith=model)
    return Exists(changes.filter(object_id=key.strip()) if key else changes)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _row(line: Line) -> LineRow:
    return LineRow(
        number=line.pk,
        when=line.at,
        who=str(line.actor) if line.actor is not None else _("el sistema"),
        what=words.says(line.action),
        action=line.action,
        reason=line.reason,
        device=line.device,
    )


MOST = 100


def line_page(line: Line) -> LinePage:
    """Return one line with what it changed, row by row; an import's thousands are cut short."""
    rows = line.changes.all()
    changes, total = list(rows[:MOST]), rows.count()
    named = history.names_of_keys(changes)
    return LinePage(
        row=_row(line),
        written_at=line.written_at,
        seal=line.seal,
        touched=tuple(_touched(change, named) for change in changes),
        left_out=total - len(changes),
    )


def _touched(change: Change, named: dict[tuple[str, str], str]) -> Touched:
    known = tuple(_readable(field) for field in history.field_changes(change, named))
    fields = known or tuple(_facts(change))
    return Touched(f"{change.model} {change.object_id}", _kind(change.kind), fields)


def _facts(change: Change) -> Iterator[FieldChange]:
    """Yield what was noted about a row beside its columns, under the names it was noted by."""
    for name, value in (change.after or {}).items():
        yield FieldChange(name, (change.before or {}).get(name), value)


def _kind(kind: str) -> str:
    return {
        "added": _("agregado"),
        "changed": _("cambiado"),
        "removed": _("quitado"),
        "bulk": _("en lote"),
        "noted": _("anotado"),
    }[kind]


def history_of_account(member: User, cards: Sequence[Card], limit: int = 40) -> Iterator[Entry]:
    """Yield what happened to an account, its roles and its cards, the newest first."""
    roles = [str(m.pk) for m in member.memberships.all()]
    about = (
        Q(model=USER, object_id=str(member.pk))
        | Q(model=MEMBERSHIP, object_id__in=roles)
        | Q(model=CARD, object_id__in=[str(card.pk) for card in cards])
    )
    changes = Change.objects.filter(about).select_related("line__actor")
    seen: dict[int, list[Change]] = {}
    for change in changes.order_by("-line_id", "id")[:limit]:
        seen.setdefault(change.line_id, []).append(change)
    for of_line in seen.values():
        row = _row(of_line[0].line)
        fields = tuple(field for change in of_line for field in _fields(change))
        yield Entry(row.when, row.who, row.what, row.reason, fields)


QUIET = {"sought", "user_id", "token_hash", "pin_hash", "password", "must_change_password"}


def _fields(change: Change) -> Iterator[FieldChange]:
    """Yield what changed, without what the page itself says (whose it is), masks and blanks."""
    told = Change(
        kind=change.kind,
        model=change.model,
        forgotten_at=change.forgotten_at,
        before=_told(change.before),
        after=_told(change.after),
    )
    yield from (_readable(field) for field in history.field_changes(told))


def _told(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {k: v for k, v in values.items() if k not in QUIET and v is not False and v != []}


def _readable(field: FieldChange) -> FieldChange:
    return FieldChange(field.label, _in_words(field.before), _in_words(field.after))


def _in_words(value: Any) -> Any:
    """Return moments and days as people write them; the journal keeps them as ISO text."""
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if not isinstance(value, str):
        return value
    try:
        on, moment = parse_date(value), parse_datetime(value)
    except ValueError:
        return value
    if on is not None:
        return days.day(on)
    return days.moment(moment) if moment is not None and timezone.is_aware(moment) else value


def exported(lines: QuerySet[Line]) -> Iterator[str]:
    """Yield the lines as csv, each change on a row of its own; ten thousand lines at most."""
    header = ("linea", "cuando", "quien", "accion", "equipo", "motivo", "ficha", "campo",
              "antes", "despues")  # fmt: skip
    yield "\ufeff" + _csv(header)
    chosen = lines.order_by("-pk").prefetch_related("changes")[:EXPORTED]
    for line in chosen.iterator(500):
        row = _row(line)
        start = (row.number, timezone.localtime(row.when).isoformat(), row.who, row.action,
                 row.device, row.reason)  # fmt: skip
        for change in line.changes.all():
            record = f"{change.model} {change.object_id}"
            for name, before, after in _columns(change):
                yield _csv((*start, record, name, before, after))


def _columns(change: Change) -> Iterator[tuple[str, Any, Any]]:
    if change.forgotten_at is not None:
        yield "(borrado con la persona)", "", ""
        return
    before, after = change.before or {}, change.after or {}
    for name in {**before, **after} or {"": None}:
        yield name, before.get(name, ""), after.get(name, "")


def _csv(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_defused("" if cell is None else str(cell)) for cell in cells])
    return out.getvalue()


def _defused(text: str) -> str:
    """Quote what a spreadsheet program would run as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
