"""`digna serve`: the web server and the worker, started together and stopped together.

Imports nothing heavy: this process only waits. The worker runs what outlasts a request (imports,
figures) and is where the analytics engines live, so that the web process stays small.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

RESTART_AFTER = 2.0


def commands(options: argparse.Namespace) -> dict[str, list[str]]:
    """Return what is run, by name."""
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", options.host,
        "--port", str(options.port), "--workers", str(options.workers),
        "--blocking-threads", "2", "--respawn-failed-workers", "--no-ws",
        "--log-level", "warning", "digna.config.wsgi:application",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "digna.config.worker"]
    return {"web": web, "worker": worker}


def main(arguments: Sequence[str]) -> int:
    """Run both until told to stop; a worker that dies is started again, the web server ends all."""
    parser = argparse.ArgumentParser(prog="digna serve", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("DIGNA_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    default_workers = int(os.environ.get("DIGNA_WEB_WORKERS", "1"))
    parser.add_argument("--workers", type=int, default=default_workers)
    options = parser.parse_args(arguments)
    return _watch(commands(options))


def _watch(wanted: dict[str, list[str]]) -> int:
    running = {name: _start(command) for name, command in wanted.items()}

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        while (code := running["web"].poll()) is None:
            if running["worker"].poll() is not None:
                time.sleep(RESTART_AFTER)
                running["worker"] = _start(wanted["worker"])
            time.sleep(0.5)
        return code
    finally:
        _stop(running)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 — our own commands


def _stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in running.values():
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in running.values():
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
