"""The published shape of a fact table: grain, keys, columns, and the ways it may be split."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "integer", "number", "boolean", "date"]


@dataclass(frozen=True)
class Column:
    """One column: its type, whether a value may be missing, and its label."""

    type: ColumnType
    nullable: bool = True
    label: str = ""


@dataclass(frozen=True)
class FactSchema:
    """What a fact table holds: `keys` name a row; `dimensions` are what figures split by."""

    name: str
    grain: str
    keys: tuple[str, ...]
    columns: Mapping[str, Column]
    dimensions: tuple[str, ...] = ()
