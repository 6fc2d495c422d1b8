"""Attendance as video-call services export it: Zoom, Teams and Meet, in Spanish and English. Pure.

A stay is one line of the file: somebody connected from then until then. A presence is a person
as far as the call knew: their stays put together, so that who fell out and came back has all
their minutes, and who had a computer and a telephone on at once has them once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from digna.registry import identifiers, names, sheets

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name original name", "name", "nombre nombre original", "nombre", "full name",
        "nombre completo", "participant", "participante", "nombre de usuario nombre original",
        "display name", "nombre para mostrar", "user name original name",
    ),
    "given": ("first name", "nombres", "nombre de pila"),
    "surnames": ("last name", "apellido", "apellidos"),
    "email": (
        "user email", "email", "e mail", "correo electronico", "correo", "email address",
        "direccion de correo electronico", "correo electronico del usuario",
        "participant id upn", "id de participante upn",
    ),
    "joined": (
        "join time", "time joined", "first join", "hora de entrada", "hora de incorporacion",
        "hora a la que se unio", "primera union", "primera incorporacion", "primer ingreso",
        "hora de inicio de union", "entrada", "timestamp joined",
    ),
    "left": (
        "leave time", "time exited", "last leave", "hora de salida", "hora de abandono",
        "ultima salida", "ultimo abandono", "hora para salir", "salida", "time left",
    ),
    "duration": (
        "duration minutes", "duration", "in meeting duration", "duracion minutos", "duracion",
        "duracion de la reunion", "duracion en la reunion", "total duration minutes",
        "duracion total minutos", "attended duration", "tiempo en la llamada",
    ),
}  # fmt: skip
DEVICE = re.compile(
    r"^(?:i?phone|ipad|galaxy|celular|telefono|tablet|redmi|huawei|xiaomi|samsung)\b"
    r"(?:\s+(?:de|of|von))?\s+|(?:'s|’s)\s+(?:i?phone|ipad|galaxy|tablet)$",
    re.IGNORECASE,
)
PREAMBLE = 40
LONGEST = timedelta(hours=24)


class UnreadableCall(ValueError):
    """The file is not an attendance list of a call; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Stay:
    """One connection: the name it shows, its address, from when, until when, how long."""

    row: int
    name: str
    email: str
    joined: datetime | None
    left: datetime | None
    minutes: float

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From and until, where the file says both."""
        if self.joined is None or self.left is None or self.left <= self.joined:
            return None
        return self.joined, self.left


@dataclass(slots=True)
class Presence:
    """Somebody in the call: the stays that are theirs, the fullest name first."""

    stays: list[Stay] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names shown, the fullest first."""
        shown = dict.fromkeys(stay.name for stay in self.stays)
        return sorted(shown, key=lambda name: -len(names.words(name)))

    @property
    def name(self) -> str:
        """The fullest name shown."""
        return self.names[0]

    @property
    def email(self) -> str:
        """The address, if any stay had one."""
        return next((stay.email for stay in self.stays if stay.email), "")

    @property
    def minutes(self) -> int:
        """Whole minutes connected: overlapping stays once, the others added."""
        return round(covered(stay.span for stay in self.stays) + self._unplaced())

    def _unplaced(self) -> float:
        """Minutes of stays of which only the length is known."""
        return sum(stay.minutes for stay in self.stays if stay.span is None)

    def share_added_by(self, stay: Stay) -> float:
        """What part of a stay lies outside what is covered already; 1 is a re-join."""
        span = stay.span
        if span is None:
            return 1.0
        spans = [mine.span for mine in self.stays]
        return (covered([*spans, span]) - covered(spans)) / covered([span])


def covered(spans: Iterable[tuple[datetime, datetime] | None]) -> float:
    """Return how many minutes lie in at least one span.

    >>> from datetime import datetime as d
    >>> at = lambda m: d(2021, 9, 14, 18, m)
    >>> covered([(at(0), at(30)), (at(20), at(40)), None, (at(50), at(55))])
    45.0
    """
    total, end = timedelta(), None
    for begins, ends in sorted(span for span in spans if span is not None):
        start = begins if end is None else max(begins, end)
        if ends > start:
            total += ends - start
            end = ends
        elif end is None:
            end = ends
    return total.total_seconds() / 60


def read(content: bytes, on: date) -> list[Stay]:
    """Return the stays in a file; `on` is the session's day, which tells 9/10 from 10/9.

    Raises:
        UnreadableCall: `too_big`, `not_a_list`, `no_header`, `empty`.
    """
    try:
        (sheet,) = sheets.read("llamada.csv", _as_utf8(content))
    except sheets.UnreadableSheet as broken:
        code = broken.code if broken.code in {"too_big", "empty"} else "not_a_list"
        raise UnreadableCall(code) from broken
    header, columns = _header(sheet.rows)
    rows = sheet.rows[header:]
    end = next((at for at, row in enumerate(rows) if sheets.blank(row)), len(rows))
    order = _order_of_dates([row for row in rows[:end]], columns, on)
    stays = [
        _stay(number, row, columns, order) for number, row in enumerate(rows[:end], header + 1)
    ]
    found = [stay for stay in stays if stay is not None]
    if not found:
        raise UnreadableCall("empty")
    return found


def gather(stays: Sequence[Stay]) -> list[Presence]:
    """Put the stays of each person together: by address, by whole name, then by first name.

    A bare first name, or «iPhone de Rosa», goes to the one whose stay it continues: the presence
    of that first name to which it adds most. Where two would do as well, it stays on its own,
    for a person to decide.
    """
    by_email: dict[str, Presence] = {}
    by_name: dict[tuple[str, ...], Presence] = {}
    out: list[Presence] = []
    short: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: (not stay.email, stay.row)):
        words = tuple(sorted(names.words(bare(stay.name))))
        presence = by_email.get(stay.email) if stay.email else None
        if presence is None and len(words) > 1:
            presence = _same_name(by_name.get(words), stay)
        if presence is None and not stay.email and len(words) < 2:
            short.append(stay)
            continue
        if presence is None:
            presence = Presence()
            out.append(presence)
        presence.stays.append(stay)
        if stay.email:
            by_email.setdefault(stay.email, presence)
        if len(words) > 1:
            by_name.setdefault(words, presence)
    for stay in sorted(short, key=lambda stay: stay.row):
        _continue(out, stay)
    return sorted(out, key=lambda presence: names.fold(presence.name))


def bare(shown: str) -> str:
    """Return a shown name without its device.

    >>> bare("iPhone de Rosa"), bare("Rosa’s iPhone"), bare("Rosa Mamani (ella)")
    ('Rosa', 'Rosa', 'Rosa Mamani')
    """
    return DEVICE.sub("", re.sub(r"\s*\([^)]*\)\s*$", "", shown)).strip() or shown


def _same_name(found: Presence | None, stay: Stay) -> Presence | None:
    """A same name with a different address is somebody else."""
    if found is not None and stay.email and found.email and found.email != stay.email:
        return None
    return found


def _continue(presences: list[Presence], stay: Stay) -> None:
    words = names.words(bare(stay.name))
    named = [p for p in presences if words and set(words) <= set(names.words(bare(p.name)))]
    ranked = sorted(named, key=lambda p: -p.share_added_by(stay))
    is_clear = len(ranked) == 1 or (
        len(ranked) > 1 and ranked[0].share_added_by(stay) >= 0.5 > ranked[1].share_added_by(stay)
    )
    if is_clear:
        ranked[0].stays.append(stay)
    else:
        presences.append(Presence([stay]))


def _as_utf8(content: bytes) -> bytes:
    """Teams writes UTF-16."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace").encode()
    return content


def _heading(cell: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", names.fold(cell)))


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return the header's row (from 1) and its columns: a name beside a time or a length."""
    known = {text: field for field, texts in COLUMNS.items() for text in texts}
    for number, row in enumerate(rows[:PREAMBLE], start=1):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = known.get(_heading(cell))
            if name is not None:
                columns.setdefault(name, column)
        if {"name", "given"} & set(columns) and {"joined", "duration"} & set(columns):
            return number, _meet_columns(columns)
    raise UnreadableCall("no_header")


def _meet_columns(columns: dict[str, int]) -> dict[str, int]:
    """Meet heads given names «Nombre» when there is an «Apellido» beside it."""
    if "surnames" in columns and "given" not in columns:
        return {"given" if name == "name" else name: at for name, at in columns.items()}
    return columns


def _stay(number: int, row: Sequence[str], columns: Mapping[str, int], order: str) -> Stay | None:
    def cell(name: str) -> str:
        at = columns.get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    shown = cell("name") or f"{cell('given')} {cell('surnames')}".strip()
    if not shown:
        return None
    joined, left = _moment(cell("joined"), order), _moment(cell("left"), order)
    if joined is not None and left is not None and not timedelta() < left - joined < LONGEST:
        joined = left = None
    email = cell("email").casefold()
    return Stay(
        row=number,
        name=original(shown),
        email=email if "@" in email else "",
        joined=joined,
        left=left,
        minutes=_minutes(cell("duration")),
    )


def original(shown: str) -> str:
    """Return the name somebody registered with, where the file gives it in brackets.

    >>> original("claudia V. (Claudia Villca Ramos)"), original("Juan Choque (Invitado)")
    ('Claudia Villca Ramos', 'Juan Choque')
    """
    match = re.fullmatch(r"(.+?)\s*\(([^)]+)\)", shown)
    if match is None:
        return shown
    outside, inside = match.groups()
    return inside if len(names.words(inside)) > 1 else outside


def _order_of_dates(rows: Sequence[Sequence[str]], columns: Mapping[str, int], on: date) -> str:
    """Return "mdy" or "dmy", whichever puts the stays on the session's day."""
    at = columns.get("joined")
    texts = [row[at] for row in rows if at is not None and at < len(row)]
    for order in ("dmy", "mdy"):
        if any((moment := _moment(t, order)) is not None and moment.date() == on for t in texts):
            return order
    return "mdy" if any(re.search(r"[ap]\.?\s?m", text, re.IGNORECASE) for text in texts) else "dmy"


def _moment(text: str, order: str) -> datetime | None:
    clock = re.search(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?", text, re.IGNORECASE)
    if clock is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
    if clock.group(4):
        hour = hour % 12 + (12 if clock.group(4).lower() == "p" else 0)
    day = _day(text[: clock.start()], order)
    if day is None or hour > 23 or minute > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 — the file's own clock


def _day(text: str, order: str) -> date | None:
    """A day before a time; times alone all lie on one day, whichever."""
    text = text.strip(" ,tT")
    if not text:
        return date(2000, 1, 1)
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})", text)
    try:
        if match is None:
            return identifiers.day(text)
        first, second, year = (int(part) for part in match.groups())
        month, day = (first, second) if order == "mdy" else (second, first)
        return date(year + 2000 if year < 100 else year, month, day)
    except (ValueError, identifiers.Unreadable):
        return None


def _minutes(text: str) -> float:
    """Return a length in minutes: `45`, `1h 49m 3s`, `1 h 5 min`, `0:45:12`.

    >>> _minutes("45"), _minutes("1h 30m 30s"), _minutes("0:45:30"), _minutes("")
    (45.0, 90.5, 45.5, 0.0)
    """
    folded = names.fold(text)
    clock = re.fullmatch(r"(\d+):(\d{2}):(\d{2})", folded)
    if clock is not None:
        hours, minutes, seconds = (int(part) for part in clock.groups())
        return hours * 60 + minutes + seconds / 60
    if re.fullmatch(r"\d+([.,]\d+)?", folded):
        return float(folded.replace(",", "."))
    units = {"h": 60.0, "m": 1.0, "s": 1 / 60}
    parts = re.findall(r"(\d+)\s*([hms])", folded)
    return sum((int(number) * units[unit] for number, unit in parts), 0.0)
