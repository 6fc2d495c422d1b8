"""The records behind a figure, as a set: unions instead of sums, and what changed since."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from hashlib import sha256
from typing import Protocol

from digna_engines.errors import EngineError
from digna_engines.values import Number

Key = int | str | tuple[int | str, ...]


def _sorting(key: Key) -> tuple[tuple[bool, int | str], ...]:
    # Only for keys of mixed types, which have no order of their own: numbers before texts.
    parts = key if isinstance(key, tuple) else (key,)
    return tuple((isinstance(part, str), part) for part in parts)


@dataclass(frozen=True)
class RecordSet:
    """Distinct record keys in order, and the columns they come from. Build it with ``of``.

    A key is a scalar when there is one column, a tuple when there are several. ``hash`` is the
    SHA-256 of columns and sorted keys in JSON: equal sets have equal hashes on any machine.

    >>> people = RecordSet.of("person", [3, 1, 3])
    >>> people.keys, len(people), people.hash[:12]
    ((1, 3), 2, 'be07a955deea')
    """

    columns: tuple[str, ...]
    keys: tuple[Key, ...]

    @classmethod
    def of(cls, columns: str | tuple[str, ...], keys: Iterable[Key]) -> "RecordSet":
        """A set from keys in any order, repeated or not."""
        named = (columns,) if isinstance(columns, str) else columns
        distinct = set(keys)
        try:
            return cls(named, tuple(sorted(distinct)))
        except TypeError:
            return cls(named, tuple(sorted(distinct, key=_sorting)))

    @cached_property
    def hash(self) -> str:
        """SHA-256, in hexadecimal, of the columns and the sorted keys."""
        written = json.dumps([self.columns, self.keys], ensure_ascii=False, separators=(",", ":"))
        return sha256(written.encode()).hexdigest()

    def __len__(self) -> int:
        return len(self.keys)

    def __contains__(self, key: object) -> bool:
        return key in self._as_set

    @cached_property
    def _as_set(self) -> frozenset[Key]:
        return frozenset(self.keys)

    def __or__(self, other: "RecordSet") -> "RecordSet":
        return RecordSet.of(self._alike(other), self._as_set | other._as_set)

    def __and__(self, other: "RecordSet") -> "RecordSet":
        return RecordSet.of(self._alike(other), self._as_set & other._as_set)

    def __sub__(self, other: "RecordSet") -> "RecordSet":
        return RecordSet.of(self._alike(other), self._as_set - other._as_set)

    def _alike(self, other: "RecordSet") -> tuple[str, ...]:
        if self.columns != other.columns:
            raise EngineError(
                "records.different",
                f"No se juntan registros de {self.columns} con registros de {other.columns}: "
                "personas, empresas y organizaciones no se suman entre sí.",
                f"Records of {self.columns} do not join records of {other.columns}: "
                "people, enterprises and organisations are never added together.",
                columns=(self.columns, other.columns),
            )
        return self.columns


def union(*sets: RecordSet) -> RecordSet:
    """Everyone in any of the sets, once: ``|A ∪ B ∪ C|``, not ``|A| + |B| + |C|``.

    Symbols: sets of records of the same columns. Source: inclusion-exclusion (de Moivre, 1718);
    DCED Standard VIII (2017), 5: overlaps are handled before aggregating.
    Errors: ``records.different`` for other columns; ``records.none`` without any set.

    >>> len(union(RecordSet.of("person", [1, 2]), RecordSet.of("person", [2, 3])))
    3
    """
    return reduce(RecordSet.__or__, _some(sets))


def intersection(*sets: RecordSet) -> RecordSet:
    """Those in every one of the sets. Edge cases and errors as in ``union``.

    >>> intersection(RecordSet.of("person", [1, 2]), RecordSet.of("person", [2, 3])).keys
    (2,)
    """
    return reduce(RecordSet.__and__, _some(sets))


def difference(first: RecordSet, *others: RecordSet) -> RecordSet:
    """Those in the first set and in none of the others. Error: ``records.different``.

    >>> difference(RecordSet.of("person", [1, 2]), RecordSet.of("person", [2, 3])).keys
    (1,)
    """
    return reduce(RecordSet.__sub__, others, first)


@dataclass(frozen=True)
class Overlap:
    """How much a sum would have exaggerated: ``total = added - repeated``."""

    total: int
    added: int
    sizes: Mapping[str, int]

    @property
    def repeated(self) -> int:
        """How many times somebody would have been counted again."""
        return self.added - self.total


def overlap(sets: Mapping[str, RecordSet]) -> Overlap:
    """Union against sum across programmes: who would be counted twice.

    Symbols: ``sets`` maps a programme's name to its records. Errors as in ``union``.

    >>> a, b = RecordSet.of("person", [1, 2]), RecordSet.of("person", [2, 3])
    >>> found = overlap({"SCORE": a, "IMPULSA": b})
    >>> found.total, found.added, found.repeated
    (3, 4, 1)
    """
    sizes = {name: len(records) for name, records in sets.items()}
    return Overlap(len(union(*sets.values())), sum(sizes.values()), sizes)


def _some(sets: tuple[RecordSet, ...]) -> tuple[RecordSet, ...]:
    if not sets:
        raise EngineError(
            "records.none",
            "No hay conjuntos de registros que juntar.",
            "There are no record sets to join.",
        )
    return sets


class Published(Protocol):
    """What ``compare`` needs of a figure, frozen or current; a ``Figure`` has it."""

    @property
    def numerator(self) -> Number | None: ...
    @property
    def denominator(self) -> Number | None: ...
    @property
    def value(self) -> Number | None: ...
    @property
    def records(self) -> RecordSet | None: ...


@dataclass(frozen=True)
class Frozen:
    """A figure as it was frozen: its numbers and the records behind it."""

    numerator: Number | None
    denominator: Number | None
    value: Number | None
    records: RecordSet | None


@dataclass(frozen=True)
class Comparison:
    """What a late edit would change in a frozen figure."""

    before: Number | None
    after: Number | None
    added: tuple[Key, ...]
    removed: tuple[Key, ...]
    is_same: bool
    message_es: str
    message_en: str


def compare(frozen: Published, current: Published) -> Comparison:
    """What a frozen figure would become: «would change from 41 to 42», and because of whom.

    Symbols: ``added`` are keys only in ``current``, ``removed`` only in ``frozen``.
    Edge cases: the same value over other records is a change; so is another numerator or
    denominator under the same value. Without records on both sides, no keys are told apart.
    Error: ``records.different``.

    >>> before = Frozen(2, None, 2, RecordSet.of("person", [1, 2]))
    >>> found = compare(before, Frozen(3, None, 3, RecordSet.of("person", [1, 2, 7])))
    >>> found.message_en, found.added, found.removed
    ('would change from 2 to 3', (7,), ())
    """
    added, removed = _told_apart(frozen.records, current.records)
    same_numbers = _numbers(frozen) == _numbers(current)
    is_same = same_numbers and not added and not removed
    before, after = frozen.value, current.value
    if is_same:
        es, en = "no cambiaría", "would not change"
    elif before == after:
        es = f"seguiría en {_say(before, 'sin dato')}, con otros registros"
        en = f"would stay at {_say(before, 'no data')}, on other records"
    else:
        es = f"cambiaría de {_say(before, 'sin dato')} a {_say(after, 'sin dato')}"
        en = f"would change from {_say(before, 'no data')} to {_say(after, 'no data')}"
    return Comparison(before, after, added, removed, is_same, es, en)


def _told_apart(
    frozen: RecordSet | None, current: RecordSet | None
) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    if frozen is None or current is None or frozen.hash == current.hash:
        return (), ()
    return (current - frozen).keys, (frozen - current).keys


def _numbers(figure: Published) -> tuple[Number | None, ...]:
    return figure.numerator, figure.denominator, figure.value


def _say(value: Number | None, missing: str) -> str:
    return missing if value is None else str(value)
