"""Lists of the register: what a form chooses from without anybody uploading it.

A form that says `select_one_from_file digna_empresas.csv` (or leans on it by `pulldata`) gets what
the programme knows today, for who fills it: each caller only what the rooms show them. Names begin
with `digna_`, so that a list of ours and a file of theirs are never the same; `reading.live` knows
that rule without Django. A room above appends its own `LiveList` to `LISTS` from its `apps.ready`.
"""

import csv
import difflib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from digna.programmes.models import Programme
from digna.registry import names
from digna.surveys.reading import converting, live
from digna.surveys.reading.definitions import Definition
from digna.surveys.reading.faults import Fault

Row = Mapping[str, str]
MOST_KEYS = 500  # asked of the database at once


@dataclass(frozen=True, slots=True)
class LiveList:
    """One named list.

    Attributes:
        name: as a form calls it, `digna_….csv`.
        label: what it holds, in words («empresas»).
        columns: what each row tells besides `name` and `label`: what filling needs, no more.
        seen: what somebody may choose from in a programme, by the room's own access.
        every: the same for nobody in particular, those who left included: for the words of what
            was chosen once.
        key: the field that is a row's `name`: stable, public, without spaces.
        tell: rows of a query as a form reads them, each with `name`, `label` and `columns`.
    """

    name: str
    label: Any
    columns: tuple[str, ...]
    seen: Callable[[Programme, object], QuerySet[Any]]
    every: Callable[[Programme], QuerySet[Any]]
    key: str
    tell: Callable[[QuerySet[Any]], Iterator[Row]]

    def rows(self, programme: Programme, user: object) -> list[Row]:
        """Return what `user` may choose from, by label: in the same order on every database."""
        found = self.tell(self.seen(programme, user).order_by())
        return sorted(found, key=lambda row: (names.fold(row["label"]), row["name"]))

    def labels(self, programme: Programme, chosen: set[str] | None = None) -> dict[str, str]:
        """Return the words of what was chosen, of what left the list since too; None is all."""
        every = self.every(programme).order_by()
        if chosen is None:
            return {row["name"]: row["label"] for row in self.tell(every)}
        keys = sorted(self._keys(every, chosen), key=str)
        found: dict[str, str] = {}
        for start in range(0, len(keys), MOST_KEYS):
            some = every.filter(**{f"{self.key}__in": keys[start : start + MOST_KEYS]})
            found |= {row["name"]: row["label"] for row in self.tell(some)}
        return found

    def _keys(self, every: QuerySet[Any], chosen: set[str]) -> Iterator[Any]:
        """Yield what could be a key: whatever else was sent finds nothing and breaks nothing."""
        kind = every.model._meta.get_field(self.key)
        for told in chosen:
            try:
                yield kind.to_python(told)
            except ValidationError:
                continue


LISTS: list[LiveList] = []


def known() -> dict[str, LiveList]:
    """Return every list by its name."""
    return {one.name: one for one in LISTS}


def used(definition: Definition) -> list[LiveList]:
    """Return the lists that a form leans on."""
    by_name = known()
    return [by_name[name] for name in definition.media if name in by_name]


def uploaded(definition: Definition) -> list[str]:
    """Return the files that a form leans on and that somebody must bring: those not ours."""
    return [name for name in definition.media if not live.is_live(name)]


def faults(definition: Definition) -> list[Fault]:
    """Return the lists that a form names as ours and that no room keeps."""
    ours = list(known())
    return [
        Fault(
            "live_list",
            "survey",
            column="type",
            value=name,
            near=next(iter(difflib.get_close_matches(name, ours, 1, 0.6)), ""),
        )
        for name in definition.media
        if live.is_live(name) and name not in ours
    ]


@dataclass(frozen=True, slots=True)
class Content:
    """A list as it goes to a telephone: the same bytes as long as it says the same."""

    live: LiveList
    data: bytes
    count: int

    @property
    def md5(self) -> str:
        """The hash by which telephones know whether it changed."""
        return converting.md5(self.data)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lists of one caller in one request: each is made once, however many forms lean on it."""

    user: object
    made: dict[tuple[int, str], Content] = field(default_factory=dict)

    def content(self, programme: Programme, one: LiveList) -> Content:
        """Return a list's bytes for this caller."""
        key = (programme.pk, one.name)
        if key not in self.made:
            self.made[key] = _content(one, one.rows(programme, self.user))
        return self.made[key]

    def contents(self, programme: Programme, definition: Definition) -> list[Content]:
        """Return all that a form leans on."""
        return [self.content(programme, one) for one in used(definition)]


def _content(one: LiveList, rows: list[Row]) -> Content:
    out = io.StringIO()
    header = ("name", "label", *one.columns)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[_cell(row[column]) for column in header] for row in rows])
    return Content(one, out.getvalue().encode(), len(rows))


def _cell(told: str) -> str:
    """One line and no stray blanks: clients of csv disagree on anything else."""
    return " ".join(told.split())
