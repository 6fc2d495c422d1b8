"""RCA, ECI, PCI, proximity and density of a year of world trade, beside three peers.

Run: ``python benchmarks/trade_complexity.py [--products 1250]``. The table of exports is invented
once and written to a file; each peer reads it in an environment of its own under /tmp, made on the
way by pip. CPU seconds of the process on one thread (reading apart; ours the least of three
rounds), peak memory, and how far each figure is from ours at most, both sides standardised.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import numpy as np

COUNTRIES = 226
PEERS = {
    "ecomplexity": ("ecomplexity==0.5.3", "pandas<3"),
    "econcomplex": ("econcomplex==1.0.1",),
    "fermi-cref": ("fermi-cref==0.2.0",),
}

COMMON = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np
given, answer = sys.argv[1], sys.argv[2]
x = np.load(given)["x"]
names = [f"C{i:03d}" for i in range(x.shape[0])], [f"P{k:05d}" for k in range(x.shape[1])]

def long():
    import pandas as pd
    i, k = np.nonzero(x)
    return pd.DataFrame({"year": 2023, "country": np.array(names[0])[i],
                         "product": np.array(names[1])[k], "value": x[i, k]})

def grid(frame, column):
    found = frame.pivot(index="country", columns="product", values=column)
    return found.reindex(index=names[0], columns=names[1]).to_numpy(dtype=float)

def told(run, rounds=1):
    times = []
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        made = run()
        times.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = min(times)
    parts = read(made)
    np.savez(answer, **{n: np.asarray(v, dtype=float) for n, v in parts.items()})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("RESULT " + json.dumps({"cpu": cpu, "wall": wall, "peak": peak}))
"""
SCRIPTS = {
    "Digna": """
from digna_engines.trade import Exports, complexity
table = Exports(tuple(names[0]), tuple(names[1]), x)
def read(made):
    return {"eci": made.eci, "pci": made.pci, "density": made.density, "rca": made.rca}
told(lambda: complexity(table), 3)
""",
    "ecomplexity": """
from ecomplexity import ecomplexity
frame = long()
columns = {"time": "year", "loc": "country", "prod": "product", "val": "value"}
def read(made):
    eci, pci = np.nanmax(grid(made, "eci"), axis=1), np.nanmax(grid(made, "pci"), axis=0)
    return {"eci": eci, "pci": pci,
            "density": grid(made, "density"), "rca": grid(made, "rca")}
told(lambda: ecomplexity(frame, columns, verbose=False))
""",
    "econcomplex": """
from econcomplex import compute_complexity
frame = long()
columns = {"loc": "country", "act": "product", "val": "value"}
def read(made):
    made = made.rename(columns={c: c.lower() for c in made.columns})
    # its density is in per cent
    eci, pci = np.nanmax(grid(made, "eci"), axis=1), np.nanmax(grid(made, "pci"), axis=0)
    return {"eci": eci, "pci": pci,
            "density": grid(made, "density") / 100, "rca": grid(made, "rca")}
told(lambda: compute_complexity(frame, columns, compute_coi_cog=False))
""",
    "fermi-cref": """
from fermi import efc
def run():
    made = efc(x)
    made.compute_rca()
    made.binarize()
    return made.get_eci_pci(method="eigenvalue")
def read(made):
    return {"eci": np.ravel(made[0]), "pci": np.ravel(made[1])}
told(run)
""",
}


def invented(n: int, p: int, seed: int = 1) -> np.ndarray:
    """Exports of n countries and p products: wide and narrow sellers, heavy tails."""
    chance = np.random.default_rng(seed)
    width, common = chance.beta(1, 1.2, n), np.clip(chance.beta(2, 2, p), 0.05, 1)
    there = chance.random((n, p)) < np.clip(1.1 * common[None] * (0.3 + width[:, None]), 0, 1)
    size = chance.lognormal(0, 2, n)[:, None]
    return there * size * chance.lognormal(8, 2, (n, p))


def from_world(file: str) -> np.ndarray:
    """Exports by country and product of a year that ``world.py`` wrote."""
    from trade_potential import from_world as flows_of

    flows = flows_of(file)
    found = np.zeros((len(flows.countries), len(flows.products)))
    np.add.at(found, (flows.i, flows.k), flows.v)
    return found


def environment(name: str) -> str:
    """The Python of a peer's own environment, made when it is not there."""
    folder = Path(f"/tmp/bench-{name}")
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    subprocess.run([python, "-m", "pip", "-q", "install", *PEERS[name]], check=True)
    return str(python)


def run(name: str, given: Path) -> tuple[dict[str, float | str], dict[str, np.ndarray]]:
    """What a script told of itself, and its figures."""
    python = sys.executable if name == "Digna" else environment(name)
    answer = given.with_name(f"{name}.npz")
    command = [python, "-c", COMMON + SCRIPTS[name], str(given), str(answer)]
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=alone)
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not lines:
        return {"error": done.stderr[-400:]}, {}
    return json.loads(lines[-1][7:]), dict(np.load(answer))


def standard(values: np.ndarray) -> np.ndarray:
    """Mean 0, deviation 1, the first above the mean: levels and signs are conventions."""
    made = (values - np.nanmean(values)) / np.nanstd(values)
    return made * np.sign(made[np.argmax(np.abs(np.nan_to_num(made)))])


def apart(ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray]) -> str:
    """The greatest difference of each figure."""
    found = []
    for name, told in theirs.items():
        one, other = ours[name], told
        if name in {"eci", "pci"}:
            if one.shape != other.shape:
                found.append(f"{name}: {other.shape} for {one.shape}")
                continue
            one, other = standard(one), standard(other)
        found.append(f"{name} {np.nanmax(np.abs(one - other)):.0e}")
    return ", ".join(found)


def main() -> None:
    """Print one line for each, ours first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--products", type=int, nargs="*", default=[1_250, 2_500, 5_000])
    parser.add_argument("--world", help="a year written by world.py instead of the sizes")
    parser.add_argument("--only", nargs="*", default=list(SCRIPTS))
    asked, _ = parser.parse_known_args()
    print("| products | what | CPU s | wall s | peak MB | CPU, ratio | differs by at most |")
    print("|---|---|---|---|---|---|---|")
    for p in [0] if asked.world else asked.products:
        with tempfile.TemporaryDirectory() as folder:
            given = Path(folder) / "exports.npz"
            values = from_world(asked.world) if asked.world else invented(COUNTRIES, p)
            p = values.shape[1]
            np.savez(given, x=values)
            told, ours = run("Digna", given)
            for name in dict.fromkeys(["Digna", *asked.only]):
                found, theirs = (told, ours) if name == "Digna" else run(name, given)
                if "error" in found:
                    print(f"| {p} | {name} | {found['error']} | | | | |", flush=True)
                    continue
                print(
                    f"| {p} | {name} | {found['cpu']:.2f} | {found['wall']:.2f} | "
                    f"{found['peak']:.0f} | {found['cpu'] / told['cpu']:.0f} × | "
                    f"{apart(ours, theirs) if name != 'Digna' else ''} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
