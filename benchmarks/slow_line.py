"""A trainer's week over a line of 2G: 40 kbit/s, 600 ms, one part in twenty lost.

Serves an installation of its own on SQLite. A telephone of the tests (`tests/field/outbox.py`,
which speaks docs/sync.md) sends a week through a line that gives every 1,460 bytes their time,
loses one in twenty (it comes again 1.2 s later, and is paid twice) and cuts one connection in
twenty somewhere. Prints how long it took beside the time that its files alone need, how many
bytes travelled, and what the database holds.

    python benchmarks/slow_line.py [--bits 40000] [--loss 0.05] [--notes 30] [--photos 6]
"""

import argparse
import os
import random
import socket
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / one) for one in ("src", "tests", "tests/digna")]

from field.outbox import DONE, Item, Phone  # noqa: E402
from field.proxy import BadLine  # noqa: E402
from field.server import Server  # noqa: E402

SEGMENT = 1460
AGAIN = 1.2
"""Seconds until a lost part is sent again."""


@dataclass
class SlowLine(BadLine):
    """A line that takes its time: one sender at a time in each direction, as a radio does."""

    bytes_a_second: float = 5_000
    loss: float = 0.05
    latency: float = 0.3
    travelled: int = 0
    _ways: dict[str, threading.Lock] = field(
        default_factory=lambda: {"up": threading.Lock(), "down": threading.Lock()}
    )

    def move(self, piece: bytes, to: socket.socket, way: str) -> None:
        """Pass a piece on, part by part, each in its time."""
        with self._ways[way]:
            for start in range(0, len(piece), SEGMENT):
                part = piece[start : start + SEGMENT]
                self._wait(len(part))
                to.sendall(part)

    def _wait(self, size: int) -> None:
        self.travelled += size
        time.sleep(size / self.bytes_a_second)
        if self._random.random() < self.loss:
            self.seen["parts lost"] += 1
            self.travelled += size
            time.sleep(AGAIN + size / self.bytes_a_second)

    def connect(self) -> None:
        """A new connection asks and is answered once before anything travels."""
        time.sleep(2 * self.latency)


def main() -> None:
    """Send a week, say what it took."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--bits", type=int, default=40_000)
    cli.add_argument("--loss", type=float, default=0.05)
    cli.add_argument("--notes", type=int, default=30)
    cli.add_argument("--photos", type=int, default=6)
    told = cli.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIGNA_HOME"] = folder
        home = Path(folder) / "home"
        home.mkdir()
        server = Server(home)
        try:
            _week(server, told)
        finally:
            server.stop()


def _week(server: Server, told: argparse.Namespace) -> None:
    world = server.makes_world(1)
    server.start()
    line = SlowLine(
        server.port, 20261123, cut=0.05, twice=0.0, slow=0.0, patience=300,
        bytes_a_second=told.bits / 8, loss=told.loss,
    )  # fmt: skip
    [one] = world["phones"]
    items = _items(world["disputed"][0]["key"], told)
    phone = Phone(one["device"], one["grant"], line.port, 1, items)
    size = sum(len(content) for item in items for content in item.files.values())
    began = time.monotonic()
    phone.run()
    took = time.monotonic() - began
    line.close()
    result = server.verifies(
        {
            "items": [
                {
                    "id": item.id, "action": item.action, "values": item.values, "files": {},
                    "state": item.state, "expected": [DONE], "hangs": False, "message": "",
                }
                for item in items
            ],
            "filled": [],
        }
    )  # fmt: skip
    floor = max(size, 1) / (told.bits / 8)
    print(
        f"{len(items)} intentions, {size / 1e3:.0f} kB of photographs at "
        f"{told.bits / 1e3:.0f} kbit/s: {took / 60:.1f} min, "
        f"{took / floor:.2f} times what the photographs alone need without loss; "
        f"{line.travelled / 1e3:.0f} kB travelled\n{dict(line.seen)} {dict(phone.seen)}\n"
        f"in the database: {result['counts']}, faults {result['faults']}"
    )


def _items(firm: str, told: argparse.Namespace) -> list[Item]:
    dice = random.Random(7)
    notes = [
        Item("registry.note.written", {"enterprise": [firm], "text": [f"Nota {n} de la visita"]})
        for n in range(told.notes)
    ]
    for n in range(told.photos):
        notes[n * len(notes) // told.photos].files["photo"] = _photo(dice)
    return notes


def _photo(dice: random.Random) -> bytes:
    """A photograph that can be read, of about the size that the telephone sends."""
    import io

    from PIL import Image

    out = io.BytesIO()
    side = 380
    Image.frombytes("RGB", (side, side), dice.randbytes(side * side * 3)).save(
        out, "JPEG", quality=92
    )
    return out.getvalue()


if __name__ == "__main__":
    main()
