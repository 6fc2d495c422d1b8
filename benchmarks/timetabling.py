"""Timetables of two business rounds: the engine beside a greedy and a plain CP-SAT model.

Run: ``python benchmarks/timetabling.py``. Each solver is a process of its own, two cores; the peer
gets an environment under /tmp, made on the way by pip. Synthetic rounds: weights 1–8, 8 % of slots
unavailable, at most six meetings a seller. What is told: points, the solver's own proven bound,
share of the engine's bound, whole seconds of the process without imports, rules broken.
"""

import json
import random
import subprocess
import sys
import time
import venv
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

PEER = "ortools==9.15.6755"
ROUNDS = {
    "60 × 200 × 24, 1,600 wishes, 45 tables": (60, 200, 24, 1_600, 45, 20),
    "300 × 1,500 × 30, 12,000 wishes, 250 tables": (300, 1_500, 30, 12_000, 250, 300),
}
RUNS = 3
HERE = Path(__file__).resolve()


def made(buyers: int, sellers: int, slots: int, wishes: int, tables: int) -> dict[str, Any]:
    """Give a synthetic round as JSON holds it."""
    chance = random.Random(2021)
    nine = datetime.fromisoformat("2021-06-01T09:00-04:00")
    keys = [str(n) for n in range(slots)]

    def there() -> list[str]:
        return [key for key in keys if chance.random() >= 0.08]

    pairs = chance.sample(list(product(range(buyers), range(sellers))), wishes)
    return {
        "slots": [
            {"key": key, "starts_at": (nine + timedelta(minutes=20 * n)).isoformat()}
            for n, key in enumerate(keys)
        ],
        "parties": [{"key": f"B{n}", "side": "buyer", "slots": there()} for n in range(buyers)]
        + [{"key": f"S{n}", "side": "seller", "slots": there(), "most": 6} for n in range(sellers)],
        "wishes": [
            {"buyer": f"B{b}", "seller": f"S{s}", "weight": chance.randint(1, 8)} for b, s in pairs
        ],
        "tables": tables,
    }


def engine(plain: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Solve with Digna's engine."""
    from digna_engines.rounds import Round, solve

    started = time.perf_counter()
    found = solve(Round.from_plain(plain), seconds=seconds)
    spent = time.perf_counter() - started
    placed = [(m.buyer, m.seller, m.slot) for m in found.meetings]
    return {"bound": found.upper_bound, "seconds": spent, "placed": placed, "gaps": found.gaps}


def greedy(plain: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Place the worthiest first, each in the first slot that is free."""
    del seconds
    started = time.perf_counter()
    there = {p["key"]: set(p["slots"]) for p in plain["parties"]}
    left = {p["key"]: p.get("most", len(plain["slots"])) for p in plain["parties"]}
    tables = {s["key"]: plain["tables"] for s in plain["slots"]}
    placed = []
    for wish in sorted(plain["wishes"], key=lambda w: -w["weight"]):
        both = wish["buyer"], wish["seller"]
        if min(left[one] for one in both) == 0:
            continue
        for slot in tables:
            if tables[slot] and all(slot in there[one] for one in both):
                placed.append((*both, slot))
                tables[slot] -= 1
                for one in both:
                    there[one].discard(slot)
                    left[one] -= 1
                break
    return {"bound": None, "seconds": time.perf_counter() - started, "placed": placed}


def cpsat(plain: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Solve the textbook model with CP-SAT, two workers."""
    from ortools.sat.python import cp_model

    started = time.perf_counter()
    there = {p["key"]: set(p["slots"]) for p in plain["parties"]}
    model = cp_model.CpModel()
    groups: dict[tuple[str, ...], list[Any]] = {}
    chosen, worth = {}, []
    for wish in plain["wishes"]:
        buyer, seller = wish["buyer"], wish["seller"]
        for slot in sorted(there[buyer] & there[seller]):
            one = model.new_bool_var("")
            chosen[buyer, seller, slot] = one
            worth.append(wish["weight"] * one)
            for key in ((buyer, seller), ("at", buyer, slot), ("at", seller, slot)):
                groups.setdefault(key, []).append(one)
            groups.setdefault(("table", slot), []).append(one)
            groups.setdefault(("most", seller), []).append(one)
    most = {("most", p["key"]): p["most"] for p in plain["parties"] if "most" in p}
    for key, own in groups.items():
        if key[0] == "table":
            model.add(sum(own) <= plain["tables"])
        elif key in most:
            model.add(sum(own) <= most[key])
        else:
            model.add_at_most_one(own)
    model.maximize(sum(worth))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    placed = [key for key, one in chosen.items() if found and solver.value(one)]
    bound = int(solver.best_objective_bound)
    return {"bound": bound, "seconds": time.perf_counter() - started, "placed": placed}


def broken(plain: dict[str, Any], placed: list[Any]) -> int:
    """Count the rules a timetable breaks: clashes, absences, limits, tables, pairs twice."""
    there = {p["key"]: set(p["slots"]) for p in plain["parties"]}
    most = {p["key"]: p.get("most", len(plain["slots"])) for p in plain["parties"]}
    at = [(one, slot) for b, s, slot in placed for one in (b, s)]
    held: dict[str, int] = {}
    for one, _ in at:
        held[one] = held.get(one, 0) + 1
    per_slot: dict[str, int] = {}
    for _, _, slot in placed:
        per_slot[slot] = per_slot.get(slot, 0) + 1
    return (
        len(at) - len(set(at))
        + sum(slot not in there[one] for one, slot in at)
        + sum(times > most[one] for one, times in held.items())
        + sum(times > plain["tables"] for times in per_slot.values())
        + len(placed) - len({(b, s) for b, s, _ in placed})
    )  # fmt: skip


SOLVERS = {"engine": engine, "greedy": greedy, "cpsat": cpsat}


def _peer() -> str:
    """Return the interpreter of an environment with the peer."""
    home = Path("/tmp/digna-peers/ortools")
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", PEER], check=True)
    return str(python)


def _asked(python: str, solver: str, round_: str) -> dict[str, Any]:
    run = subprocess.run(
        [python, str(HERE), solver, round_], check=True, capture_output=True, text=True
    )
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Ask every solver about every round and print a table; or be one of the solvers asked."""
    if len(sys.argv) == 3:
        solver, name = sys.argv[1:]
        *shape, seconds = ROUNDS[name]
        plain = made(*shape)
        answer = SOLVERS[solver](plain, seconds)
        weights = {(w["buyer"], w["seller"]): w["weight"] for w in plain["wishes"]}
        placed = [tuple(one) for one in answer.pop("placed")]
        answer["value"] = sum(weights[b, s] for b, s, _ in placed)
        answer["broken"] = broken(plain, placed)
        print(json.dumps(answer))
        return
    for name, (*_, seconds) in ROUNDS.items():
        print(f"\n{name}; budget {seconds} s")
        bound = 0
        for solver in SOLVERS:
            python = _peer() if solver == "cpsat" else sys.executable
            runs = [_asked(python, solver, name) for _ in range(1 if solver == "cpsat" else RUNS)]
            bound = bound or runs[0]["bound"]
            spent = sorted(run["seconds"] for run in runs)
            told = {key: sorted({run[key] for run in runs}) for key in ("value", "broken")}
            print(
                f"{solver}: value {told['value']}, own bound {runs[0]['bound']}, "
                f"share {min(told['value']) / bound:.4f}, broken {told['broken']}, "
                f"seconds {spent[0]:.2f}–{spent[-1]:.2f}, gaps {runs[0].get('gaps', '–')}",
                flush=True,
            )


if __name__ == "__main__":
    main()
