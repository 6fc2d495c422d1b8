"""The server under chaos: the one of `digna serve`, killed and started again; its small disk."""

import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from field.outbox import Broken, asked

ROOT = Path(__file__).resolve().parents[2]
PATHS = os.pathsep.join(str(ROOT / one) for one in ("src", "tests", "tests/digna"))


@dataclass
class Server:
    """Digna on a port, in a process group that can be killed at once."""

    home: Path
    database: str = ""
    port: int = 0
    workers: int = 1
    threads: int = 4
    kills: int = 0
    most_bytes: int = resource.RLIM_INFINITY
    process: subprocess.Popen[bytes] | None = None
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.port = self.port or _free_port()
        self.log = self.home.parent / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this Digna is told."""
        return os.environ | {
            "DIGNA_HOME": str(self.home),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "field.settings",
            "PYTHONPATH": PATHS,
            "PYTHONWARNINGS": "ignore",
        }

    def makes_world(self, phones: int) -> dict[str, Any]:
        """Make tables and the world in a process of its own; return what telephones know."""
        done = subprocess.run(
            [sys.executable, "-m", "field.world", str(phones)],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def verifies(self, told: dict[str, Any]) -> dict[str, Any]:
        """Look into the database, in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "field.verify"], input=json.dumps(told),
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return dict(json.loads(done.stdout.splitlines()[-1]))

    def start(self) -> None:
        """Start it and wait until it answers."""
        limited = [sys.executable, "-m", "field.limited", str(self.most_bytes)]
        command = [
            *(limited if self.most_bytes != resource.RLIM_INFINITY else []),
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", str(self.workers),
            "--blocking-threads", str(self.threads), "--no-ws",
            "--log-level", "warning", "digna.config.wsgi:application",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, start_new_session=True,
                stdout=log, stderr=log,
            )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if asked(self.port, "GET", "/digna.webmanifest")[0] == 200:
                    return
            except Broken:
                time.sleep(0.05)
        raise AssertionError(f"the server does not answer: {self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """SIGKILL, all of it, whatever it is doing."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
            self.kills += 1

    def stop(self) -> None:
        """End it for good."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    # --- a backup that comes back

    def copy_database(self) -> Path:
        """Copy the SQLite file while it is written to, as an administrator's script does."""
        copy = self.home.parent / "backup.sqlite3"
        with (
            sqlite3.connect(self.home / "digna.sqlite3") as source,
            sqlite3.connect(copy) as target,
        ):
            source.backup(target)
        return copy

    def put_back(self, copy: Path) -> None:
        """Put an older database in the place of the one that was."""
        for path in self.home.glob("digna.sqlite3*"):
            path.unlink()
        (self.home / "digna.sqlite3").write_bytes(copy.read_bytes())


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


class Disk:
    """A folder that can be full: a small tmpfs where one may be mounted, else a limit on files.

    With a tmpfs the whole home lies on it and a filler takes what is left. Without the right to
    mount, the server is started again with files limited to what they have already (RLIMIT_FSIZE):
    the database and every upload meet the end of the disk all the same.
    """

    def __init__(self, home: Path, megabytes: int) -> None:
        self.home = home
        home.mkdir()
        mounting = ["/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(home)]
        self.is_mounted = _succeeds(mounting)
        self.how = "tmpfs" if self.is_mounted else "RLIMIT_FSIZE"

    def fill(self, server: Server) -> None:
        """Leave no room."""
        if self.is_mounted:
            with (self.home / "filler").open("wb", buffering=0) as filler:
                try:
                    while filler.write(b"\0" * 65_536):
                        pass
                except OSError:
                    return
        server.kill()
        server.most_bytes = 4096
        server.start()

    def free(self, server: Server) -> None:
        """Give the room back."""
        if self.is_mounted:
            (self.home / "filler").unlink()
            return
        server.kill()
        server.most_bytes = resource.RLIM_INFINITY
        server.start()

    def close(self) -> None:
        """Take it away."""
        if self.is_mounted:
            subprocess.run(["/bin/umount", "-l", str(self.home)], check=False)
