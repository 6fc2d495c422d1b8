"""A Digna of its own for a measurement: started, asked until it answers, signed in, stopped."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Running:
    """A server under measurement."""

    pid: int
    port: int
    seconds_to_answer: float


@contextmanager
def digna(home: Path, port: int = 8123, workers: int = 2) -> Iterator[Running]:
    """Serve `home` and yield once a page is answered."""
    environment = os.environ | {"DIGNA_HOME": str(home), "DIGNA_DEBUG": ""}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(workers)]
    started = time.monotonic()
    with started_process(command, environment, ROOT) as process:
        wait_for(port, "/cuenta/login/")
        yield Running(process.pid, port, time.monotonic() - started)


@contextmanager
def started_process(
    command: list[str], environment: dict[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in a session of its own; the whole session is stopped at the end."""
    process = subprocess.Popen(
        command, env=environment, cwd=folder, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def wait_for(port: int, path: str, seconds: float = 120) -> None:
    """Ask until the page is answered with 200."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status in {200, 302}:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"nothing answered on {port}{path}")


def sign_in(port: int, user: str, password: str) -> str:
    """Sign in as a browser would and return the cookies."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/cuenta/login/")
    answer = connection.getresponse()
    page = answer.read().decode()
    jar = _cookies(answer)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    form = {
        "login": user,
        "password": password,
        "csrfmiddlewaretoken": token.group(1) if token else "",
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{k}={v}" for k, v in jar.items()),
    }
    connection.request("POST", "/cuenta/login/", urllib.parse.urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"sign-in answered {answer.status}")
    jar |= _cookies(answer)
    return "; ".join(f"{k}={v}" for k, v in jar.items())


def _cookies(answer: http.client.HTTPResponse) -> dict[str, str]:
    pairs = [
        line.split(";")[0].split("=", 1) for line in answer.headers.get_all("Set-Cookie") or []
    ]
    return {name: value for name, value in pairs}
