"""Requests arrive whole or not at all.

When the line is cut in the middle of a form, the server hands on what came and then an end, and a
reader of forms takes that for the end of the form: the fields that came first would be carried out
without the photograph that was to follow, and the same form sent again would be answered «done».
Here an end before the promised length is an error, so nothing is carried out.
"""

from collections.abc import Callable, Iterable
from typing import Any

Environment = dict[str, Any]
Application = Callable[[Environment, Any], Iterable[bytes]]


class Cut(OSError):
    """The request ended before the length it promised."""


class Whole:
    """A request's body that must be as long as was said."""

    def __init__(self, body: Any, length: int) -> None:
        self._body, self._left = body, length

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, or all that are left.

        Raises:
            Cut: there are fewer than were promised.
        """
        wanted = self._left if size < 0 else min(size, self._left)
        pieces = []
        while wanted > 0:
            piece = self._held(self._body.read(wanted))
            wanted -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        """Return a line, or so many bytes of it.

        Raises:
            Cut: as `read`.
        """
        most = self._left if size < 0 else min(size, self._left)
        return self._held(self._body.readline(most)) if most > 0 else b""

    def _held(self, piece: bytes) -> bytes:
        if not piece:
            raise Cut("the request was cut")
        self._left -= len(piece)
        return piece


def whole_requests(application: Application) -> Application:
    """Return an application that carries out no request of which only a part came."""

    def respond(environ: Environment, start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdigit() and int(length) > 0:
            environ["wsgi.input"] = Whole(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return respond
