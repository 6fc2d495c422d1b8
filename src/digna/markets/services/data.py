"""Trade data brought, read, and what others published about them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.markets.models import Bringing, PublishedFigure, Release


@writes("markets.bringing.begun")
def begin_bringing(
    *, actor: Actor, file: UploadedFile[Any], source: str = "", hs: str = ""
) -> Bringing:
    """Take a file of trade data in, to be read by the worker.

    Raises:
        Refused: `markets.bringing.empty`, `markets.bringing.under_way` (one at a time: reading a
            year of the world fills two processors).
    """
    if not file.size:
        raise Refused(
            "markets.bringing.empty", _("El archivo está vacío. Elija otro."), field="file"
        )
    standing = Bringing.objects.filter(
        state__in=[Bringing.State.WAITING, Bringing.State.READING]
    ).first()
    if standing is not None:
        raise Refused(
            "markets.bringing.under_way",
            _("Ya se está leyendo «%(name)s». Espere a que termine y traiga este después.")
            % {"name": standing.file_name},
        )
    row = Bringing(file_name=str(file.name)[:200], source=source, hs=hs, by=actor.user, at=actor.at)
    row.file.save(str(file.name), file, save=False)
    return record.add(row)


@writes("markets.bringing.advanced")
def advance(
    *, actor: Actor, bringing: Bringing, step: str, done: int, total: int | None
) -> Bringing:
    """Note how far the reading of a file is: called once a step, not once a row."""
    return record.change(
        bringing, state=Bringing.State.READING, step=step[:120], done=done, total=total
    )


@writes("markets.bringing.refused")
def refuse_bringing(*, actor: Actor, bringing: Bringing, es: str, en: str) -> Bringing:
    """Keep why a file could not be read; the file itself is thrown away."""
    file = bringing.file
    changed = record.change(
        bringing, state=Bringing.State.REFUSED, problem_es=es, problem_en=en, file="",
        ended_at=actor.at,
    )  # fmt: skip
    file.storage.delete(file.name) if file.name else None
    return changed


@writes("markets.release.brought")
def register_release(
    *,
    actor: Actor,
    manifest: Mapping[str, Any],
    report: Mapping[str, Any] | None = None,
    bringing: Bringing | None = None,
) -> Release:
    """Make a release of the store known to the room; the same one twice is the same row.

    `manifest` holds `key, source, name, hs, years, provisional_years, rows, total_usd, licence,
    attribution, synthetic`.
    """
    standing = Release.objects.filter(key=manifest["key"]).first()
    if standing is None:
        standing = record.add(
            Release(
                key=manifest["key"], source=manifest["source"], name=manifest["name"],
                hs=manifest["hs"], years=list(manifest["years"]),
                provisional_years=list(manifest["provisional_years"]), row_count=manifest["rows"],
                totals={str(y): v for y, v in manifest["total_usd"].items()},
                licence=manifest["licence"], attribution=manifest["attribution"],
                is_synthetic=manifest["synthetic"], report=dict(report or {}), brought_at=actor.at,
                brought_by=actor.user,
            )
        )  # fmt: skip
    elif standing.retired_at is not None:
        record.change(standing, retired_at=None)
    if bringing is not None:
        file = bringing.file
        record.change(
            bringing, state=Bringing.State.DONE, release=standing, file="", ended_at=actor.at
        )
        file.storage.delete(file.name) if file.name else None
    return standing


@writes("markets.bringing.finished")
def finish_bringing(*, actor: Actor, bringing: Bringing) -> Bringing:
    """Say that a file was taken in that is no release: tariffs, distances, names."""
    file = bringing.file
    changed = record.change(bringing, state=Bringing.State.DONE, file="", ended_at=actor.at)
    file.storage.delete(file.name) if file.name else None
    return changed


@writes("markets.release.retired")
def retire_release(*, actor: Actor, release: Release) -> Release:
    """Take a set of data out of use; readings made from it stay, and say where they come from."""
    return record.change(release, retired_at=actor.at)


@writes("markets.figures.loaded")
def load_figures(*, actor: Actor, kit: str, figures: Iterable[Mapping[str, Any]]) -> int:
    """Take published figures from a kit; those of an older edition of that kit go."""
    standing = {_key_of(row): row for row in PublishedFigure.objects.filter(kit=kit)}
    told = 0
    for figure in figures:
        row = PublishedFigure(
            product=figure["product"], exporter=figure["exporter"], year=figure["year"],
            measure=figure["measure"], amount=Decimal(str(figure["amount"])),
            source=figure["source"], url=figure.get("url") or "", read_on=figure.get("read_on"),
            kit=kit,
        )  # fmt: skip
        old = standing.pop(_key_of(row), None)
        if old is None:
            record.add(row)
        else:
            record.change(old, amount=row.amount, url=row.url, read_on=row.read_on)
        told += 1
    for row in standing.values():
        record.remove(row)
    return told


def _key_of(row: PublishedFigure) -> tuple[Any, ...]:
    return (row.product, row.exporter, int(row.year), row.measure, row.source)


@writes("markets.figure.added")
def add_figure(
    *,
    actor: Actor,
    product: str,
    exporter: str,
    year: int,
    measure: str,
    amount: Decimal,
    source: str,
    url: str = "",
    read_on: date | None = None,
) -> PublishedFigure:
    """Note a figure that somebody published, whether or not it agrees with ours.

    Raises:
        Refused: `markets.figure.twice`.
    """
    twin = PublishedFigure.objects.filter(
        product=product, exporter=exporter, year=year, measure=measure, source=source
    )
    if twin.exists():
        raise Refused(
            "markets.figure.twice",
            _("Esa fuente ya tiene una cifra de ese año. Corrija la fuente o quite la otra."),
            field="source",
        )
    return record.add(
        PublishedFigure(
            product=product, exporter=exporter, year=year, measure=measure, amount=amount,
            source=source, url=url, read_on=read_on,
        )
    )  # fmt: skip


@writes("markets.figure.removed")
def remove_figure(*, actor: Actor, figure: PublishedFigure) -> None:
    """Take back a figure noted on screen.

    Raises:
        Refused: `markets.figure.of_kit` (the next load of the kit would bring it back).
    """
    if figure.kit:
        raise Refused(
            "markets.figure.of_kit",
            _("Esa cifra viene del kit «%(kit)s»: se corrige en el kit.") % {"kit": figure.kit},
        )
    record.remove(figure)
