"""Where each thing stands in UN Comtrade's layouts: their names differ, what they mean does not."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from digna_engines.trade.reading.encodings import encoding_of
from digna_engines.trade.reading.refusing import column_absent
from digna_engines.trade.reading.scanning import Text

NAMES: Mapping[str, tuple[str, ...]] = {
    "year": ("refyear", "year"),
    "frequency": ("freqcode",),
    "flow": ("flowcode", "tradeflowcode"),
    "edition": ("classificationcode", "classification"),
    "reporter": ("reportercode",),
    "reporter_iso": ("reporteriso",),
    "reporter_name": ("reporterdesc", "reporter"),
    "partner": ("partnercode",),
    "partner_iso": ("partneriso",),
    "partner_name": ("partnerdesc", "partner"),
    "product": ("cmdcode", "commoditycode"),
    "product_name": ("cmddesc", "commodity"),
    "weight": ("netwgt", "netweightkg"),
    "value": ("primaryvalue", "tradevalueus"),
    "second_partner": ("partner2code", "2ndpartnercode", "x2ndpartnercode"),
    "transport": ("motcode", "modeoftransportcode"),
    "customs": ("customscode", "customsproccode"),
    "supply": ("moscode",),
}
NEEDED = ("year", "flow", "edition", "reporter", "partner", "product", "weight", "value")


def layout(path: Path) -> tuple[Text, Mapping[str, str]]:
    """The columns of a file, and what each thing is called in it.

    Errors: ``trade.column`` where the file is not one of UN Comtrade.
    """
    encoding = encoding_of(path)
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
        rows = csv.reader(file)
        header, first = next(rows, []), next(rows, [])
    columns = [name.strip() or "unnamed" for name in header]
    if len(first) == len(columns) + 1 and not first[-1]:
        columns.append("unnamed")
    plain = {re.sub("[^a-z0-9]", "", name.lower()): name for name in columns}
    places = {
        what: plain[name]
        for what, names in NAMES.items()
        for name in reversed(names)
        if name in plain
    }
    for what in NEEDED:
        if what not in places:
            raise column_absent(
                path.name,
                NAMES[what][0],
                columns,
                "No parece de UN Comtrade: si es otra cosa, dígalo con --source.",
                "It does not look like UN Comtrade's: if it is something else, say so with "
                "--source.",
            )
    return Text(path, path.name, tuple(columns), encoding=encoding), places


def at(places: Mapping[str, str], what: str) -> str:
    """A column by what it means, as SQL names it."""
    return '"' + places[what].replace('"', '""') + '"'
