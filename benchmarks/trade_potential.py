"""World export potential with what is unrealised and the ten best markets of every pair.

Beside the time of filling one array of as many cells in single precision, at three sizes, and the
question of one exporter and product. Flows are invented: sparse, heavy-tailed, as many as a year
of world trade at the greatest size. CPU seconds of the process: the fill and the pass take turns,
least and median of nine rounds.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from digna_engines.trade import Flows, export_potential
from digna_engines.trade.potential import ExportPotential

SIZES = ((60, 1_000), (120, 2_500), (226, 5_000))


class Seen(NamedTuple):
    """CPU seconds over several rounds."""

    least: float
    median: float

    def __str__(self) -> str:
        return f"{self.least:.3f} ({self.median:.3f})"


def invented(n: int, p: int, seed: int = 1) -> Flows:
    """Flows of n countries and p products, sorted by product, exporter, market."""
    chance = np.random.default_rng(seed)
    width, sells = chance.beta(1, 1.2, n), chance.beta(2, 2, p)
    buys = chance.beta(2, 1.5, n)
    size = chance.lognormal(0, 2, n)
    parts = []
    for k in range(p):
        seller = chance.random(n) < np.clip(1.1 * sells[k] * (0.3 + width), 0, 1)
        there = chance.random((n, n)) < (seller[:, None] * (0.02 + 0.28 * width[:, None] * buys))
        np.fill_diagonal(there, False)
        i, j = np.nonzero(there)
        v = chance.lognormal(8, 2.5, len(i)) * size[i] ** 0.5 * size[j] ** 0.5
        parts.append((np.full(len(i), k, np.int32), i.astype(np.int16), j.astype(np.int16), v))
    k, i, j, v = (np.concatenate(one) for one in zip(*parts, strict=True))
    labels = tuple(f"C{at:03d}" for at in range(n)), tuple(f"{at:06d}" for at in range(p))
    return Flows(*labels, i, k, j, v)


def from_world(file: str) -> Flows:
    """The flows of a year that ``world.py`` wrote."""
    import duckdb

    found = duckdb.sql(
        f"SELECT i, j, k, sum(v) AS v FROM read_csv('{file}', columns={{'t': 'INT', 'i': 'INT', "
        "'j': 'INT', 'k': 'INT', 'v': 'DOUBLE', 'q': 'VARCHAR'}) GROUP BY ALL ORDER BY k, i, j"
    ).fetchnumpy()
    ends, both = np.unique(np.concatenate([found["i"], found["j"]]), return_inverse=True)
    codes, k = np.unique(found["k"], return_inverse=True)
    rows = len(k)
    return Flows(
        tuple(f"{one:03d}" for one in ends), tuple(f"{one:06d}" for one in codes),
        both[:rows].astype(np.int16), k.astype(np.int32), both[rows:].astype(np.int16),
        np.asarray(found["v"], dtype=float),
    )  # fmt: skip


def cpu(run: Callable[[], object]) -> float:
    """The CPU seconds of one round, of all threads."""
    started = time.process_time()
    run()
    return time.process_time() - started


def in_turn(runs: Mapping[str, Callable[[], object]], rounds: int = 9) -> dict[str, Seen]:
    """The least and the median CPU seconds of each, run one after the other in every round."""
    found = [{name: cpu(run) for name, run in runs.items()} for _ in range(rounds)]
    seen = {name: [one[name] for one in found] for name in runs}
    return {name: Seen(min(each), statistics.median(each)) for name, each in seen.items()}


def fill(n: int, p: int) -> Callable[[], object]:
    """Fill an array that is there already: the machine's own limit for writing that many cells."""
    array = np.zeros((p, n, n), dtype=np.float32)
    return lambda: array.fill(1.0)


def fresh(n: int, p: int) -> Callable[[], object]:
    """Make and fill the array, as anybody who keeps all cells must."""
    return lambda: np.full((p, n, n), 1.0, dtype=np.float32)


def one_question(made: ExportPotential) -> Callable[[], object]:
    exporter, product = made.countries[len(made.countries) // 2], made.products[1]
    return lambda: (made.markets(exporter, product), made.terms_of(exporter, product))


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--distances", action="store_true")
    parser.add_argument("--world", help="a year written by world.py instead of the three sizes")
    asked, _ = parser.parse_known_args()
    small = export_potential(invented(20, 40))
    small.top(10)
    worlds = [from_world(asked.world)] if asked.world else (invented(*size) for size in SIZES)
    for flows in worlds:
        n, p = len(flows.countries), len(flows.products)
        km = {(a, b): float(100 + abs(x - y) * 50) for x, a in enumerate(flows.countries)
              for y, b in enumerate(flows.countries)} if asked.distances else None  # fmt: skip
        prepare = cpu(lambda f=flows, d=km: export_potential(f, distances=d))  # type: ignore[misc]
        made = export_potential(flows, distances=km)
        made.top(10)
        seen = in_turn(
            {"fill": fill(n, p), "make and fill": fresh(n, p), "world": lambda m=made: m.top(10)}
        )  # type: ignore[misc]
        filled, made_new, passed = seen.values()
        one = in_turn({"one": one_question(made)})["one"]
        print(
            f"{n} × {p} × {n}, {len(flows.v):,} flows: prepare {prepare:.2f} CPU s · "
            f"fill {filled} · make and fill {made_new} · world {passed} CPU s, least (median): "
            f"{passed.least / made_new.least:.2f} × making and filling, "
            f"{passed.least / filled.least:.1f} × writing over · "
            f"one exporter and product {one.median * 1000:.1f} ms · "
            f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
