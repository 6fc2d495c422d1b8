"""multipart/mixed, both ways: statements with the files attached to them. No Django."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message

MOST_PARTS = 100


class Broken(ValueError):
    """A body that does not keep to multipart/mixed."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, names in lower case, and its bytes."""

    headers: Mapping[str, str]
    body: bytes


def parsed_type(content_type: str) -> tuple[str, dict[str, str]]:
    """Return a media type in lower case, and its parameters.

    >>> parsed_type('Multipart/Mixed; boundary="x y"')
    ('multipart/mixed', {'boundary': 'x y'})
    """
    message = Message()
    message["content-type"] = content_type
    parameters = message.get_params(failobj=[])[1:]
    return message.get_content_type() if "/" in content_type else "", dict(parameters)


def split(body: bytes, boundary: str) -> list[Part]:
    """Return the parts of a body.

    Raises:
        Broken: no boundary, no parts, too many, or headers that cannot be read.
    """
    if not boundary:
        raise Broken("no boundary")
    pieces = re.split(rb"(?:^|\r?\n)--" + re.escape(boundary.encode()), body)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--") or len(pieces) > MOST_PARTS + 2:
        raise Broken("boundary")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    told = re.sub(rb"^[ \t]*\r?\n", b"", piece, count=1)
    if told.startswith((b"\r\n", b"\n")):
        return Part({}, told.lstrip(b"\r\n"))
    head, mark, body = _cut(told)
    if not mark:
        raise Broken("headers")
    headers = {}
    for line in head.decode("latin-1").splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise Broken("headers")
        headers[name.strip().lower()] = value.strip()
    return Part(headers, body)


def _cut(told: bytes) -> tuple[bytes, bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", told)
    if found is None:
        return told, b"", b""
    return told[: found.start()], found.group(), told[found.end() :]


def joined(parts: Sequence[Part], boundary: str) -> bytes:
    """Return parts as one body.

    >>> joined([Part({"Content-Type": "text/plain"}, b"a")], "B")
    b'--B\\r\\nContent-Type: text/plain\\r\\n\\r\\na\\r\\n--B--\\r\\n'
    """
    out = bytearray()
    for part in parts:
        head = "".join(f"{name}: {value}\r\n" for name, value in part.headers.items())
        out += b"--" + boundary.encode() + b"\r\n" + head.encode() + b"\r\n" + part.body + b"\r\n"
    return bytes(out + b"--" + boundary.encode() + b"--\r\n")
