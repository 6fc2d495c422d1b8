"""Work that a telephone does without signal: declared once by its room, as a `Work`.

A work names its door, its form and its service. `digna.field` shows its page (`/campo/hacer/…`),
to be taken along; what was filled there arrives late by the field sync, and goes through the very
same door, form and service. A room declares its works in `arrivals.py`, imported by its `apps.py`.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.errors import NotAllowed, Refused
from digna.journal import intake
from digna.journal.actor import Actor
from digna.web.forms import Form, as_sent
from digna.web.handwriting import Table

BASE = "field/base.html"
"""The frame of the field's pages, also of those that a room draws itself."""
RECORD = "record"
"""The hidden field that says which record a sheet is about."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person filled in: values as a form sends them, and files."""

    values: QueryDict
    files: "MultiValueDict[str, UploadedFile[Any]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A work opened for one record: a page with one form.

    `do` carries it out once the form is valid. `holds` says whether a name may come in the values
    beside the form's own fields (a grid has a row of them a person). `now` gives the values as a
    page opened this moment would send them; without it they are read off the form. `firm` is the
    public id of the firm it is about, where it is about one. `tables` are what paper has beside the
    form's own questions: a list of people, the points of a checklist; `unprinted` are questions
    that are asked only after something was refused.
    """

    form: Form
    title: str
    about: str
    button: str
    do: Callable[[Actor], object]
    firm: uuid.UUID | None = None
    sentence: str = ""
    template: str = "field/work.html"
    context: Mapping[str, Any] = field(default_factory=dict)
    holds: Callable[[str], bool] = lambda name: False
    now: Callable[[], dict[str, list[str]]] | None = None
    tables: Callable[[], Sequence[Table]] = lambda: ()
    unprinted: frozenset[str] = frozenset()


Open = Callable[[Any, str, Sent | None, date], Sheet]
"""(user, key of the record, what was sent or None, the day) → the sheet.

It raises `NotVisible` when the record is not this user's to do that to.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something that may be done offline.

    `slug` is its part of the address; `action` the journal's name; `changes` says that it alters a
    record others may alter meanwhile, so that what both changed is asked about.
    """

    slug: str
    action: str
    right: rights.Right
    open: Open
    changes: bool = False


WORKS: dict[str, Work] = {}
"""By slug. Filled in by the rooms."""


def declare(*works: Work) -> None:
    """Offer works to the field: their pages and their late arrival."""
    for work in works:
        WORKS[work.slug] = work
        intake.takes(work.action, current=_current(work) if work.changes else None)(_taking(work))


def open_sheet(work: Work, user: object, key: str, sent: Sent | None, day: date) -> Sheet:
    """Open a work for a record by its door.

    Raises:
        NotAllowed: `accounts.fieldwork.right`: nobody, or a person without that right;
        NotVisible: the record is not theirs.
    """
    if user is None or not rights.may(user, work.right):
        raise NotAllowed(
            "accounts.fieldwork.right",
            _("Su cuenta no tiene permiso para esto. Pida el permiso a quien coordina."),
        )
    return work.open(user, key, sent, day)


def carry_out(sheet: Sheet, actor: Actor, values: Mapping[str, Any]) -> object:
    """Do a sheet that was filled in; nothing that was filled in is passed over.

    Raises:
        Refused: `accounts.fieldwork.unreadable` (the form's own faults, told by field),
            `accounts.fieldwork.unasked` (an answer to what is no longer asked), and those of
            the service.
    """
    _refuse_unasked(sheet, values)
    if not sheet.form.is_valid():
        raise Refused("accounts.fieldwork.unreadable", _faults(sheet.form))
    return sheet.do(actor)


def _taking(work: Work) -> intake.Take:
    def take(actor: Actor, values: Mapping[str, Any], files: Mapping[str, Any]) -> object:
        assert isinstance(values, QueryDict)  # noqa: S101 — reception reads them so
        sent = Sent(values, MultiValueDict({name: _all(files, name) for name in files}))
        day = timezone.localdate(actor.at)
        sheet = open_sheet(work, actor.user, values.get(RECORD, ""), sent, day)
        return carry_out(sheet, actor, values)

    return take


def _current(work: Work) -> intake.Current:
    def current(actor: Actor, values: Mapping[str, Any]) -> Mapping[str, list[str]]:
        day = timezone.localdate(actor.at)
        return values_now(work, actor.user, str(values.get(RECORD, "")), day)

    return current


def _all(files: Mapping[str, Any], name: str) -> list[Any]:
    return files.getlist(name) if isinstance(files, MultiValueDict) else [files[name]]


def values_now(work: Work, user: object, key: str, day: date) -> dict[str, list[str]]:
    """Return what a page of this work, opened now, would send unchanged."""
    sheet = open_sheet(work, user, key, None, day)
    return sheet.now() if sheet.now is not None else as_sent(sheet.form)


def _refuse_unasked(sheet: Sheet, values: Mapping[str, Any]) -> None:
    asked = {bound.html_name for bound in sheet.form} | {RECORD, "csrfmiddlewaretoken"}
    unasked = [
        name for name in values if name not in asked and not sheet.holds(name) and values[name]
    ]
    if unasked:
        raise Refused(
            "accounts.fieldwork.unasked",
            _(
                "La página que llenó es de otro día y pregunta algo que ya no se pregunta "
                "(%(names)s). Actualice lo que lleva y anótelo otra vez."
            )
            % {"names": ", ".join(unasked)},
            names=unasked,
        )


def _faults(form: Form) -> str:
    """Return the faults of a form in one sentence a field."""
    told: Sequence[str] = [
        f"{form[name].label}: {problem}" if name in form.fields else str(problem)
        for name, problems in form.errors.items()
        for problem in problems
    ]
    return " ".join(told)
