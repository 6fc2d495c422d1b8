"""An invented world of trade, brought in as a real release is, and two fact sheets made from it."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from digna.accounts.models import User
from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.markets import working
from digna.markets.models import Reading, Release, Sheet
from digna.markets.selectors import suggestions
from digna.markets.services import data, readings, sheets, versions
from digna.programmes.models import Programme
from digna.studies.models import Study
from digna_engines.trade import synthetic
from digna_engines.trade.reports import silent

SHEETS: tuple[dict[str, Any], ...] = (
    {
        "product": "100850",
        "title": "Quinua real: dónde queda lugar",
        "title_en": "Royal quinoa: where there is room",
        "texts": {
            "summary": (
                "El mundo compra [[mundo importa]] de quinua y crece [[mundo crece]]. Bolivia"
                " vende [[BOL exporta]] a [[BOL precio]]. Una planta pequeña con certificado "
                "orgánico encuentra lugar donde se paga por el origen y el tamaño del grano.",
                "The world buys [[mundo importa]] of quinoa and grows [[mundo crece]]. "
                "Bolivia sells [[BOL exporta]] at [[BOL precio]]. A small plant with an "
                "organic certificate finds a place where origin and grain size are paid for.",
            ),
            "demand": (
                "Se compra grano entero, lavado y sin saponina, en bolsas de 25 kg. La blanca"
                " grande es la que más sale; la roja y la negra van en mezclas y ensaladas "
                "listas.",
                "Whole grain is bought, washed and free of saponin, in bags of 25 kg. The "
                "large white one sells best; red and black go into mixes and ready salads.",
            ),
            "prices": (
                "El mundo paga [[mundo precio]] en promedio y Bolivia recibe [[BOL precio]]. "
                "Sube con el certificado orgánico, el calibre y un análisis de residuos a la "
                "vista.",
                "The world pays [[mundo precio]] on average and Bolivia gets [[BOL precio]]. "
                "It rises with the organic certificate, the size and a residue analysis at "
                "hand.",
            ),
            "channels": (
                "Importadores que vuelven a limpiar y reenvasan; marcas propias de cadenas; "
                "tiendas a granel que compran por medio contenedor.",
                "Importers who clean again and repack; supermarkets' own brands; bulk shops "
                "that buy half a container.",
            ),
            "competitors": (
                "Perú vende todo el año y más barato. La quinua real se defiende por grano "
                "grande y origen; conviene decirlo en la bolsa.",
                "Peru sells all year and cheaper. Royal quinoa stands by its large grain and "
                "origin; it pays to say so on the bag.",
            ),
            "advice": (
                "Pida un análisis de residuos y de metales de su último lote.\n"
                "Prepare muestras de 500 g con su ficha técnica en el idioma del comprador.\n"
                "Escriba a tres importadores antes de la feria.",
                "Ask for a residue and metal analysis of your last lot.\n"
                "Prepare samples of 500 g with a data sheet in the buyer's language.\n"
                "Write to three importers before the fair.",
            ),
        },
        "published": True,
    },
    {
        "product": "090111",
        "title": "Café de los Yungas para tostadores de especialidad",
        "title_en": "Yungas coffee for speciality roasters",
        "texts": {
            "summary": (
                "Bolivia vende [[BOL exporta]] de café verde a [[BOL precio]]; el mundo paga "
                "[[mundo precio]]. Su lugar son los lotes pequeños con puntaje de taza.",
                "Bolivia sells [[BOL exporta]] of green coffee at [[BOL precio]]; the world "
                "pays [[mundo precio]]. Its place is small lots with a cup score.",
            ),
            "advice": (
                "Mida el puntaje de taza de cada lote.\n"
                "Guarde los puntos de cada parcela.",
                "Measure the cup score of every lot.\n"
                "Keep the location of every plot.",
            ),
        },
        "published": False,
    },
)  # fmt: skip
FAIR = {
    "title": "Feria sintética de alimentos", "title_en": "Synthetic food fair",
    "place": "Núremberg",
    "on": date(2027, 2, 16), "until": date(2027, 2, 19), "source": "Demostración",
    "checked_on": date(2026, 11, 1), "certainty": "low",
}  # fmt: skip


def load(actor: Actor, draw: Draw, programme: Programme) -> None:
    """Bring the invented world, read two products, write, approve and publish."""
    release = _bring(actor)
    for told in SHEETS:
        reading = _read(actor, release, told["product"])
        _sheet(actor, programme, reading, told)


def _bring(actor: Actor) -> Release:
    with tempfile.TemporaryDirectory() as folder:
        path = synthetic.write_world(Path(folder) / "BACI_HS17_V202601.zip")
        found = working.take_in(path, "", "", silent)
    if found is None:
        raise RuntimeError("the invented world is a release")
    manifest, report = found
    return data.register_release(actor=actor, manifest=manifest, report=report)


def _read(actor: Actor, release: Release, product: str) -> Reading:
    row = readings.ask_for_reading(actor=actor, release=release, exporter="BOL", product=product)
    working.read(row)
    return row


def _sheet(actor: Actor, programme: Programme, reading: Reading, told: dict[str, Any]) -> Sheet:
    study = Study.objects.filter(programme=programme).first()
    sheet = sheets.open_sheet(
        actor=actor, programme=programme, reading=reading, title=told["title"],
        title_en=told["title_en"], study=study,
    )  # fmt: skip
    for part, (es, en) in told["texts"].items():
        sheets.write_text(actor=actor, sheet=sheet, part=part, es=es, en=en)
    for one in suggestions.suggestions(sheet):
        sheets.add_entry(actor=actor, sheet=sheet, kind=one.kind, **one.values)
    sheets.add_entry(actor=actor, sheet=sheet, kind="fair", market=sheet.markets[0], **FAIR)
    lead = User.objects.filter(email="responsable@demo.example").first()
    version = versions.send(actor=actor, sheet=sheet, note="Primera versión")
    if told["published"]:
        approver = Actor(user=lead, at=actor.at, device=actor.device, reason=actor.reason)
        versions.approve(actor=approver, version=version, judgement="Revisada con el equipo.")
        versions.publish(actor=approver, version=version)
    return sheet
