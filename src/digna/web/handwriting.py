"""Forms to be filled in by hand: what a page asks, laid out for paper, to be typed in afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

MOST_CHOICES = 12
"""More choices than this are written, not ticked."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question on paper. Its choices carry the number that a keyboard types for them."""

    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: boxes to tick, or room to write."""

    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each person or point: `rows` are pairs of what it is and a note beside it.

    `blanks` are lines for who was not on the list.
    """

    heading: str
    first: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, str], ...]
    blanks: int = 0

    @property
    def lines(self) -> range:
        """The blank lines, for a template to go through."""
        return range(self.blanks)


def asks(form: Iterable[Any]) -> list[Ask]:
    """Return what a form asks, in its order; photographs are taken, not written.

    Hidden fields are left out. A long list of choices becomes a line to write on.
    """
    return [
        _ask(bound)
        for bound in form
        if not bound.is_hidden and not isinstance(bound.field, forms.FileField)
    ]


def _ask(bound: Any) -> Ask:
    choices = tuple(_choices(bound.field))
    return Ask(
        label=str(bound.label),
        hint=str(bound.help_text),
        choices=choices if len(choices) <= MOST_CHOICES else (),
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
