"""A year of BACI taken in, strictly and sorted twice, beside pandas that only copies it.

Run: ``python benchmarks/trade_import.py``. Three sizes of the synthetic year of ``world.py``, each
reader a process of its own, one after the other, best of ``RUNS``. Ours checks every cell, refuses
unknown codes and repeated flows, sorts by product and by exporter and sums the cubes; pandas reads
the columns with their types and writes one Parquet file. What is told: CPU seconds (user and
system), peak resident memory, and what is left on disk.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (500, 1_500, 5_000)
RUNS = 2
HERE = Path(__file__).resolve()


def ours(flows: Path, out: Path) -> int:
    """Take the year in; give its rows."""
    sys.path.insert(0, str(HERE.parents[1] / "src"))
    from digna_engines.trade.importing import import_release

    return import_release(out, flows).manifest.rows


def pandas_copy(flows: Path, out: Path) -> int:
    """Read the year with its types and write it again, as pandas users do; give its rows."""
    import pandas as pd

    kinds = {"t": "int16", "i": "int16", "j": "int16", "k": "str", "v": "float64"}
    frame = pd.read_csv(flows, dtype=kinds, na_values={"q": ["           NA"]})
    out.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(out / "year.parquet", compression="zstd")
    return len(frame)


READERS = {"digna": ours, "pandas": pandas_copy}


def child(name: str, flows: str, out: str) -> None:
    """One reader in its own process, telling what it used."""
    rows = READERS[name](Path(flows), Path(out))
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(json.dumps({"rows": rows, "cpu": cpu, "peak": peak}))


def measured(name: str, flows: Path, folder: Path) -> dict[str, float]:
    """The run of least CPU of some."""
    found = []
    for _ in range(RUNS):
        out = folder / name
        shutil.rmtree(out, ignore_errors=True)
        run = [sys.executable, str(HERE), "--child", name, str(flows), str(out)]
        told = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
        told["disk"] = sum(p.stat().st_size for p in out.rglob("*") if p.is_file()) / 1e6
        found.append(told)
    return min(found, key=lambda one: one["cpu"])


def main() -> None:
    """Print a row for each size."""
    print(
        "| rows | csv MB | digna CPU s | peak MB | disk MB | pandas CPU s | peak MB | CPU ratio |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for products in SIZES:
        with tempfile.TemporaryDirectory(prefix="digna-world-") as place:
            # a process of its own: a child starts with the memory its parent has
            maker = [sys.executable, str(HERE.with_name("world.py")), f"{place}/files"]
            subprocess.run([*maker, "--products", str(products)], check=True, capture_output=True)
            flows = next(Path(place, "files").glob("BACI*"))
            size = flows.stat().st_size / 1e6
            one, other = (measured(name, flows, Path(place)) for name in READERS)
            print(
                f"| {one['rows']:,} | {size:.0f} | {one['cpu']:.1f} | {one['peak']:.0f} | "
                f"{one['disk']:.0f} | {other['cpu']:.1f} | {other['peak']:.0f} | "
                f"{one['cpu'] / other['cpu']:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:5])
    else:
        main()
