"""Two changed the same record without knowing of each other: field by field, what stands.

What only one side changed stands; what both changed to the same stands; the rest clashes, and no
rule decides it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Lists = Mapping[str, Sequence[str]]
UNMERGED = frozenset({"intention", "csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Merge:
    """What stands, and the names of which both sides changed the value."""

    values: dict[str, list[str]]
    clashing: tuple[str, ...]


def merge(base: Lists, phone: Lists, server: Lists) -> Merge:
    """Merge three sides of one form. Names that the server does not know are the telephone's.

    A clashing name keeps the telephone's value until a person decides.

    >>> merge({"a": ["1"], "b": ["1"]}, {"a": ["2"], "b": ["1"]}, {"a": ["1"], "b": ["3"]}).values
    {'a': ['2'], 'b': ['3']}
    >>> merge({"a": ["1"]}, {"a": ["2"]}, {"a": ["3"]}).clashing
    ('a',)
    """
    values = {name: list(given) for name, given in phone.items()}
    clashing = []
    for name, now in server.items():
        if name in UNMERGED:
            continue
        # A choice nobody made is not sent at all: a missing name is an empty value.
        before, theirs, ours = bare(base.get(name, ())), bare(phone.get(name, ())), bare(now)
        if theirs == before:
            values[name] = list(now)
        elif ours not in (before, theirs):
            clashing.append(name)
    return Merge(values, tuple(clashing))


def bare(given: Sequence[str]) -> tuple[str, ...]:
    """Return values as they compare: without space around, empty ones or an order of their own.

    >>> bare([" b ", "", "a"]) == bare(["a", "b"])
    True
    """
    return tuple(sorted(text for one in given if (text := one.replace("\r\n", "\n").strip())))
