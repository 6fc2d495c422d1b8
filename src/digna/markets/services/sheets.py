"""The working copy of a fact sheet: its numbers, its texts, what people know."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.markets import citations
from digna.markets.models import Entry, Reading, Sheet
from digna.markets.parts import PARTS
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.studies.models import Study

MARKETS_MOST = 6
"""More columns than that do not fit on two pages, nor in a head."""


@writes("markets.sheet.opened")
def open_sheet(
    *,
    actor: Actor,
    programme: Programme,
    reading: Reading,
    title: str,
    title_en: str = "",
    study: Study | None = None,
    partner: Organisation | None = None,
) -> Sheet:
    """Begin a fact sheet on a reading; its first markets are the ones recommended.

    Raises:
        Refused: `markets.reading.not_done`.
    """
    told = _told(reading)
    first = [row["market"] for row in told["recommended"]][:MARKETS_MOST]
    return record.add(
        Sheet(
            programme=programme, partner=partner, study=study, title=title, title_en=title_en,
            exporter=reading.exporter, product=reading.product, reading=reading, markets=first,
            created_by=actor.user, created_at=actor.at,
        )
    )  # fmt: skip


@writes("markets.sheet.changed")
def change_sheet(*, actor: Actor, sheet: Sheet, **new: Any) -> Sheet:
    """Correct what a sheet is called, to whom it belongs, which markets it shows.

    Raises:
        Refused: `markets.sheet.markets_many`, `markets.sheet.market_unknown`.
    """
    if "markets" in new:
        new["markets"] = _chosen(sheet, new["markets"])
    return record.change(sheet, **new)


def _chosen(sheet: Sheet, markets: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(markets))
    if len(wanted) > MARKETS_MOST:
        raise Refused(
            "markets.sheet.markets_many",
            _("Elija hasta %(most)s mercados: más no caben en dos páginas.")
            % {"most": MARKETS_MOST},
            field="markets",
        )
    known = {row["market"] for row in _told(sheet.reading)["markets"]}
    strange = [code for code in wanted if code not in known]
    if strange:
        raise Refused(
            "markets.sheet.market_unknown",
            _("%(codes)s no compra este producto según los datos. Quítelo de la lista.")
            % {"codes": ", ".join(strange)},
            field="markets",
        )
    return wanted


def _told(reading: Reading | None) -> Mapping[str, Any]:
    if reading is None or reading.record is None:
        raise Refused(
            "markets.reading.not_done",
            _("Los números todavía se están calculando. Vuelva en un momento."),
        )
    return dict(reading.record)


@writes("markets.sheet.read_again")
def take_reading(*, actor: Actor, sheet: Sheet, reading: Reading) -> Sheet:
    """Rest a sheet on newer numbers; markets that are no longer there leave its list.

    Raises:
        Refused: `markets.reading.other` (another product or exporter), `markets.reading.not_done`.
    """
    if (reading.product, reading.exporter) != (sheet.product, sheet.exporter):
        raise Refused("markets.reading.other", _("Esa lectura es de otro producto o de otro país."))
    known = {row["market"] for row in _told(reading)["markets"]}
    return record.change(
        sheet, reading=reading, markets=[code for code in sheet.markets if code in known]
    )


@writes("markets.sheet.written")
def write_text(*, actor: Actor, sheet: Sheet, part: str, es: str, en: str = "") -> Sheet:
    """Write one part of a sheet. Numbers are cited, so that they change with their source.

    Raises:
        Refused: `markets.text.part`, `markets.text.citation` (it names no number of the sheet),
            `markets.text.long`.
    """
    if part not in PARTS:
        raise Refused("markets.text.part", _("Esa parte no está en la ficha."))
    told = _told(sheet.reading)
    for field, text in (("es", es), ("en", en)):
        if len(text) > PARTS[part].most:
            raise Refused(
                "markets.text.long",
                _("Son %(have)s letras y caben %(most)s: la ficha tiene dos páginas.")
                % {"have": len(text), "most": PARTS[part].most},
                field=field,
            )
        wrong = citations.unknown(text, told)
        if wrong:
            raise Refused(
                "markets.text.citation",
                _("«%(wrong)s» no nombra ningún número de esta ficha. Cópielo de la lista.")
                % {"wrong": wrong[0]},
                field=field,
            )
    texts = dict(sheet.texts) | {part: {"es": es.strip(), "en": en.strip()}}
    return record.change(sheet, texts=texts)


@writes("markets.entry.added")
def add_entry(*, actor: Actor, sheet: Sheet, kind: str, **values: Any) -> Entry:
    """Add a requirement, a price, a fair… with its source and the day it was checked.

    Raises:
        Refused: `markets.entry.days`, `markets.entry.amount`.
    """
    _refuse_entry(kind, values)
    return record.add(Entry(sheet=sheet, kind=kind, **values))


@writes("markets.entry.changed")
def change_entry(*, actor: Actor, entry: Entry, **values: Any) -> Entry:
    """Correct it.

    Raises:
        Refused: `markets.entry.days`, `markets.entry.amount`.
    """
    _refuse_entry(entry.kind, values)
    return record.change(entry, **values)


def _refuse_entry(kind: str, values: Mapping[str, Any]) -> None:
    on, until = values.get("on"), values.get("until")
    if on and until and until < on:
        raise Refused(
            "markets.entry.days", _("Termina antes de empezar. Revise las fechas."), field="until"
        )
    amount = values.get("amount")
    if kind == Entry.Kind.PRICE and amount is not None and amount <= 0:
        raise Refused(
            "markets.entry.amount", _("Un precio es mayor que cero. Déjelo vacío si no lo sabe."),
            field="amount",
        )  # fmt: skip


@writes("markets.entry.removed")
def remove_entry(*, actor: Actor, entry: Entry) -> None:
    """Take it off the working copy; versions that had it keep it."""
    record.remove(entry)
