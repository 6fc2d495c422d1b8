"""What a person brings besides flows, kept next to the stores: a table, and its origin."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from digna_engines.trade.manifest import SourceFile

FOLDER = "beside"


@dataclass(frozen=True)
class Origin:
    """Where a table comes from: its file, how to cite it, and how many rows were taken."""

    file: SourceFile
    attribution: str
    rows: int


def keep(
    root: Path, kind: str, columns: Mapping[str, Sequence[Any]], file: Path, attribution: str
) -> Origin:
    """Keep a table of a kind, in place of the one there was; it changes whole or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    table = pa.table({name: list(values) for name, values in columns.items()})
    origin = Origin(SourceFile.of(file), attribution, len(table))
    told = {"origin": json.dumps(asdict(origin), ensure_ascii=False)}
    waiting = folder / f".{kind}.part"
    pq.write_table(table.replace_schema_metadata(told), waiting, compression="zstd")
    waiting.replace(folder / f"{kind}.parquet")
    return origin


def load(root: Path, kind: str) -> tuple[dict[str, list[Any]], Origin] | None:
    """The table of a kind and its origin, or None when nobody brought one."""
    import pyarrow.parquet as pq

    path = root / FOLDER / f"{kind}.parquet"
    if not path.is_file():
        return None
    table = pq.read_table(path)
    plain = json.loads(table.schema.metadata[b"origin"])
    origin = Origin(SourceFile(**plain["file"]), plain["attribution"], plain["rows"])
    return {name: table[name].to_pylist() for name in table.column_names}, origin
