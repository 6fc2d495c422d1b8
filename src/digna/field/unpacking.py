"""Requests that a telephone packed with gzip, unpacked within bounds."""

import zlib
from io import BytesIO

from django.http import HttpRequest
from django.utils.translation import gettext as _

from digna.errors import Refused

MOST_PACKED = 16 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes. Larger files come by parts; a bomb is stopped here, before it is in memory."""


def unpack(request: HttpRequest) -> None:
    """Put the plain body in the place of a packed one; leave a plain one alone.

    Raises:
        Refused: `field.request.too_large`, `field.request.unreadable`.
    """
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.headers.get("content-encoding", "").lower() != "gzip":
        if length > MOST_UNPACKED:
            raise too_large()
        return
    if length > MOST_PACKED:
        raise too_large()
    plain = _plain(request.read(MOST_PACKED + 1))
    request.META["CONTENT_LENGTH"] = str(len(plain))
    request.META.pop("HTTP_CONTENT_ENCODING", None)
    request._stream = BytesIO(plain)
    request._read_started = False  # type: ignore[attr-defined]


def _plain(packed: bytes) -> bytes:
    if len(packed) > MOST_PACKED:
        raise too_large()
    opener = zlib.decompressobj(wbits=31)
    try:
        plain = opener.decompress(packed, MOST_UNPACKED)
    except zlib.error as problem:
        raise unreadable() from problem
    if opener.unconsumed_tail:
        raise too_large()
    if not opener.eof:
        raise unreadable()
    return plain


def too_large() -> Refused:
    """Return the refusal of what is more than one request may hold."""
    return Refused(
        "field.request.too_large",
        _("Es demasiado para un solo envío. Quite alguna foto o use una más liviana."),
    )


def unreadable() -> Refused:
    """Return the refusal of what cannot be read as a request."""
    return Refused(
        "field.request.unreadable", _("El envío llegó cortado o dañado. Se envía otra vez.")
    )
