"""The market table of one product out of five years of world trade, some 53 million rows.

Run: ``python benchmarks/trade_market.py``. Flows are invented (``trade_potential.invented``), five
years that differ by noise, written once under /tmp as Parquet in two orders: by product, as a store
keeps them, and by exporter, as BACI's files come. Medians of 15 questions about different products,
in one process; the first one, which loads the libraries and words the question, apart.
"""

import statistics
import time
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from trade_potential import invented

from digna_engines.trade import market_table

YEARS = (2019, 2020, 2021, 2022, 2023)
FOLDER = Path("/tmp/bench-trade-market")
GROUP = 120_000


def written() -> Path:
    """The Parquet files, made when they are not there."""
    if (FOLDER / "ready").exists():
        return FOLDER
    flows = invented(226, 5_000)
    for year in YEARS:
        chance = np.random.default_rng(year)
        value = np.maximum(flows.v * chance.lognormal(0.03 * (year - 2019), 0.2, len(flows.v)), 1)
        table = pa.table({
            "exporter": flows.i.astype(np.int16), "importer": flows.j.astype(np.int16),
            "product": (flows.k + 10_000).astype(np.int32),
            "year": np.full(len(value), year, np.int16), "value": value.astype(np.int64),
            "quantity": (value / 3).astype(np.int64),
        })  # fmt: skip
        for name, keys in (("flows", None), ("by_exporter", ["exporter", "importer", "product"])):
            made = FOLDER / name / f"y={year}"
            made.mkdir(parents=True, exist_ok=True)
            rows = table if keys is None else table.sort_by([(key, "ascending") for key in keys])
            pq.write_table(rows, made / "flows.parquet", compression="zstd", row_group_size=GROUP)
    (FOLDER / "ready").touch()
    return FOLDER


def asked(name: str, rounds: int = 15) -> tuple[int, float, float, float]:
    """Rows read, the first question in seconds, then the median wall and CPU milliseconds."""
    backend = ibis.duckdb.connect()
    files = f"{written()}/{name}/*/*.parquet"
    flows = backend.read_parquet(files, hive_partitioning=False)
    rows = sum(pq.ParquetFile(one).metadata.num_rows for one in FOLDER.glob(f"{name}/*/*.parquet"))
    took = []
    for at in range(rounds + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        found = market_table(flows, 10_000 + 37 * (at + 1), years=YEARS)
        assert found.rows
        took.append((time.perf_counter() - wall, time.process_time() - cpu))
    later = took[1:]
    return rows, took[0][0], *(1000 * statistics.median(one[at] for one in later) for at in (0, 1))


def main() -> None:
    """Print one line for each order."""
    for name in ("flows", "by_exporter"):
        rows, first, wall, cpu = asked(name, 15 if name == "flows" else 4)
        print(
            f"{name}: {rows:,} rows · first {first:.2f} s · "
            f"then {wall:.0f} ms wall, {cpu:.0f} ms CPU",
            flush=True,
        )


if __name__ == "__main__":
    main()
