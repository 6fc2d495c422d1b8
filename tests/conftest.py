"""What every test stands on: no network, no real waiting."""

import socket
from collections.abc import Iterator

import hypothesis
import pytest

hypothesis.settings.register_profile("digna", deadline=None)  # a busy machine is no fault
hypothesis.settings.load_profile("digna")

LOCAL = {"127.0.0.1", "localhost", "::1", None}


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse any connection off this machine: tests must not need the internet."""
    original = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError(f"a test reached for {address[0]}")
        original(self, address)  # type: ignore[arg-type]

    socket.socket.connect = connect  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = original  # type: ignore[method-assign]
