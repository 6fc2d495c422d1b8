"""The data of a programme as a package: its figures, and the facts behind without who they are.

Keys leave as pseudonyms that stay the same while the installation's key does, so that tables still
join and nobody is named. What describes somebody leaves only as far as five or more share it: a
row keeps its facts and loses the rest of its description.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.crypto import salted_hmac

from digna.programmes.models import Programme
from digna.results import dictionary, exports, packaging, sources
from digna.results.packaging import About, Table
from digna.results.publishing import UNDER
from digna_engines.indicators import FactSchema

SALT = "digna.results.open_data"
UNITS = ("person_id", "enterprise_id")
DESCRIBING = (
    "sex", "owner_sex", "sector", "department", "size_band", "constituency", "formal",
    "legal_form", "age_band", "role",
)  # fmt: skip
"""What describes a person or a firm to whoever knows them; what is first is kept longest."""
Key = tuple[Any, ...]
Behind = dict[Key, tuple[set[Any], ...]]
"""Description → the people and the firms it fits."""


def package(programme: Programme, at: datetime, *, hxl: bool = False) -> bytes:
    """Return the package of figures and facts, for those who may read them."""
    about = About(
        name=programme.code,
        title=programme.name,
        description="Cifras, y hechos con seudónimos. Vacío es sin dato o reservado, nunca cero.",
        at=at,
        sources=(f"Registros de {programme.name}",),
    )
    return packaging.packed(about, (_figures(programme), *_facts(programme)), hxl=hxl)


def _figures(programme: Programme) -> Table:
    fields = tuple(dictionary.FIGURES[name] for name in exports.COLUMNS)
    return figures_table(fields, exports.rows(programme), packaging.INSIDE)


def figures_table(
    fields: tuple[dictionary.Field, ...],
    rows: Iterable[Mapping[str, Any]],
    licence: Mapping[str, str],
) -> Table:
    """Return rows of figures as a table to pack."""
    lines = ([_typed(field, row.get(field.name)) for field in fields] for row in rows)
    return Table("figures", "Cifras y sus partes", fields, lines, licence)


def _typed(field: dictionary.Field, value: Any) -> Any:
    """Return a number as a number: exports write them as exact text."""
    if field.type == "number" and isinstance(value, str):
        return float(value) if "." in value or "E" in value else int(value)
    return value


def _facts(programme: Programme) -> Iterator[Table]:
    """Yield the tables that know their programme; the others tell of the whole installation."""
    for name, source in sources.SOURCES.items():
        schema, _rows = sources.read(name, programme.pk)
        if "programme_id" in schema.columns:
            hidden = pseudonyms_of(schema)
            yield Table(
                name=name.replace(".", "-").replace("_", "-"),
                title=str(source.label),
                fields=dictionary.of_facts(schema, hidden),
                rows=_safe_rows(name, programme, schema, hidden),
                licence=packaging.INSIDE,
            )


def pseudonyms_of(schema: FactSchema) -> frozenset[str]:
    """Return the columns that name something: keys that are no dimension, and every «…_id»."""
    keys = set(schema.keys) - set(schema.dimensions) - set(DESCRIBING)
    named = {name for name in schema.columns if name.endswith("_id")}
    return frozenset((keys | named) - {"programme_id"})


def _safe_rows(
    name: str, programme: Programme, schema: FactSchema, hidden: frozenset[str]
) -> Iterator[list[Any]]:
    columns = tuple(schema.columns)
    described = described_in(columns)
    shown = shown_descriptions(columns, _mine(name, programme, columns))
    for row in _mine(name, programme, columns):
        full = tuple(row[at] for at in described)
        safe = list(row)
        for at, value in zip(described, shown.get(full, full), strict=True):
            safe[at] = value
        told = (_told(columns[at], value, programme, hidden) for at, value in enumerate(safe))
        yield [*told, shown.get(full, full) != full]


def _mine(name: str, programme: Programme, columns: Sequence[str]) -> Iterator[Key]:
    at = columns.index("programme_id")
    _schema, rows = sources.read(name, programme.pk)
    return (row for row in rows if row[at] == programme.pk)


def _told(column: str, value: Any, programme: Programme, hidden: frozenset[str]) -> Any:
    if column == "programme_id":
        return programme.code
    return pseudonym(column, value) if column in hidden and value is not None else value


def pseudonym(column: str, value: object) -> str:
    """Return a name that is the same in every table and tells nothing."""
    return salted_hmac(SALT, f"{column}:{value}", algorithm="sha256").hexdigest()[:16]


def described_in(columns: Sequence[str]) -> tuple[int, ...]:
    """Return where the columns stand that describe somebody, the first to keep first."""
    return tuple(columns.index(name) for name in DESCRIBING if name in columns)


def shown_descriptions(columns: Sequence[str], rows: Iterable[Key]) -> dict[Key, Key]:
    """Return each description with as much of it as five people and five firms share.

    Column by column: values that too few share lose it from there on, together with as many others
    as it takes for those who lost it to be five themselves. A table about nobody stays as it is.

    >>> rows = [(n, "female") for n in range(6)] + [(n, "male") for n in range(6, 13)] + [(99, "")]
    >>> shown_descriptions(("person_id", "sex"), rows)
    {('',): (None,), ('female',): (None,), ('male',): ('male',)}
    """
    units = tuple(at for at, name in enumerate(columns) if name in UNITS)
    described = described_in(columns)
    if not units or not described:
        return {}
    behind: Behind = {}
    for row in rows:
        key = tuple(row[at] for at in described)
        for seen, at in zip(behind.setdefault(key, _nobody(units)), units, strict=True):
            if row[at] is not None:
                seen.add(row[at])
    shown: dict[Key, Key] = {}
    if behind:
        _divide(behind, 0, shown)
    return shown


def _divide(behind: Behind, depth: int, shown: dict[Key, Key]) -> None:
    """Show the column at `depth` where enough share its value, then the columns after it."""
    width = len(next(iter(behind)))
    if depth == width:
        shown.update({key: key for key in behind})
        return
    children: dict[Any, Behind] = {}
    for key, seen in behind.items():
        children.setdefault(key[depth], {})[key] = seen
    for value in _too_few(children):
        blank = (None,) * (width - depth)
        shown.update({key: (*key[:depth], *blank) for key in children.pop(value)})
    for child in children.values():
        _divide(child, depth + 1, shown)


def _too_few(children: Mapping[Any, Behind]) -> list[Any]:
    """Return the values to hide: those too few share, and the smallest others that cover them."""
    by_size = sorted(children, key=lambda value: (_size(children[value]), str(value)))
    hidden = [value for value in by_size if _is_small(children[value])]
    others = [value for value in by_size if value not in hidden]
    while hidden and others:
        pooled: Behind = {}
        for value in hidden:
            pooled.update(children[value])
        if not _is_small(pooled):
            break
        hidden.append(others.pop(0))
    return hidden


def _nobody(units: Sequence[int]) -> tuple[set[Any], ...]:
    return tuple(set() for _at in units)


def _sizes(behind: Behind) -> list[int]:
    return [len(set().union(*seen)) for seen in zip(*behind.values(), strict=True)]


def _size(behind: Behind) -> int:
    return min(_sizes(behind))


def _is_small(behind: Behind) -> bool:
    """Whether somebody could be picked out: fewer than five people, or than five firms."""
    return any(0 < size < UNDER for size in _sizes(behind))
