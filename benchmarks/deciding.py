"""Choosing 12 sectors by 20 criteria: 100,000 mixes of weights, beside three peers.

Run: ``python benchmarks/deciding.py``. Each peer runs in an environment of its own under /tmp,
made on the way by pip; five runs each, median and range of CPU and wall seconds. Then what each
makes of one score that is missing.
"""

import json
import statistics
import subprocess
import sys
import venv
from pathlib import Path

PEERS = {"pymcdm": "1.4.0", "scikit-criteria": "0.10", "pysensmcda": "2.0.0"}
RUNS, DRAWS, SHAPE = 5, 100_000, (12, 20)

COMMON = f"""
import json, time, warnings
warnings.simplefilter("ignore")
import numpy as np
DRAWS, SHAPE = {DRAWS}, {SHAPE}
rng = np.random.default_rng(7)
X = rng.integers(1, 6, SHAPE).astype(float)
W = np.full(SHAPE[1], 1 / SHAPE[1])
T = np.ones(SHAPE[1])
HOLE = X.copy(); HOLE[0, 0] = np.nan

def timed(what):
    found = []
    for _ in range({RUNS}):
        c, w = time.process_time(), time.perf_counter()
        answer = what()
        found.append((time.process_time() - c, time.perf_counter() - w))
    return found, answer

def told(**parts):
    print("RESULT " + json.dumps(parts, default=lambda a: np.asarray(a).tolist()))

def tried(what):
    try:
        return np.round(np.asarray(what(), dtype=float), 4).tolist()
    except Exception as error:
        return f"{{type(error).__name__}}: {{str(error)[:90]}}"
"""

DIGNA = """
from digna_engines.decisions import Problem, promethee, smaa, topsis, vikor, weighted_sum
def made(scores):
    return Problem(scores, W, (True,) * SHAPE[1], scale=((1, 5),) * SHAPE[1])
times, answer = timed(lambda: smaa(made(X), draws=DRAWS, seed=1).rank_acceptability[:, 0])
votes = np.clip(X + rng.integers(-1, 2, (11, *SHAPE)), 1, 5)
people, _ = timed(lambda: smaa(made(X), draws=DRAWS, seed=1, evaluations=votes))
def interval(method):
    found = method(made(HOLE))
    return [found.best_rank[0], found.worst_rank[0]]
methods = (weighted_sum, topsis, vikor, promethee)
missing = {m.__name__: tried(lambda m=m: interval(m)) for m in methods}
told(times=times, first=answer, people=people, missing=missing)
"""

PYSENSMCDA = """
from pymcdm.methods import WSM
from pysensmcda.smaa import smaa2
def run(matrix, n=DRAWS):
    method = WSM(normalization_function=lambda x, cost=False: x)
    return smaa2(method, matrix, T, num_samples=n, seed=1).rank_acceptability[:, 0]
times, answer = timed(lambda: run(X))
told(times=times, first=answer, missing={"smaa2": tried(lambda: run(HOLE, 2000))})
"""

PYMCDM = """
from pymcdm.methods import PROMETHEE_II, TOPSIS, VIKOR, WSM
draws = np.random.default_rng(1).dirichlet(np.ones(SHAPE[1]), DRAWS)
method = WSM(normalization_function=lambda x, cost=False: x)
def loop():
    firsts = np.zeros(SHAPE[0])
    for weights in draws:
        firsts[np.argmax(method(X, weights, T))] += 1
    return firsts / DRAWS
times, answer = timed(loop)
def rank(scores, up=True):
    scores = np.asarray(scores)
    if np.isnan(scores).any():
        return scores
    return np.argsort(np.argsort(-scores if up else scores)) + 1
methods = {"wsm": WSM(), "topsis": TOPSIS(), "vikor": VIKOR(), "promethee": PROMETHEE_II("usual")}
missing = {n: tried(lambda m=m, n=n: rank(m(HOLE, W, T), n != "vikor")) for n, m in methods.items()}
whole = {n: tried(lambda m=m, n=n: rank(m(X, W, T), n != "vikor")) for n, m in methods.items()}
told(times=times, first=answer, missing=missing, whole=whole)
"""

SKCRITERIA = """
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.agg.topsis import TOPSIS
from skcriteria.agg.vikor import VIKOR
def one(matrix, method, weights=W):
    return method().evaluate(mkdm(matrix, [max] * SHAPE[1], weights=weights)).rank_
draws = np.random.default_rng(1).dirichlet(np.ones(SHAPE[1]), DRAWS)
def loop(n=DRAWS // 400):
    firsts = np.zeros(SHAPE[0])
    for weights in draws[:n]:
        firsts[np.argmin(one(X, WeightedSumModel, weights))] += 1
    return firsts / n
times, answer = timed(loop)
times = [(c * 400, w * 400) for c, w in times]
methods = {"wsm": WeightedSumModel, "topsis": TOPSIS, "vikor": VIKOR}
missing = {n: tried(lambda m=m: one(HOLE, m)) for n, m in methods.items()}
whole = {n: tried(lambda m=m: one(X, m)) for n, m in methods.items()}
told(times=times, first=answer, missing=missing, whole=whole, note="250 draws, times 400")
"""
SCRIPTS = {"pymcdm": PYMCDM, "scikit-criteria": SKCRITERIA, "pysensmcda": PYSENSMCDA}


def environment(name: str) -> str:
    """Return the Python of a peer's own environment, made when it is not there."""
    folder = Path(f"/tmp/bench-{name}")
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    wanted = f"{name}=={PEERS[name]}"
    subprocess.run([python, "-m", "pip", "-q", "install", wanted], check=True)
    return str(python)


def run(python: str, script: str) -> dict:
    """Return what a script told."""
    done = subprocess.run([python, "-c", COMMON + script], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not lines:
        return {"error": done.stderr[-600:]}
    return json.loads(lines[-1][7:])


def row(name: str, times: list[list[float]]) -> str:
    """Return one line of the table."""
    parts = []
    for place in (0, 1):
        values = [pair[place] for pair in times]
        parts.append(f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})")
    return f"| {name} | {parts[0]} | {parts[1]} |"


def main() -> None:
    """Print both tables."""
    found = {"Digna": run(sys.executable, DIGNA)}
    for name, script in SCRIPTS.items():
        found[f"{name} {PEERS[name]}"] = run(environment(name), script)
    print("| what | CPU s, median (range) | wall s |\n|---|---|---|")
    for name, told in found.items():
        if "error" in told:
            print(f"| {name} | {told['error']} | |")
            continue
        print(row(f"{name} {told.get('note', '')}".strip(), told["times"]))
        if "people" in told:
            print(row(f"{name}, scores drawn from 11 people", told["people"]))
    for name, told in found.items():
        print(f"\n{name}: first place {[round(v, 3) for v in told.get('first', [])]}")
        print("  missing:", json.dumps(told.get("missing")))
        if "whole" in told:
            print("  whole:  ", json.dumps(told["whole"]))


if __name__ == "__main__":
    main()
