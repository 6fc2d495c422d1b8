"""The data of a programme as a package: its figures, and the facts behind without who they are.

Keys leave as pseudonyms that stay the same while the installation's key does, so that tables still
join and nobody is named. What describes somebody leaves only where five or more share it: else the
row keeps its facts and loses its description.
"""

from collections import defaultdict
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
DESCRIBING = frozenset(
    {
        "sex", "constituency", "department", "age_band", "sector", "size_band", "legal_form",
        "formal", "owner_sex", "role",
    }
)  # fmt: skip
"""What describes a person or a firm to whoever knows them."""
Key = tuple[Any, ...]


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
    keys = set(schema.keys) - set(schema.dimensions) - DESCRIBING
    named = {name for name in schema.columns if name.endswith("_id")}
    return frozenset((keys | named) - {"programme_id"})


def _safe_rows(
    name: str, programme: Programme, schema: FactSchema, hidden: frozenset[str]
) -> Iterator[list[Any]]:
    columns = tuple(schema.columns)
    rare = rare_descriptions(columns, _mine(name, programme, columns))
    described = described_in(columns)
    for row in _mine(name, programme, columns):
        is_rare = tuple(row[at] for at in described) in rare
        yield [
            *(
                _told(columns[at], value, programme, hidden, is_rare)
                for at, value in enumerate(row)
            ),
            is_rare,
        ]


def _mine(name: str, programme: Programme, columns: Sequence[str]) -> Iterator[Key]:
    at = columns.index("programme_id")
    _schema, rows = sources.read(name, programme.pk)
    return (row for row in rows if row[at] == programme.pk)


def _told(
    column: str, value: Any, programme: Programme, hidden: frozenset[str], is_rare: bool
) -> Any:
    if column == "programme_id":
        return programme.code
    if value is None or (is_rare and column in DESCRIBING):
        return None
    return pseudonym(column, value) if column in hidden else value


def pseudonym(column: str, value: object) -> str:
    """Return a name that is the same in every table and tells nothing."""
    return salted_hmac(SALT, f"{column}:{value}", algorithm="sha256").hexdigest()[:16]


def described_in(columns: Sequence[str]) -> tuple[int, ...]:
    """Return where the columns stand that describe somebody."""
    return tuple(at for at, name in enumerate(columns) if name in DESCRIBING)


def rare_descriptions(columns: Sequence[str], rows: Iterable[Key]) -> frozenset[Key]:
    """Return the descriptions that fewer than five people, or fewer than five firms, share.

    >>> rare_descriptions(("person_id", "sex"), [(n, "female") for n in range(5)] + [(9, "male")])
    frozenset({('male',)})
    """
    units = tuple(at for at, name in enumerate(columns) if name in UNITS)
    described = described_in(columns)
    if not units or not described:
        return frozenset()
    behind: dict[Key, tuple[set[Any], ...]] = defaultdict(lambda: tuple(set() for _ in units))
    for row in rows:
        for seen, at in zip(behind[tuple(row[at] for at in described)], units, strict=True):
            if row[at] is not None:
                seen.add(row[at])
    return frozenset(key for key, seen in behind.items() if _is_small(key, seen))


def _is_small(key: Key, seen: tuple[set[Any], ...]) -> bool:
    """Whether somebody described so could be picked out; no description is no picking out."""
    is_described = any(value is not None for value in key)
    return is_described and any(0 < len(units) < UNDER for units in seen)
