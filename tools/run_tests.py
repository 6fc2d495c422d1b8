"""Run everything that must pass, one stage after the other, and say what was skipped and why."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field

PY = sys.executable
PYTEST = [PY, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
SIDE_BY_SIDE = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]


@dataclass
class Stage:
    """One command, the group it belongs to, and what it needs from the machine."""

    name: str
    command: list[str]
    group: str
    environment: dict[str, str] = field(default_factory=dict)
    needs: str = ""


CHECKS = {
    "estilo": ["ruff", "check", "src", "tests", "tools", "benchmarks"],
    "formato": ["ruff", "format", "--check", "--quiet", "src", "tests", "tools", "benchmarks"],
    "tipos": ["mypy"],
    "pisos": ["lint-imports"],
    "plantillas": ["djlint", "--lint", "--quiet", "src"],
    "migraciones": [PY, "manage.py", "makemigrations", "--check", "--dry-run"],
    "traducciones": [PY, "manage.py", "messages", "check"],
}
STAGES = [
    *(Stage(name, command, "check") for name, command in CHECKS.items()),
    Stage(
        "motores",
        [
            *PYTEST,
            *SIDE_BY_SIDE,
            "-m",
            "not spark",
            "-c",
            "tests/engines/pytest.ini",
            "tests/engines",
        ],
        "engines",
    ),
    Stage(
        "motores, Spark",
        [
            *PYTEST,
            "-m",
            "spark",
            "-c",
            "tests/engines/pytest.ini",
            "tests/engines/trade/test_spark.py",
        ],
        "spark",
        needs=".venv-spark/ready",
    ),
    Stage(
        "salas, SQLite",
        [*PYTEST, *SIDE_BY_SIDE, "tests/digna", "tests/house", "tests/fixtures"],
        "rooms",
    ),
    Stage(
        "salas, PostgreSQL",
        [*PYTEST, *SIDE_BY_SIDE, "tests/digna", "tests/house"],
        "postgres",
        {"DIGNA_TEST_DB": "postgres"},
    ),
    Stage("campo, con el servidor que muere", [*PYTEST, "tests/field"], "field"),
    Stage("navegador", [*PYTEST, "tests/e2e"], "e2e", needs="chromium"),
]
REMEDIES = {
    "chromium": "falta chromium (apt-get install -y chromium)",
    ".venv-spark/ready": "falta un Spark de verdad (make test-spark; pide Java 17)",
}
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


def main() -> int:
    """Run the stages; return 1 when any failed."""
    parser = argparse.ArgumentParser()
    groups = "check, engines, spark, rooms, postgres, field or e2e"
    parser.add_argument("--only", default="", help=groups)
    wanted = parser.parse_args().only
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    failed, skipped = [], []
    for stage in STAGES:
        if wanted and stage.group != wanted:
            continue
        if stage.needs and not shutil.which(stage.needs) and not os.path.exists(stage.needs):
            skipped.append(f"{stage.name}: {REMEDIES[stage.needs]}")
            continue
        if not _run(stage, totals):
            failed.append(stage.name)
    _close(totals, failed, skipped)
    return 1 if failed else 0


def _run(stage: Stage, totals: dict[str, int]) -> bool:
    """Run one stage, printing as it goes; return whether it passed."""
    started = time.monotonic()
    print(f"\n— {stage.name}", flush=True)
    process = subprocess.Popen(
        stage.command,
        env=os.environ | stage.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        if COUNTS.search(line):
            last = line
    code = process.wait()
    is_pytest = stage.command[: len(PYTEST)] == PYTEST
    for number, word in COUNTS.findall(last) if is_pytest else ():
        key = "failed" if word.startswith("error") else word
        totals[key] += int(number)
    print(f"  {'bien' if code == 0 else 'MAL'} en {time.monotonic() - started:.0f} s", flush=True)
    return code == 0


def _close(totals: dict[str, int], failed: list[str], skipped: list[str]) -> None:
    print()
    for reason in skipped:
        print(f"! no se corrió — {reason}")
    for name in failed:
        print(f"✘ {name}")
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")


if __name__ == "__main__":
    sys.exit(main())
