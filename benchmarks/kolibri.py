"""Kolibri, the peer nearest in purpose, beside Digna in one run: start, memory, weight, pages.

Installs Kolibri into a virtual environment of its own in .build/peers.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import fixture
import serving
from load import load, resident_mb

PEER = fixture.ROOT / ".build" / "peers" / "kolibri"
PORT = 8129


def installed() -> Path:
    """Return Kolibri's own Python, installed if it is not there."""
    python = PEER / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        started = time.monotonic()
        subprocess.run([str(PEER / "bin" / "pip"), "install", "-q", "kolibri==0.19.5"], check=True)
        print(f"Kolibri installed in {time.monotonic() - started:.0f} s")
    return python


def measure_kolibri() -> dict[str, float]:
    """Start it twice (the first start migrates), and load its sign-in page."""
    installed()
    home = tempfile.mkdtemp(prefix="kolibri-")
    environment = os.environ | {
        "KOLIBRI_HOME": home, "KOLIBRI_HTTP_PORT": str(PORT),
        "KOLIBRI_ZIP_CONTENT_PORT": str(PORT + 1), "KOLIBRI_RUN_MODE": "bench",
    }  # fmt: skip
    command = [str(PEER / "bin" / "kolibri"), "start", "--foreground"]
    seen: dict[str, float] = {}
    provision = [
        str(PEER / "bin" / "kolibri"), "manage", "provisiondevice", "--facility", "F",
        "--superusername", "admin", "--superuserpassword", "admin-1234", "--preset", "formal",
        "--language_id", "es-419", "--noinput",
    ]  # fmt: skip
    subprocess.run(provision, env=environment, capture_output=True, check=False)
    for _ in range(2):
        started = time.monotonic()
        with serving.started_process(command, environment, fixture.ROOT) as process:
            serving.wait_for(PORT, "/es-419/auth/")
            seen["start"] = time.monotonic() - started
            time.sleep(3)
            seen["memory"] = resident_mb(process.pid)
            page = load(PORT, "/es-419/auth/", seconds=8)
            seen |= {"pages": page.per_second, "p95": page.p95, "html": page.bytes_each / 1024}
    return seen


def measure_digna() -> dict[str, float]:
    """The same of Digna, with its small demo programme."""
    home = Path(tempfile.mkdtemp(prefix="digna-"))
    environment = os.environ | {"DIGNA_HOME": str(home), "DIGNA_DEBUG": ""}
    subprocess.run(
        [sys.executable, "manage.py", "prepare"], env=environment, cwd=fixture.ROOT,
        check=True, capture_output=True,
    )  # fmt: skip
    seen: dict[str, float] = {}
    with serving.digna(home, workers=1) as server:
        seen["start"] = server.seconds_to_answer
        time.sleep(3)
        seen["memory"] = resident_mb(server.pid)
        page = load(server.port, "/cuenta/login/", seconds=8)
        seen |= {"pages": page.per_second, "p95": page.p95, "html": page.bytes_each / 1024}
    return seen


def main() -> None:
    """Print both side by side."""
    ours, theirs = measure_digna(), measure_kolibri()
    print("| what | Digna | Kolibri 0.19.5 | ratio |")
    print("|---|---|---|---|")
    names = {
        "start": "second start to first answer, s", "memory": "idle memory, all processes, MB",
        "html": "sign-in HTML, kB gzip", "pages": "sign-in pages a second, 20 clients",
        "p95": "p95 of the same, ms",
    }  # fmt: skip
    for key, name in names.items():
        ratio = theirs[key] / ours[key] if key != "pages" else ours[key] / theirs[key]
        print(f"| {name} | {ours[key]:.1f} | {theirs[key]:.1f} | {ratio:.1f} × |")


if __name__ == "__main__":
    main()
