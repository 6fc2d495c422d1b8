"""A bad line between telephones and the server: it cuts, delays, and sends things twice."""

import random
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

CHUNK = 4096


@dataclass
class BadLine:
    """Listens on a port of its own and passes on to the server's, badly.

    Attributes:
        cut, twice, slow: shares of connections that are cut somewhere, sent again whole a moment
            later, or held back.
        patience: seconds for which the server may be silent.
    """

    server: int
    seed: int
    cut: float = 0.08
    twice: float = 0.05
    slow: float = 0.1
    patience: float = 5
    seen: Counter[str] = field(default_factory=Counter)
    is_good: bool = False

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()

    def connect(self) -> None:
        """What a new connection costs; nothing here."""

    def move(self, piece: bytes, to: socket.socket, way: str) -> None:
        """Pass a piece on, `up` to the server or `down` to the telephone."""
        to.sendall(piece)

    def _draw(self) -> tuple[int | None, bool, float]:
        with self._lock:
            cut, twice, slow = (self._random.random() for _ in range(3))
            after = int(self._random.random() ** 3 * 200_000)
            wait = self._random.random() * 0.2
        if self.is_good:
            return None, False, 0.0
        return (after if cut < self.cut else None, twice < self.twice,
                wait if slow < self.slow else 0.0)  # fmt: skip

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        cut_after, twice, wait = self._draw()
        self.seen["connections"] += 1
        sent = bytearray()
        try:
            with client, socket.create_connection(("127.0.0.1", self.server), 5) as server:
                server.settimeout(self.patience)
                self.connect()
                if wait:
                    self.seen["delayed"] += 1
                    time.sleep(wait)
                self._carry(client, server, sent, cut_after)
        except OSError:
            self.seen["server was away"] += 1
        if twice and sent and cut_after is None:
            self._again(bytes(sent))

    def _carry(
        self, client: socket.socket, server: socket.socket, sent: bytearray, cut_after: int | None
    ) -> None:
        passed = threading.Event()

        def back() -> None:
            try:
                while piece := server.recv(CHUNK):
                    if cut_after is not None and len(sent) % 2:
                        self.seen["answers cut"] += 1
                        break  # the answer is lost; what was asked was done
                    self.move(piece, client, "down")
            except OSError:
                pass
            finally:
                passed.set()
                _shut(client)

        threading.Thread(target=back, daemon=True).start()
        client.settimeout(30)
        try:
            while not passed.is_set() and (piece := client.recv(CHUNK)):
                if cut_after is not None and len(sent) + len(piece) > cut_after:
                    server.sendall(piece[: max(0, cut_after - len(sent))])
                    self.seen["requests cut"] += 1
                    return
                self.move(piece, server, "up")
                sent += piece
        except OSError:
            return
        passed.wait(30)

    def _again(self, sent: bytes) -> None:
        """Send the same bytes once more, as a network that repeats itself; nobody listens."""
        self.seen["sent twice"] += 1
        try:
            with socket.create_connection(("127.0.0.1", self.server), 5) as server:
                server.sendall(sent)
                server.settimeout(5)
                while server.recv(CHUNK):
                    pass
        except OSError:
            return


def _shut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
