"""The one form every reader brings flows into, whatever file they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from digna_engines.trade.dimensions import Country, Product
from digna_engines.trade.manifest import SourceFile

COLUMNS = {
    "exporter": "SMALLINT",
    "importer": "SMALLINT",
    "product": "INTEGER",
    "year": "SMALLINT",
    "value": "BIGINT",
    "quantity": "BIGINT",
}
"""The flow contract: one row for each exporter, importer, product and year that trade. Codes are
the source's numbers, ``value`` whole US dollars above 0, ``quantity`` kilograms or missing."""


@dataclass(frozen=True)
class Gathered:
    """Typed and checked flows in files of the workspace, one of a year, and who and what they name.

    Symbols: ``parts`` Parquet files with ``COLUMNS`` by year; ``left_out`` reasons and counts of
    the rows a filter took out; ``warnings`` codes of what a reader noticed and let pass;
    ``choices`` what was asked besides the files: two choices of one file are two releases.
    """

    source: str
    release: str
    hs: str
    parts: Mapping[int, Path]
    countries: tuple[Country, ...]
    products: tuple[Product, ...]
    files: tuple[SourceFile, ...]
    licence: str
    attribution: str
    synthetic: bool = False
    valuation: str = "FOB"
    provisional_years: tuple[int, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    choices: str = ""
