"""Submissions as rows of sheets, some hundreds at a time: never all in memory."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.surveys import versions
from digna.surveys.models import Submission, SurveyForm
from digna.surveys.reading import instances, trees
from digna.surveys.reading.tables import Cell, Layout, Line, Table, Wishes
from digna.surveys.selectors import submissions as selectors

CHUNK = 500
Step = Callable[[int], None]


class Sent(NamedTuple):
    """What an export says of one submission, and its XML."""

    pk: int
    instance_id: str
    state: str
    received_at: datetime
    is_late: bool
    has_clash: bool
    who: str | None
    version: str | None
    xml: bytes


def layout(form: SurveyForm, wishes: Wishes) -> Layout:
    """Return the sheets of a form over all its versions."""
    return Layout(versions.every(form), selectors.file_lists(form), wishes)


def own_columns() -> tuple[str, ...]:
    """Return the columns that say of a submission where it comes from."""
    return (
        _("_número"), _("_envío"), _("_estado"), _("_recibido"), _("_quién"), _("_versión"),
        _("_observaciones de llegada"),
    )  # fmt: skip


def header(table: Table) -> list[str]:
    """Return the first row of a sheet."""
    own = own_columns() if not table.path else (_("_número"), _("_fila superior"), _("_envío"))
    return [*own, *(column.header for column in table.columns)]


def rows(
    found: QuerySet[Submission], plan: Layout, step: Step = lambda done: None
) -> Iterator[tuple[Table, list[Cell]]]:
    """Yield every row of every sheet, the rows of one submission together, oldest first.

    `step` is told after every some hundreds how many submissions have been written.
    """
    states = {value: str(label) for value, label in Submission.State.choices}
    done = 0
    for chunk in _chunks(found):
        for sent in chunk:
            root = trees.parse(bytes(sent.xml), most=instances.MOST_XML)
            for line in plan.lines(root):
                yield line.table, [*_own(line, sent, states), *line.cells]
        done += len(chunk)
        step(done)


def _chunks(found: QuerySet[Submission]) -> Iterator[list[Sent]]:
    """Yield submissions with their current version, some hundreds at a time, by key.

    By key and not by a cursor: SQLite's would hold every row of the list in memory. Only what is
    written is read: a version of the form brings its whole questionnaire along.
    """
    current = found.filter(versions__is_current=True).order_by("pk")
    told = current.values_list(
        "pk", "instance_id", "state", "received_at", "is_late", "has_clash", "user__name",
        F("versions__version__version"), F("versions__xml"),
    )  # fmt: skip
    last = 0
    while some := [Sent(*row) for row in told.filter(pk__gt=last)[:CHUNK]]:
        yield some
        if len(some) < CHUNK:
            return
        last = some[-1].pk


def _own(line: Line, sent: Sent, states: dict[str, str]) -> list[Cell]:
    if line.table.path:
        return [line.number, line.parent, sent.instance_id]
    at = timezone.localtime(sent.received_at).strftime("%Y-%m-%d %H:%M:%S")
    notes = [
        word
        for word, is_so in (
            (_("llegó con el formulario cerrado"), sent.is_late),
            (_("dos correcciones a la vez"), sent.has_clash),
        )
        if is_so
    ]
    return [
        line.number, sent.instance_id, states[sent.state], at, sent.who or "", sent.version or "",
        "; ".join(notes),
    ]  # fmt: skip
