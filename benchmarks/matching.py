"""1,500 mentees × 300 mentors of five places: the best whole assignment, and what it is beside.

Run: ``python benchmarks/matching.py``. Five runs of each, median and range of CPU and wall seconds.
Beside it what a person with a list does (best pair first) and the bare linear assignment.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from digna_engines.matching import Mentee, Mentor, Pool, assign, explain, methods, tables

RUNS, MENTEES, MENTORS, CAPACITY = 5, 1_500, 300, 5
SLOTS = [
    f"{day}-{part}" for day in ["mon", "tue", "wed", "thu", "fri", "sat"] for part in ("am", "pm")
]
AREAS = [f"area-{n}" for n in range(12)]
SECTORS = [f"sector-{n}" for n in range(9)]
DEPARTMENTS = [f"department-{n}" for n in range(9)]


def made(seed: int = 7) -> Pool:
    """Draw a pool as calls bring them: few free slots, three languages, some wishes."""
    rng = np.random.default_rng(seed)

    def some(words: list[str], least: int, most: int) -> frozenset[str]:
        size = int(rng.integers(least, most + 1))
        return frozenset(rng.choice(words, size, replace=False).tolist())

    def languages() -> frozenset[str]:
        return frozenset({"es"}) | (some(["qu", "ay"], 1, 1) if rng.random() < 0.3 else frozenset())

    mentors = tuple(
        Mentor(
            f"m{j}", languages(), some(SLOTS, 2, 5), CAPACITY,
            expertise=some(AREAS, 2, 5), sectors=some(SECTORS, 1, 3),
            department=str(rng.choice(DEPARTMENTS)), sex=str(rng.choice(["female", "male"])),
        )
        for j in range(MENTORS)
    )  # fmt: skip
    mentees = tuple(
        Mentee(
            f"e{i}", languages(), some(SLOTS, 1, 4), some(AREAS, 1, 3),
            sector=str(rng.choice(SECTORS)), department=str(rng.choice(DEPARTMENTS)),
            sex="female", wants_sex="female" if rng.random() < 0.2 else "",
            ranking=tuple(f"m{j}" for j in rng.choice(MENTORS, 3, replace=False)),
        )
        for i in range(MENTEES)
    )  # fmt: skip
    return Pool(mentees, mentors)


def told(name: str, what: Callable[[], object]) -> object:
    """Run something five times and print a row of the table."""
    cpu, wall = [], []
    for _ in range(RUNS):
        c, w = time.process_time(), time.perf_counter()
        answer = what()
        cpu.append(time.process_time() - c)
        wall.append(time.perf_counter() - w)
    cells = (f"{statistics.median(s):.2f} ({min(s):.2f}–{max(s):.2f})" for s in (cpu, wall))
    print(f"| {name} | {' | '.join(cells)} |")
    return answer


def main() -> None:
    """Print the table."""
    pool = made()
    print("| what | CPU s | wall s |\n|---|---|---|")
    found = told("assign, optimal, with every reason", lambda: assign(pool))
    told("assign, stable", lambda: assign(pool, method="stable"))
    kept = [(p.mentee, p.mentor) for p in found.pairs[:1_000]]
    told("assign, 1,000 pairs kept", lambda: assign(pool, keep=kept))
    shown = tables(pool)
    told("explain 10,000 pairs and non-pairs", lambda: [
        explain(pool, one.key, other.key, found, shown).text()
        for one in pool.mentees[:100] for other in pool.mentors[:100]
    ])  # fmt: skip
    greedy = methods.greedy(shown.fit, shown.possible, [one.free for one in pool.mentors])
    rows = np.flatnonzero(greedy >= 0)
    fit = float(shown.fit[rows, greedy[rows]].sum())
    print(f"\noptimal: {len(found.pairs)} people, fit {found.workings['fit']:.1f}")
    print(f"best pair first: {len(rows)} people, fit {fit:.1f}")


if __name__ == "__main__":
    main()
