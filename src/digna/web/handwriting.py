"""Forms to be filled in by hand: what a page asks, laid out for paper, typed in afterwards."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

MOST_CHOICES = 12
"""More choices than this are written, not ticked."""
SCALED = re.compile(r"\d ·")
"""Choices of a scale begin with their own digit: it is the one a keyboard types."""
Choices = tuple[tuple[str, str], ...]
"""Pairs of the digit that a keyboard types, or nothing, and the words."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question on paper. Its choices carry the digit that a keyboard types for them."""

    label: str
    hint: str = ""
    choices: Choices = ()
    is_required: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: boxes to tick, or room to write."""

    label: str
    choices: Choices = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a person, a point of a list, or the heading of some points."""

    label: str
    note: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each person or point; `blanks` are lines for who was not on the list."""

    heading: str
    first: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    blanks: int = 0

    @property
    def lines(self) -> range:
        """The blank lines, for a template to go through."""
        return range(self.blanks)


def numbered(labels: Iterable[str]) -> Choices:
    """Return choices with the digit of each: its place, or its own where it begins with one.

    >>> numbered(["sí", "no"])
    (('1', 'sí'), ('2', 'no'))
    >>> numbered(["0 · nada", "1 · poco"])
    (('', '0 · nada'), ('', '1 · poco'))
    """
    told = tuple(labels)
    if len(told) < 2 or all(SCALED.match(label) for label in told):
        return tuple(("", label) for label in told)
    return tuple((str(n) if n < 10 else "", label) for n, label in enumerate(told, 1))


def asks(form: Iterable[Any], but: Collection[str] = ()) -> list[Ask]:
    """Return what a form asks, in its order, `but` some fields; photographs are taken, not written.

    Hidden fields are left out. A long list of choices becomes a line to write on.
    """
    return [
        _ask(bound)
        for bound in form
        if not bound.is_hidden
        and not isinstance(bound.field, forms.FileField)
        and bound.name not in but
    ]


def _ask(bound: Any) -> Ask:
    choices = list(_choices(bound.field))
    return Ask(
        label=str(bound.label),
        hint=str(bound.help_text),
        choices=numbered(choices) if len(choices) <= MOST_CHOICES else (),
        is_required=bound.field.required,
        is_long=isinstance(bound.field.widget, forms.Textarea),
    )


def _choices(field: Any) -> Iterable[str]:
    if isinstance(field, forms.BooleanField):
        return ("",)  # one box, whose words are the question's own
    told: Sequence[Any] = list(getattr(field, "choices", ()))
    return _labels(told)


def _labels(choices: Iterable[Any]) -> Iterable[str]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _labels(label)
        elif str(value):
            yield str(label)
