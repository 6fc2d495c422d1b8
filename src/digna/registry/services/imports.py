"""A spreadsheet, from the file to the register: received, understood, checked, run, undone.

Nothing stops at the first fault: every problem of every row is listed by cell, the valid rows go
in, the others come back as a file. Doubtful pairs go to the queue. A run that is killed goes on
where it stopped, because each row says what became of it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import columns, importing, sheets
from digna.registry.models import (
    Enterprise,
    ImportBatch,
    ImportRow,
    Merge,
    Organisation,
    Person,
    SavedMapping,
)
from digna.registry.services import merges

State, Outcome = ImportBatch.State, ImportRow.Outcome
CHUNK = 200
MAPPABLE = (State.UPLOADED, State.CHECKED, State.FAILED)
WHY_UNREADABLE = {
    "too_big": gettext_lazy("El archivo pesa más de 10 MB. Divídalo en partes."),
    "bomb": gettext_lazy(
        "El archivo se infla demasiado al abrirlo: no parece una lista. No se leyó."
    ),
    "not_a_spreadsheet": gettext_lazy(
        "No es una planilla que podamos leer. Guárdela como xlsx, ods o csv."
    ),
    "too_many_rows": gettext_lazy("Tiene más de 50.000 filas. Divídala en partes."),
    "empty": gettext_lazy("La planilla está vacía."),
}


@writes("registry.import.received")
def receive(
    *,
    actor: Actor,
    kind: str,
    file_name: str,
    content: bytes,
    partner: Organisation | None = None,
) -> ImportBatch:
    """Keep a file and guess its sheet, header and columns; a known header is remembered.

    Raises:
        Refused: `registry.import.unreadable`, with why.
    """
    try:
        found = sheets.read(file_name, content)
    except sheets.UnreadableSheet as unreadable:
        raise Refused(
            "registry.import.unreadable", WHY_UNREADABLE[unreadable.code], field="file"
        ) from unreadable
    sheet, header_row = columns.choose_sheet(found, kind)
    header = sheet.rows[header_row - 1]
    saved = SavedMapping.objects.filter(kind=kind, signature=columns.signature(header)).first()
    mapping = saved.mapping if saved is not None else _keyed(columns.guess(header, kind))
    return record.add(
        ImportBatch(
            kind=kind,
            file_name=file_name[:200],
            file=ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:16]}.bin"),
            sha256=hashlib.sha256(content).hexdigest(),
            sheet=sheet.name,
            header_row=header_row,
            mapping=mapping,
            partner=partner,
            created_by=actor.user,
            created_at=actor.at,
        )
    )


@writes("registry.import.columns_set")
def set_columns(
    *, actor: Actor, batch: ImportBatch, sheet: str, header_row: int, mapping: Mapping[int, str]
) -> ImportBatch:
    """Say what the columns mean; remembered for the next sheet with the same header.

    Raises:
        Refused: `registry.import.no_name_column`, `registry.import.field_twice`,
            `registry.import.no_header`, `registry.import.too_late`.
    """
    refuse_unless(batch, *MAPPABLE)
    chosen = {column: field for column, field in mapping.items() if field}
    _refuse_bad_mapping(batch.kind, list(chosen.values()))
    table = sheet_of(batch, sheet)
    if not 1 <= header_row <= len(table.rows):
        raise Refused("registry.import.no_header", _("La planilla no tiene esa fila."))
    key = columns.signature(table.rows[header_row - 1])
    keyed = _keyed(chosen)
    saved = SavedMapping.objects.filter(kind=batch.kind, signature=key).first()
    if saved is None:
        record.add(SavedMapping(kind=batch.kind, signature=key, mapping=keyed, used_at=actor.at))
    else:
        record.change(saved, mapping=keyed, used_at=actor.at)
    return record.change(
        batch, sheet=sheet, header_row=header_row, mapping=keyed, state=State.CHECKING, done_count=0
    )


@writes("registry.import.checked")
def check(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Read every row without importing any: values, problems by cell, and who each might be."""
    refuse_unless(batch, State.CHECKING, State.CHECKED)
    batch.rows.all().delete()
    table = sheet_of(batch, batch.sheet)
    readings = importing.read_rows(batch, table, actor.at.date())
    rows = importing.judged(batch, readings)
    ImportRow.objects.bulk_create(rows, batch_size=500)
    valid = sum(row.outcome == Outcome.VALID for row in rows)
    return record.change(batch, state=State.CHECKED, row_count=valid, done_count=0)


@writes("registry.import.started")
def start(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Let the valid rows in; the work goes on in the background.

    Raises:
        Refused: `registry.import.nothing_valid`, `registry.import.too_late`.
    """
    refuse_unless(batch, State.CHECKED, State.FAILED)
    if not batch.rows.filter(outcome=Outcome.VALID).exists():
        raise Refused(
            "registry.import.nothing_valid",
            _("Ninguna fila está lista. Descargue las filas con errores y corríjalas."),
        )
    return record.change(batch, state=State.RUNNING, problem="")


def chunks_left(batch: ImportBatch) -> Iterator[list[ImportRow]]:
    """Yield the rows still to be imported, a chunk at a time; none twice, whatever happened."""
    while rows := list(batch.rows.filter(outcome=Outcome.VALID).order_by("number")[:CHUNK]):
        yield rows


@writes("registry.import.rows_imported")
def import_rows(
    *, actor: Actor, batch: ImportBatch, rows: Sequence[ImportRow], run: importing.Run
) -> int:
    """Import one chunk in one transaction: new records, links, doubtful pairs."""
    done = run.take_in(actor, batch, rows)
    ImportBatch.objects.filter(pk=batch.pk).update(done_count=batch.done_count + len(rows))
    batch.done_count += len(rows)
    return done


@writes("registry.import.finished")
def finish(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Close a run. The file goes; what was read of imported rows' documents goes too."""
    batch.file.delete(save=False)
    return record.change(batch, state=State.DONE, finished_at=actor.at, file="")


@writes("registry.import.failed")
def fail(*, actor: Actor, batch: ImportBatch, problem: str) -> ImportBatch:
    """Say that a run broke and why; it can be started again."""
    return record.change(batch, state=State.FAILED, problem=problem)


@writes("registry.import.undone")
def undo(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Take out every record that this import created.

    Raises:
        Refused: `registry.import.built_upon` when something was recorded since about any of
            them (an enrolment, a merge…); `registry.import.too_late` when it never finished.
    """
    refuse_unless(batch, State.DONE, State.FAILED)
    created = batch.rows.filter(outcome__in=(Outcome.CREATED, Outcome.DOUBTFUL))
    records: list[Person | Enterprise] = [
        row.person or row.enterprise  # type: ignore[misc]
        for row in created.select_related("person", "enterprise")
        if row.person is not None or row.enterprise is not None
    ]
    _refuse_if_leaned_upon(records)
    importing.take_out(records)
    for row in created:
        row.outcome = Outcome.VALID
    ImportRow.objects.bulk_update(created, ["outcome"], batch_size=500)
    return record.change(batch, state=State.UNDONE, done_count=0)


def _refuse_if_leaned_upon(records: Sequence[Person | Enterprise]) -> None:
    _refuse_if_merged(records)
    for model in {type(row) for row in records}:
        keys = [row.pk for row in records if isinstance(row, model)]
        for owner, field in merges.pointers_to(model):
            if owner in importing.OWN_ROWS:
                continue
            for start in range(0, len(keys), 500):
                leaning = owner._base_manager.filter(
                    **{f"{field.name}__in": keys[start : start + 500]}
                )
                first = leaning.select_related(field.name).first()
                if first is not None:
                    raise _built_upon(getattr(first, field.name), owner._meta.verbose_name)


def _refuse_if_merged(records: Sequence[Person | Enterprise]) -> None:
    kept = set(Merge.objects.values_list("kept_person", flat=True))
    kept_firms = set(Merge.objects.values_list("kept_enterprise", flat=True))
    for row in records:
        keys = kept if isinstance(row, Person) else kept_firms
        if row.merged_into_id is not None or row.pk in keys:
            raise _built_upon(row, _("una fusión"))


def _built_upon(row: object, what: object) -> Refused:
    return Refused(
        "registry.import.built_upon",
        _("Ya hay registros sobre %(name)s (%(what)s). Quítelos antes de deshacer.")
        % {"name": row, "what": what},
    )


def sheets_of(batch: ImportBatch) -> list[sheets.Sheet]:
    """Return the sheets of the file kept."""
    with batch.file.open("rb") as file:
        return sheets.read(batch.file_name, file.read())


def sheet_of(batch: ImportBatch, name: str) -> sheets.Sheet:
    """Return the named sheet of the file kept.

    Raises:
        Refused: `registry.import.no_sheet`.
    """
    for sheet in sheets_of(batch):
        if sheet.name == name:
            return sheet
    raise Refused("registry.import.no_sheet", _("El archivo no tiene esa hoja."), field="sheet")


def refuse_unless(batch: ImportBatch, *states: str) -> None:
    """Refuse a step that the import's state does not allow."""
    if batch.state not in states:
        raise Refused(
            "registry.import.too_late",
            _("Esta importación está «%(state)s»: ese paso ya no se puede dar.")
            % {"state": batch.get_state_display()},
        )


def _refuse_bad_mapping(kind: str, fields: Sequence[str]) -> None:
    naming = {"full_name", "full_name_reversed", "given_names", "name", "legal_name"}
    if not naming & set(fields):
        raise Refused(
            "registry.import.no_name_column",
            _("Diga qué columna es el nombre: sin ella no se puede importar."),
        )
    twice = {field for field in fields if fields.count(field) > 1}
    unknown = set(fields) - set(columns.FIELDS[kind])
    if twice or unknown:
        raise Refused(
            "registry.import.field_twice",
            _("Dos columnas dicen ser lo mismo (%(fields)s). Deje una.")
            % {"fields": ", ".join(sorted(twice | unknown))},
        )


def _keyed(mapping: Mapping[int, str]) -> dict[str, Any]:
    return {str(column): field for column, field in mapping.items()}
