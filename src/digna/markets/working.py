"""What the worker does with trade data: bring a file into the store, read a product out of it.

The only door of this room to the engine's tables: it loads DuckDB and Ibis, so pages never import
it. The store lies under `DIGNA_HOME/trade`.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from digna.journal import actor
from digna.markets import documents, places
from digna.markets.models import Bringing, Reading, Release
from digna.markets.services import data, readings
from digna_engines.errors import EngineError
from digna_engines.trade import (
    concordance,
    distances,
    importing,
    macro,
    names,
    sheet,
    tariffs,
)
from digna_engines.trade.manifest import Manifest
from digna_engines.trade.reports import Report
from digna_engines.trade.store import Store, stores

BESIDE = {
    "tariffs": tariffs.bring, "distances": distances.bring, "concordance": concordance.bring,
    "names": names.bring, "macro": macro.bring,
}  # fmt: skip
"""What is kept beside releases: one of each, the newest takes the place of the one before."""
Progress = Callable[[str, int, int | None], None]


def root() -> Path:
    """Where this installation keeps its trade data."""
    return Path(settings.HOME) / "trade"


def bring(row: Bringing) -> None:
    """Read a file that somebody handed over; refused, it leaves nothing but the reason."""
    who = actor.system(reason="lectura de datos de comercio")
    try:
        with _at_hand(row) as path:
            found = take_in(path, row.source, row.hs, _watched(row))
    except EngineError as wrong:
        data.refuse_bringing(actor=who, bringing=row, es=wrong.message_es, en=wrong.message_en)
        return
    except Exception:
        data.refuse_bringing(
            actor=who, bringing=row,
            es="La lectura se cortó por una falla de Digna, no del archivo. Pruebe otra vez; si "
            "se repite, avise a quien administra el servidor.",
            en="Reading stopped by a fault of Digna, not of the file. Try again; if it happens "
            "again, tell whoever runs the server.",
        )  # fmt: skip
        raise
    if found is None:
        data.finish_bringing(actor=who, bringing=row)
        return
    manifest, report = found
    data.register_release(actor=who, manifest=manifest, report=report, bringing=row)


@contextmanager
def _at_hand(row: Bringing) -> Iterator[Path]:
    """Lay the file down under the name it came with: the reader learns from it."""
    root().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=root(), prefix=".bringing-") as folder:
        path = Path(folder) / Path(row.file_name).name
        with row.file.open("rb") as given, path.open("wb") as laid:
            shutil.copyfileobj(given, laid, 1 << 20)
        yield path


def _watched(row: Bringing) -> Progress:
    """Note each step of a reading once: the page that waits asks for it."""
    last = {"step": ""}

    def told(step: str, done: int, total: int | None) -> None:
        if step != last["step"]:
            last["step"] = step
            who = actor.system(reason="lectura de datos de comercio")
            data.advance(actor=who, bringing=row, step=step, done=done, total=total)

    return told


def take_in(
    path: Path, source: str, hs: str, progress: Progress, **more: Any
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Take a file in: a release with its report, or None for what is kept beside releases.

    Raises:
        EngineError: what is wrong with the file, where and what to do.
    """
    folder = root()
    folder.mkdir(parents=True, exist_ok=True)
    if source in BESIDE:
        BESIDE[source](folder, path)
        _opened.cache_clear()
        return None
    report = importing.import_release(
        folder, path, source=source or None, hs=hs or None, progress=progress, **more
    )
    return plain_manifest(report.release_id, report.manifest), plain_report(report)


def plain_report(report: Report) -> dict[str, Any]:
    """Return what an import did, as a release keeps it."""
    told = report.manifest
    return {
        "rows": told.rows, "missing_quantities": report.missing_quantities,
        "left_out": dict(told.left_out), "warnings": list(told.warnings),
        "files": [asdict(one) for one in told.files],
    }  # fmt: skip


def register_stores() -> int:
    """Make known to the screens what lies in the store: brought before there was a database."""
    found = stores(root())
    who = actor.system(reason="digna prepare")
    for key, told in found:
        data.register_release(actor=who, manifest=plain_manifest(key, told))
    return len(found)


def plain_manifest(key: str, told: Manifest) -> dict[str, Any]:
    """Return a manifest as `register_release` takes it."""
    plain = told.to_plain()
    return plain | {"key": key, "name": f"{places.SOURCES[told.source]} {told.release}"}


@lru_cache(maxsize=2)
def _opened(key: str) -> Store:
    """A release never changes, so its store may stay open; what lies beside it is read again."""
    return Store.open(root() / key, capitals=places.capitals())


def store(release: Release) -> Store:
    """Open the store of a release."""
    return _opened(release.key)


def read(row: Reading) -> None:
    """Have the engine make a sheet and keep it; what is wrong is kept in its place."""
    who = actor.system(reason="lectura de mercado")
    readings.begin_reading(actor=who, reading=row)
    try:
        told = read_product(row.release, row.exporter, row.product, row.national)
    except EngineError as wrong:
        readings.fail_reading(actor=who, reading=row, es=wrong.message_es, en=wrong.message_en)
        return
    except Exception:
        readings.fail_reading(
            actor=who, reading=row,
            es="El cálculo se cortó por una falla de Digna. Avise a quien administra el servidor.",
            en="The calculation stopped by a fault of Digna. Tell whoever runs the server.",
        )  # fmt: skip
        raise
    readings.keep_reading(actor=who, reading=row, told=told)


def read_product(
    release: Release, exporter: str, product: str, national: Release | None = None
) -> dict[str, Any]:
    """Return the record of one product of one country.

    Raises:
        EngineError: `trade.unknown`, `trade.no_rows` and their like, in both languages.
    """
    declared = None if national is None else _declared(national, exporter, product)
    return _record(store(release), exporter, product, declared)


def read_store(folder: Path, exporter: str, product: str) -> dict[str, Any]:
    """Return the same of a store in a folder, whether or not the screens know of it.

    Raises:
        EngineError: as `read_product`.
    """
    return _record(Store.open(folder, capitals=places.capitals()), exporter, product, None)


def _record(
    opened: Store, exporter: str, product: str, declared: Mapping[int, float] | None
) -> dict[str, Any]:
    found = sheet.market_sheet(
        opened, exporter=exporter, product=product, published=_published(exporter, product),
        exists_since_hs=places.exists_since(product), national=declared,
    )  # fmt: skip
    return sheet.record(found)


def _published(exporter: str, product: str) -> list[Mapping[str, Any]]:
    return [
        {
            "product": product, "country": exporter, "year": row["year"],
            "figure": float(row["amount"]), "measure": row["measure"], "source": row["source"],
        }
        for row in documents.figures_of(exporter, product)
    ]  # fmt: skip


def _declared(release: Release, exporter: str, product: str) -> dict[int, float]:
    """What the country itself declares of a product, by year, from its national data."""
    opened = store(release)
    try:
        who, what = opened.country(exporter), opened.product(product)
    except EngineError:
        return {}
    flows = opened.flows
    rows = flows.filter(flows.exporter == who.code, flows.product == int(what.code))
    table = rows.group_by("year").agg(value=rows.value.sum()).to_pyarrow().to_pylist()
    return {int(row["year"]): float(row["value"]) for row in table}
