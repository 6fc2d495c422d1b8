"""A Frictionless data package: tables as CSV and JSON with dictionary, licence and sources.

Rows are written as they are read, to files beside, so that a million of them are never held.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from digna.registry import sheets
from digna.results.dictionary import Field

OPEN = {"name": "CC-BY-4.0", "title": "Creative Commons Atribución 4.0"}
INSIDE = {"name": "other-closed", "title": "Uso interno: seudónimos, no datos abiertos"}
MEGABYTE = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """A table to pack: its rows come in the order of its fields."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: Iterable[Sequence[Any]]
    licence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself."""

    name: str
    title: str
    description: str
    at: datetime
    sources: tuple[str, ...]


def packed(about: About, tables: Iterable[Table], *, hxl: bool = False) -> bytes:
    """Return the ZIP; only what is packed already is held."""
    file = io.BytesIO()
    resources: list[dict[str, Any]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            resources += _write_table(archive, table, hxl=hxl)
        descriptor = json.dumps(_descriptor(about, resources), ensure_ascii=False, indent=1)
        archive.writestr(_entry("datapackage.json"), descriptor)
    return file.getvalue()


def _descriptor(about: About, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "created": about.at.astimezone(UTC).isoformat(timespec="seconds"),
        "licenses": [OPEN],
        "sources": [{"title": title} for title in about.sources],
        "resources": resources,
    }


def _write_table(archive: zipfile.ZipFile, table: Table, *, hxl: bool) -> list[dict[str, Any]]:
    names = [field.name for field in table.fields]
    with _spool() as as_csv, _spool() as as_json:
        writer = csv.writer(as_csv, lineterminator="\n")
        writer.writerow(names)
        if hxl:
            writer.writerow([field.hxl for field in table.fields])
        as_json.write("[")
        count = 0
        for row in table.rows:
            plain = [_plain(value) for value in row]
            writer.writerow([_cell(value) for value in plain])
            line = json.dumps(dict(zip(names, plain, strict=True)), ensure_ascii=False)
            as_json.write(f"{',' if count else ''}\n{line}")
            count += 1
        as_json.write("\n]\n")
        return [
            _resource(archive, table, as_csv, "csv", count, hxl=hxl),
            _resource(archive, table, as_json, "json", count, hxl=False),
        ]


def _spool() -> Any:
    return tempfile.SpooledTemporaryFile(max_size=MEGABYTE, mode="w+", encoding="utf-8", newline="")


def _resource(
    archive: zipfile.ZipFile, table: Table, spool: Any, form: str, count: int, *, hxl: bool
) -> dict[str, Any]:
    path = f"data/{table.name}.{form}"
    size, seal = _copy(spool, archive, path)
    found: dict[str, Any] = {
        "name": table.name if form == "csv" else f"{table.name}-{form}",
        "title": table.title,
        "path": path,
        "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/json",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{seal}",
        "rows": count,
        "licenses": [dict(table.licence)],
        "schema": {
            "fields": [field.to_plain() for field in table.fields],
            "missingValues": [""],
        },
    }
    if form == "csv":
        found["profile"] = "tabular-data-resource"
    if hxl:
        found["dialect"] = {"header": True, "commentRows": [2]}
    return found


def _copy(spool: Any, archive: zipfile.ZipFile, path: str) -> tuple[int, str]:
    """Copy a spooled file into the archive; its size and seal."""
    spool.seek(0)
    seal, size = sha256(), 0
    with archive.open(_entry(path), "w") as inside:
        while chunk := spool.read(MEGABYTE):
            content = chunk.encode()
            inside.write(content)
            seal.update(content)
            size += len(content)
    return size, seal.hexdigest()


def _entry(path: str) -> zipfile.ZipInfo:
    """Return an entry without the hour, so that the same data give the same file."""
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return int(whole) if whole == value else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: Any) -> str:
    """Return a cell: missing is empty, texts cannot become formulas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return sheets.defused(value) if isinstance(value, str) else str(value)
