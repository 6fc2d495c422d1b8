"""Fact tables on disk: Parquet, one file a source and programme, made again when facts moved.

Rows stream from the database into the file in batches, so that a million of them are never held
at once. Imported only where figures are computed: pyarrow is heavy.
"""

import itertools
import os
import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from digna.journal.models import Change, Line
from digna.results import sources
from digna_engines.indicators import FactSchema, FactTable

BATCH = 50_000
ARROW = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.decimal128(38, 6),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
_PLACES = Decimal("0.000001")


def table(name: str, programme_id: int, connection: Any) -> FactTable:
    """Return a source as the engine reads it, as fresh as the journal's last line."""
    last = Line.objects.order_by("-pk").first()
    schema, rows = sources.read(name, programme_id)
    path = _standing(name, programme_id)
    if path is None:
        path = _folder() / f"{_stem(name, programme_id)}{_mark(last)}.parquet"
        _write(schema, rows, path)
    return FactTable(schema, connection.read_parquet(str(path)))


def _mark(line: Line | None) -> str:
    """Return the line a file has seen and its seal: a restored database has other seals."""
    return "0-0" if line is None else f"{line.pk}-{line.seal[:16]}"


def _standing(name: str, programme_id: int) -> Path | None:
    """Return the file made last, if nothing it was made of has changed since."""
    files = sorted(_folder().glob(f"{_stem(name, programme_id)}*.parquet"), key=_line)
    if not files:
        return None
    seen = Line.objects.filter(pk=_line(files[-1])).first()
    if _mark(seen) != files[-1].stem.rpartition(".L")[2]:
        return None
    moved = Change.objects.filter(
        line_id__gt=_line(files[-1]), model__in=sources.SOURCES[name].reads
    )
    return None if moved.exists() else files[-1]


def _write(schema: FactSchema, rows: Iterable[tuple[Any, ...]], path: Path) -> None:
    """Write beside and rename, so that nobody reads half a file; older files go."""
    shape = pa.schema([(name, ARROW[column.type]) for name, column in schema.columns.items()])
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with pq.ParquetWriter(unfinished, shape, compression="zstd") as writer:
        for batch in _batches(rows, shape):
            writer.write_batch(batch)
    os.replace(unfinished, path)
    for other in path.parent.glob(f"{path.name.rpartition('.L')[0]}.L*.parquet"):
        if other != path:
            other.unlink(missing_ok=True)


def _batches(rows: Iterable[tuple[Any, ...]], shape: pa.Schema) -> Iterator[pa.RecordBatch]:
    stream = iter(rows)
    while chunk := list(itertools.islice(stream, BATCH)):
        columns = [
            _column(values, field.type)
            for values, field in zip(zip(*chunk, strict=True), shape, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=shape)


def _column(values: tuple[Any, ...], kind: pa.DataType) -> pa.Array:
    """Return a column; decimals of more than six places are rounded, one by one, only if any is."""
    try:
        return pa.array(values, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        if not pa.types.is_decimal(kind):
            raise
    exact = (None if value is None else Decimal(str(value)).quantize(_PLACES) for value in values)
    return pa.array(list(exact), kind)


def _folder() -> Path:
    folder = Path(settings.FACT_STORE)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _stem(name: str, programme_id: int) -> str:
    return f"{name}.p{programme_id}.L"


def _line(path: Path) -> int:
    return int(path.name.rpartition(".L")[2].partition("-")[0])
