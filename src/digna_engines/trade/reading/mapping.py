"""How a national customs file is written, as a person declares it once in a small YAML file.

::

    title: INE Bolivia, exportaciones         # what the source is called
    attribution: Instituto Nacional de Estadística
    licence: datos públicos
    reporter: BOL                             # whose customs
    flow: export                              # or import
    hs: "17"
    separator: ";"                            # , by default
    decimal: ","                              # . by default
    thousands: "."                            # none by default
    columns: {year: GESTION, product: NANDINA, partner: PAIS, value: VALOR, weight: KILOS}
    product_digits: 10                        # their number; the first six are the HS
    value_scale: 1                            # 1000 when values are in thousands
    weight_unit: kg                           # or t
    currency: {code: BOB, per_usd: 6.96, source: "BCB, tipo de cambio de venta"}
    keep: {REGIMEN: [DEFINITIVA]}             # rows to keep, by column
    countries: {"EE.UU.": USA}                # names that nobody else would know
    totals: {2023: 46500000}                  # sums printed by the source, in its currency
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.reading.comtrade import EDITIONS

COLUMNS = ("year", "product", "partner", "value")
OPTIONAL_COLUMNS = ("weight", "product_name")
KEYS = frozenset(
    ["title", "attribution", "licence", "reporter", "flow", "hs", "separator", "decimal",
     "thousands", "columns", "product_digits", "value_scale", "weight_unit", "currency", "keep",
     "countries", "totals", "valuation"]
)  # fmt: skip


@dataclass(frozen=True)
class Mapped:
    """A declaration that has been checked; the keys are those of the module's example.

    Symbols: ``per_usd`` units of the file's currency for one US dollar, by year or for every year
    under 0; ``key`` a short hash of the whole declaration.
    """

    title: str
    attribution: str
    licence: str
    reporter: str
    flow: str
    hs: str
    columns: Mapping[str, str]
    separator: str
    decimal: str
    thousands: str
    product_digits: int | None
    value_scale: float
    weight_unit: str
    per_usd: Mapping[int, float]
    currency: str
    keep: Mapping[str, Sequence[str]]
    countries: Mapping[str, str]
    totals: Mapping[int, float]
    valuation: str
    key: str


def mapped(plain: Mapping[str, Any]) -> Mapped:
    """Check a declaration.

    Errors: ``trade.mapping`` with the key that is wrong and what it may be.

    >>> mapped({"reporter": "BOL", "flow": "export", "hs": "17", "title": "INE", "columns": {
    ...     "year": "A", "product": "B", "partner": "C", "value": "D"}}).valuation
    'FOB'
    """
    for name in sorted(set(plain) - KEYS):
        raise _wrong(name, f"no se conoce; son {', '.join(sorted(KEYS))}",
                     f"is not known; there are {', '.join(sorted(KEYS))}")  # fmt: skip
    flow = _one_of(plain, "flow", ("export", "import"))
    text = json.dumps(plain, sort_keys=True, default=str)
    return Mapped(
        title=_text(plain, "title"),
        attribution=str(plain.get("attribution", plain.get("title", ""))),
        licence=str(plain.get("licence", "")),
        reporter=_letters("reporter", _text(plain, "reporter")),
        flow=flow,
        hs=_one_of(plain, "hs", tuple(EDITIONS.values())),
        columns=_columns(plain.get("columns")),
        separator=str(plain.get("separator", ",")),
        decimal=_one_of({"decimal": "."} | dict(plain), "decimal", (".", ",")),
        thousands=str(plain.get("thousands", "")),
        product_digits=_digits(plain.get("product_digits")),
        value_scale=_positive("value_scale", plain.get("value_scale", 1)),
        weight_unit=_one_of({"weight_unit": "kg"} | dict(plain), "weight_unit", ("kg", "t")),
        per_usd=_rates(plain.get("currency")),
        currency=_named(plain.get("currency")),
        keep={str(k): [str(v) for v in vs] for k, vs in dict(plain.get("keep") or {}).items()},
        countries={
            str(name): _letters(f"countries.{name}", str(letters))
            for name, letters in dict(plain.get("countries") or {}).items()
        },
        totals={
            int(year): _positive(f"totals.{year}", total)
            for year, total in dict(plain.get("totals") or {}).items()
        },
        valuation=str(plain.get("valuation", "FOB" if flow == "export" else "CIF")),
        key=hashlib.sha256(text.encode()).hexdigest()[:8],
    )


def _wrong(key: str, es: str, en: str) -> EngineError:
    return EngineError(
        "trade.mapping",
        f"En el archivo de correspondencias, «{key}» {es}.",
        f"In the mapping file, “{key}” {en}.",
        key=key,
    )


def _text(plain: Mapping[str, Any], key: str) -> str:
    found = plain.get(key)
    if not isinstance(found, str) or not found.strip():
        raise _wrong(key, "falta o está vacío", "is missing or empty")
    return found.strip()


def _one_of(plain: Mapping[str, Any], key: str, known: Sequence[str]) -> str:
    found = str(plain.get(key, ""))
    if found not in known:
        told = ", ".join(known)
        raise _wrong(key, f"debe ser uno de {told}", f"must be one of {told}")
    return found


def _letters(key: str, text: str) -> str:
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise _wrong(key, "deben ser tres letras ISO, como BOL", "must be three ISO letters: BOL")
    return text.upper()


def _columns(plain: Any) -> Mapping[str, str]:
    found = {str(k): str(v) for k, v in dict(plain or {}).items()}
    for name in COLUMNS:
        if name not in found:
            raise _wrong(f"columns.{name}", "falta: diga cómo se llama esa columna en el archivo",
                         "is missing: say what that column is called in the file")  # fmt: skip
    for name in sorted(set(found) - {*COLUMNS, *OPTIONAL_COLUMNS}):
        raise _wrong(f"columns.{name}", "no se conoce", "is not known")
    return found


def _digits(plain: Any) -> int | None:
    if plain is not None and plain not in {6, 8, 10, 11, 12}:
        raise _wrong("product_digits", "debe ser 6, 8, 10, 11 o 12", "must be 6, 8, 10, 11 or 12")
    return plain if plain is None else int(plain)


def _positive(key: str, plain: Any) -> float:
    if not isinstance(plain, int | float) or isinstance(plain, bool) or plain <= 0:
        raise _wrong(key, "debe ser un número mayor que 0", "must be a number above 0")
    return float(plain)


def _rates(plain: Any) -> Mapping[int, float]:
    """Units of the currency for a dollar by year; a rate without a source is no rate."""
    if plain is None or plain.get("code") == "USD":
        return {0: 1.0}
    if not str(plain.get("source", "")).strip():
        raise _wrong("currency.source", "falta: diga de dónde es el tipo de cambio",
                     "is missing: say where the exchange rate comes from")  # fmt: skip
    rate = plain.get("per_usd")
    if isinstance(rate, Mapping):
        return {int(y): _positive(f"currency.per_usd.{y}", one) for y, one in rate.items()}
    return {0: _positive("currency.per_usd", rate)}


def _named(plain: Any) -> str:
    if plain is None or plain.get("code") == "USD":
        return "USD"
    return f"{_text(plain, 'code')} ({plain['source']})"
