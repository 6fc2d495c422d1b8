"""Nothing is lost and nothing counts twice, whatever happens to the line, the server or its disk.

A small run belongs to every `make test`; `make test-field` does the large one (DIGNA_CHAOS=full).
"""

import hashlib
import io
import json
import os
import random
import socket
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from field.outbox import DONE, QUESTION, Collector, Item, Phone, asked, filled_form, multipart
from field.proxy import BadLine
from field.server import Disk, Server


@dataclass(frozen=True)
class Size:
    """How much is done, and how often the server is killed."""

    phones: int
    each: int
    submissions: int
    kills: int
    megabytes: int


SMALL = Size(phones=4, each=24, submissions=12, kills=4, megabytes=96)
FULL = Size(phones=12, each=250, submissions=300, kills=110, megabytes=700)
SIZE = FULL if os.environ.get("DIGNA_CHAOS") == "full" else SMALL
SEED = int(os.environ.get("DIGNA_CHAOS_SEED", "20261123"))


def photo(kind: random.Random, *, large: bool) -> bytes:
    """A photograph that can be read; a large one goes by parts."""
    out = io.BytesIO()
    side = 360 if large else 40
    Image.frombytes("RGB", (side, side), kind.randbytes(side * side * 3)).save(out, "JPEG")
    return out.getvalue()


def week(number: int, world: dict[str, Any], photos: list[bytes]) -> list[Item]:
    """What one person does without signal: each thing can be told from every other."""
    dice, items = random.Random(SEED * 100 + number), []
    while len(items) < SIZE.each:
        word = f"{number}-{len(items)}-{dice.getrandbits(24):06x}"
        kind = dice.random()
        if kind < 0.45:
            items += _newborn(word, dice, photos)
        elif kind < 0.75:
            items.append(Item("registry.person.registered", _person(word)))
        elif kind < 0.9:
            items.append(_quarrel(number, word, dice, world))
        elif kind < 0.95:
            items.append(Item("chaos.thing.broken", {"name": [word]}, expected=(QUESTION,),
                              files={"photo": photos[0]}))  # fmt: skip
        else:
            items.append(Item("registry.enterprise.registered", {"name": [""]},
                              expected=("refused",)))  # fmt: skip
    return items


def _newborn(word: str, dice: random.Random, photos: list[bytes]) -> list[Item]:
    firm = Item("registry.enterprise.registered", {"name": [f"Empresa {word}"], "is_new": ["on"]})
    note = Item(
        "registry.note.written",
        {"enterprise": [f"@{firm.id}"], "text": [f"Nota {word}"]},
        after=(firm.id,),
        files={"photo": dice.choice(photos)} if dice.random() < 0.5 else {},
    )
    return [firm, note]


def _person(word: str) -> dict[str, list[str]]:
    return {"given_names": [f"Persona {word}"], "is_new": ["on"], "consent": ["on"]}


def _quarrel(number: int, word: str, dice: random.Random, world: dict[str, Any]) -> Item:
    """Change a firm that others change too: its name clashes, what only one changes does not."""
    firm = dice.choice(world["disputed"])
    change = {"name": [f"Nombre {word}"]} if dice.random() < 0.5 else {
        "legal_name": [f"Razón {number}"]
    }  # fmt: skip
    return Item(
        "registry.enterprise.corrected",
        {**firm["base"], **change, "enterprise": [firm["key"]]},
        base=firm["base"],
        expected=(DONE, QUESTION),
    )


def filled(number: int, photos: list[bytes]) -> tuple[str, bytes, bytes]:
    """A form filled with a survey app."""
    key = f"uuid:{uuid.UUID(int=random.Random(SEED + number).getrandbits(128), version=4)}"
    return key, filled_form(key), photos[number % len(photos)]


class Chaos:
    """One run: telephones, the bad line, the server and its disk, and what was counted."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.disk = Disk(folder / "home", SIZE.megabytes)
        self.server = Server(folder / "home", database)
        self.line = BadLine(self.server.port, SEED)
        self.seen: Counter[str] = Counter()
        dice = random.Random(SEED)
        self.photos = [photo(dice, large=large) for large in (False, True, False, True)]
        self.folder, self.phones, self.collectors = folder, [], []  # type: ignore[var-annotated]

    def prepare(self) -> None:
        world = self.world = self.server.makes_world(SIZE.phones)
        self.phones = [
            Phone(
                one["device"], one["grant"], self.line.port, SEED + n, week(n, world, self.photos)
            )
            for n, one in enumerate(world["phones"])
        ]
        half = SIZE.submissions // 2
        sent = [filled(n, self.photos) for n in range(SIZE.submissions)]
        self.collectors = [
            Collector(world["token"], self.line.port, SEED, part)
            for part in (sent[:half], sent[half:])
        ]

    def send_all(self, tormentor: Any = None) -> None:
        """Let every telephone send while somebody torments the server."""
        threads = [
            threading.Thread(target=one.run, daemon=True)
            for one in [*self.phones, *self.collectors]
        ]
        for thread in threads:
            thread.start()
        if tormentor is not None:
            tormentor(lambda: any(thread.is_alive() for thread in threads))
        until = time.monotonic() + 240
        for thread in threads:
            thread.join(max(1, until - time.monotonic()))
        assert not any(thread.is_alive() for thread in threads), "telephones still send"

    def told(self) -> dict[str, Any]:
        places = {}
        for number, content in enumerate(self.photos):
            place = self.folder / f"photo-{number}.jpg"
            place.write_bytes(content)
            places[content] = str(place)
        items = [
            {
                "id": item.id, "action": item.action, "values": item.values, "state": item.state,
                "expected": [*item.expected, *(["waiting"] if phone._hangs(item) else [])],
                "hangs": phone._hangs(item), "message": item.answer.get("message", ""),
                "files": {name: places[content] for name, content in item.files.items()},
            }
            for phone in self.phones
            for item in phone.items
        ]  # fmt: skip
        sent = [
            {"id": key, "sha256": hashlib.sha256(content).hexdigest()}
            for collector in self.collectors
            for key, _xml, content in collector.filled
        ]
        return {"items": items, "filled": sent}

    def close(self) -> None:
        for one in [*self.phones, *self.collectors]:
            one.stop.set()
        self.server.stop()
        self.line.close()
        self.disk.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(params=["sqlite", "postgres"])
def chaos(request: pytest.FixtureRequest, folder: Path) -> Iterator[Chaos]:
    database = _postgres() if request.param == "postgres" else ""
    run = Chaos(folder, database)
    try:
        run.prepare()
        run.server.start()
        yield run
    finally:
        run.close()


def _postgres() -> str:
    try:
        from digna.config.settings import postgres_for_tests
    except ImportError:  # pragma: no cover
        pytest.skip("no PostgreSQL here")
    told = postgres_for_tests.start()
    return f"postgresql://{told['USER']}@/{told['NAME']}?host={told['HOST']}"


@pytest.mark.timeout(1500)
def test_nothing_is_lost_and_nothing_counts_twice(
    chaos: Chaos, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    is_sqlite = "sqlite" in request.node.name
    dice = random.Random(SEED)

    def torment(is_running: Any) -> None:
        """Kill in mid-request, fill the disk half way, until there was enough of it."""
        server = chaos.server
        for number in range(SIZE.kills):
            time.sleep(0.05 + dice.random() * (0.4 if is_running() else 0.0))
            if number == SIZE.kills // 2:
                chaos.disk.fill(server)
                time.sleep(0.6)
                chaos.disk.free(server)
            if number == SIZE.kills // 3 and is_sqlite:
                chaos.copy = server.copy_database()  # type: ignore[attr-defined]
            chaos.seen["killed with a request under way"] += _busy(chaos)
            server.kill()
            server.start()

    _cut_one(chaos)
    chaos.send_all(torment)
    if is_sqlite:
        chaos.server.kill()
        chaos.server.put_back(chaos.copy)  # type: ignore[attr-defined]
        chaos.server.start()
        for collector in chaos.collectors:
            collector.sent.clear()  # who fills forms with another app sends them again by hand
        chaos.send_all()
    _hand_in(chaos)
    result = chaos.server.verifies(chaos.told())
    _print(chaos, result, capsys)
    assert result["faults"] == []
    assert chaos.server.kills >= SIZE.kills
    assert result["counts"]["submissions"] == SIZE.submissions
    assert result["counts"]["photographs compared"] > 0
    assert result["counts"]["question"] > 0


def _cut_one(chaos: Chaos) -> None:
    """Send half of a note, cut in its photograph: it must not count as done without it."""
    phone = chaos.phones[0]
    note = Item(
        "registry.note.written",
        {"enterprise": [chaos.world["disputed"][0]["key"]], "text": ["Nota cortada"]},
        files={"photo": chaos.photos[0]},
    )
    body, kind = multipart(
        {"id": note.id, "action": note.action, "at": "2026-11-01T10:00:00Z",
         "values": json.dumps(note.values), "device": phone.device},
        {"photo": ("photo.jpg", chaos.photos[0])},
    )  # fmt: skip
    head = (
        f"POST /field/sync HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nConnection: close\r\n"
        f"Authorization: Bearer {phone.grant}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", chaos.server.port), 10) as line:
        line.sendall(head.encode() + body[:-200])
        line.shutdown(socket.SHUT_WR)
        assert b'"done"' not in line.recv(65_536)
    phone.items.insert(0, note)


def _busy(chaos: Chaos) -> bool:
    return any(t.name.startswith("Thread") and "_pass_on" in t.name for t in threading.enumerate())


def _hand_in(chaos: Chaos) -> None:
    """The storage of one telephone is cleared after its outbox was saved as a file: it is handed in
    at the office, twice, and what had arrived already counts once."""
    phone = chaos.phones[0]
    late = [Item("registry.person.registered", _person(f"archivo-{n}")) for n in range(3)]
    phone.items += late
    content = json.dumps(
        {
            "kind": "digna-outbox",
            "version": 1,
            "items": [
                {"id": item.id, "action": item.action, "at": "2026-11-01T10:00:00Z",
                 "values": item.values, "grant": phone.grant, "about": "x", "files": []}
                for item in phone.items if item.state == DONE or item in late
                if item.action == "registry.person.registered"
            ],
        }
    ).encode()  # fmt: skip
    for _time in (1, 2):
        status, _page = _upload(chaos, content)
        assert status == 200
    for item in late:
        item.state = DONE


def _upload(chaos: Chaos, content: bytes) -> tuple[int, bytes]:
    cookie = f"sesion={chaos.world['lead']}; csrf={'a' * 32}"
    body, kind = multipart({"csrfmiddlewaretoken": "a" * 32}, {"file": ("digna.json", content)})
    headers = {"Content-Type": kind, "Cookie": cookie}
    return asked(chaos.server.port, "POST", "/campo/archivo", body, headers)


def _print(chaos: Chaos, result: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    seen = sum((phone.seen for phone in chaos.phones), Counter(chaos.line.seen))
    seen += sum((one.seen for one in chaos.collectors), Counter(chaos.seen))
    with capsys.disabled():
        print(f"\n  seed {SEED}, disk by {chaos.disk.how}, killed {chaos.server.kills} times")
        print(f"  intentions {sum(len(p.items) for p in chaos.phones)}: {dict(result['counts'])}")
        print(f"  journal {result['lines']} lines; seen {dict(sorted(seen.items()))}")
        for fault in result["faults"][:20]:
            print(f"  ! {fault}")
