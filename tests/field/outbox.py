"""The outbox of a telephone, as docs/sync.md has it: at least once, in order, by parts, asking."""

import hashlib
import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

WAITING, DONE, QUESTION, REFUSED = "waiting", "done", "question", "refused"
INLINE = 65_536
PIECE = 65_536


@dataclass
class Item:
    """One intention on a telephone."""

    action: str
    values: dict[str, list[str]]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    after: tuple[str, ...] = ()
    base: dict[str, list[str]] | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    expected: tuple[str, ...] = (DONE,)
    state: str = WAITING
    answer: dict[str, Any] = field(default_factory=dict)


class Broken(Exception):
    """No answer: the line is cut or the server away."""


@dataclass
class Phone:
    """One telephone; it runs in a thread of its own until all it did has an answer."""

    device: str
    grant: str
    port: int
    seed: int
    items: list[Item] = field(default_factory=list)
    mark: str = ""
    seen: Counter[str] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.clock = timedelta(0)
        self.server_seen = ""

    # --- rounds

    def run(self) -> None:
        """Send until nothing waits, or told to stop."""
        while not self.stop.is_set():
            if self.random.random() < 0.05:
                self.clock = timedelta(days=self.random.choice((-900, -3, 0, 2, 4000)))
            try:
                if self.round():
                    return
            except Broken:
                self.seen["rounds broken"] += 1
                time.sleep(0.02 + self.random.random() * 0.1)

    def round(self) -> bool:
        """Send what waits, oldest first; return whether nothing is left that could go."""
        self.ask()
        waiting = [item for item in self.items if item.state == WAITING]
        if self.random.random() < 0.1:
            self.random.shuffle(waiting)  # two tabs, an old client: order is not to be trusted
            self.seen["rounds out of order"] += 1
        for item in waiting:
            self.send(item)
        self.ask()
        return not any(item.state == WAITING and not self._hangs(item) for item in self.items)

    def _hangs(self, item: Item) -> bool:
        """Whether what it follows waits for a person: then it may wait too."""
        states = {one.id: one.state for one in self.items}
        return any(states.get(one) in (QUESTION, REFUSED) for one in item.after)

    # --- one intention

    def send(self, item: Item) -> None:
        """Send one intention, its large files ahead."""
        fields, inline = self._fields(item)
        answer = self._post("/field/sync", *_multipart(fields, inline))
        if answer.get("state") == "parts":
            for digest in answer["missing"]:
                self._send_parts(next(c for c in item.files.values() if _sha(c) == digest))
            answer = self._post("/field/sync", *_multipart(fields, inline))
        self._take(item, answer)
        if self.random.random() < 0.05:
            self.seen["sent again after the answer"] += 1
            self._post("/field/sync", *_multipart(fields, inline))

    def _take(self, item: Item, answer: dict[str, Any]) -> None:
        if answer.get("state") in (DONE, QUESTION, REFUSED):
            item.state, item.answer = answer["state"], answer

    def _fields(self, item: Item) -> tuple[dict[str, str], dict[str, bytes]]:
        now = datetime.now(UTC) + self.clock
        large = {n: c for n, c in item.files.items() if len(c) > INLINE}
        fields = {
            "id": item.id,
            "action": item.action,
            "at": (now - timedelta(hours=5)).isoformat(),
            "sent": now.isoformat(),
            "values": json.dumps(item.values),
            "device": self.device,
            "seq": str(self.items.index(item)),
            "after": json.dumps(item.after),
            "parts": json.dumps(
                [{"field": n, "name": f"{n}.jpg", "type": "image/jpeg", "sha256": _sha(c),
                  "size": len(c)} for n, c in large.items()]
            ),
        }  # fmt: skip
        if item.base is not None:
            fields["base"] = json.dumps(item.base)
        return fields, {n: c for n, c in item.files.items() if n not in large}

    def _send_parts(self, content: bytes) -> None:
        path = f"/field/parts/{_sha(content)}"
        have = self._ask("GET", path)["have"]
        while have < len(content):
            headers = {"Upload-Offset": str(have), "Upload-Length": str(len(content))}
            answer = self._ask("PATCH", path, content[have : have + PIECE], headers)
            have = int(answer.get("have", 0))
            self.seen["pieces"] += 1

    # --- what became of it

    def ask(self) -> None:
        """Ask about questions; and about everything, when the server says a backup came back."""
        asked = [one for one in self.items if one.state == QUESTION]
        known = self._known(asked)
        if known["server"]["mark"] != self.mark:
            if self.mark:
                self.seen["restores noticed"] += 1
                self._recover([one for one in self.items if one.state in (DONE, QUESTION)])
            self.mark = known["server"]["mark"]

    def _recover(self, items: list[Item]) -> None:
        for start in range(0, len(items), 500):
            told = self._known(items[start : start + 500])["items"]
            for item in items[start : start + 500]:
                if told[item.id]["state"] == "unknown":
                    item.state = WAITING
                    self.seen["sent again after a restore"] += 1

    def _known(self, items: list[Item]) -> dict[str, Any]:
        body = json.dumps({"ids": [one.id for one in items[:500]], "device": self.device}).encode()
        return self._ask("POST", "/field/known", body, {"Content-Type": "application/json"})

    # --- the line

    def _post(self, path: str, body: bytes, kind: str) -> dict[str, Any]:
        return self._ask("POST", path, body, {"Content-Type": kind})

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        status, content = asked(
            self.port,
            method,
            path,
            body,
            {
                "Authorization": f"Bearer {self.grant}",
                "X-Digna-Seen": self.server_seen,
                **(headers or {}),
            },
        )
        if status >= 500 or status == 429:
            self.seen[f"answers {status}"] += 1
            raise Broken
        try:
            told = dict(json.loads(content))
        except ValueError as problem:
            raise Broken from problem
        self.server_seen = told.get("server", {}).get("seen", self.server_seen)
        return told


def asked(
    port: int, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """Ask once; whatever goes wrong on the way is `Broken`."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=40)
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as problem:
        raise Broken from problem
    finally:
        line.close()


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _multipart(fields: dict[str, str], files: dict[str, bytes]) -> tuple[bytes, str]:
    return multipart(fields, {name: (f"{name}.jpg", content) for name, content in files.items()})


def multipart(fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """Return a form with files as bytes, and its content type."""
    edge = uuid.uuid4().hex
    out = bytearray()
    for name, text in fields.items():
        out += f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        out += text.encode() + b"\r\n"
    for name, (file, content) in files.items():
        out += (
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        out += content + b"\r\n"
    out += f"--{edge}--\r\n".encode()
    return bytes(out), f"multipart/form-data; boundary={edge}"


def filled_form(key: str) -> bytes:
    """Return the XML of a form as a survey app fills it; `chompa.jpg` goes with it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><data id="empresas" version="1" '
        'xmlns:orx="http://openrosa.org/xforms"><datos><nombre>Firma</nombre><personas>3</personas>'
        "<formal>si</formal><rubros>textil</rubros></datos><lugar>-16.5 -68.15 3640 4.5</lugar>"
        "<productos><producto>Chompa</producto><precio>1.5</precio><foto>chompa.jpg</foto></productos>"
        f"<gracias/><orx:meta><orx:instanceID>{key}</orx:instanceID></orx:meta></data>"
    ).encode()


@dataclass
class Collector:
    """A telephone with a survey app: it knows nothing of Digna's protocol and sends until 201."""

    token: str
    port: int
    seed: int
    filled: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Send each until the server said that it has it."""
        for key, xml, photo in self.filled:
            while key not in self.sent and not self.stop.is_set():
                body, kind = multipart(
                    {}, {"xml_submission_file": ("a.xml", xml), "chompa.jpg": ("chompa.jpg", photo)}
                )
                headers = {"Content-Type": kind, "X-OpenRosa-Version": "1.0"}
                try:
                    path = f"/openrosa/key/{self.token}/submission"
                    status, _told = asked(self.port, "POST", path, body, headers)
                except Broken:
                    status = 0
                if status in (201, 202):
                    self.sent.add(key)
                else:
                    self.seen[f"submissions answered {status}"] += 1
                    time.sleep(0.05)
