"""A load from this machine on this machine: clients that ask again as soon as they are answered.

Bounded in count and time. Standard library only, so that nothing of Digna is in the measure.
"""

import http.client
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """What many clients saw: answers a second and the spread of their waits, in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    bytes_each: int
    failures: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def load(
    port: int, path: str, *, clients: int = 20, seconds: float = 8, cookie: str = ""
) -> Measure:
    """Ask for one page from `clients` connections for some seconds; 127.0.0.1 only."""
    waits: list[float] = []
    failures: list[str] = []
    sizes: list[int] = []
    lock = threading.Lock()
    until = time.monotonic() + seconds

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
        mine: list[float] = []
        while time.monotonic() < until:
            started = time.perf_counter()
            try:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                body = answer.read()
            except OSError as problem:
                failures.append(str(problem))
                connection.close()
                continue
            mine.append((time.perf_counter() - started) * 1000)
            if answer.status != 200:
                failures.append(str(answer.status))
            sizes.append(len(body))
        with lock:
            waits.extend(mine)

    started = time.monotonic()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.monotonic() - started
    waits.sort()
    at = lambda share: waits[min(len(waits) - 1, int(len(waits) * share))] if waits else 0.0  # noqa: E731
    size = sizes[0] if sizes else 0
    return Measure(len(waits), spent, at(0.5), at(0.95), at(0.99), size, len(failures))


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process and its children, shared pages counted once (PSS)."""
    total = 0
    for one in [pid, *_children(pid)]:
        try:
            with open(f"/proc/{one}/smaps_rollup") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except (FileNotFoundError, StopIteration, PermissionError):
            continue
    return total / 1024


def rss_mb(pid: int) -> float:
    """Return the plain resident memory of one process."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) / 1024


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            for child in map(int, file.read().split()):
                found += [child, *_children(child)]
    except FileNotFoundError:
        pass
    return found
