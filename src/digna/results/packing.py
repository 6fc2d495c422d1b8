"""The keys behind a figure, packed small: a hundred thousand people in some 100 kB. Pure.

Integers are kept as eight-byte numbers in order, texts as JSON; both compressed. The hash is over
what is packed, before compressing, so that another version of zlib changes nothing.
"""

import json
import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

Keys = tuple[int, ...] | tuple[str, ...]
INTEGERS, TEXTS = b"q", b"j"


@dataclass(frozen=True, slots=True)
class Packed:
    """Packed keys, how many there are, and the SHA-256 of them."""

    data: bytes
    count: int
    sha256: str


def pack(keys: Iterable[int] | Iterable[str]) -> Packed:
    """Pack distinct keys in order.

    >>> packed = pack([3, 1, 3])
    >>> unpack(packed.data), packed.count
    ((1, 3), 2)
    """
    distinct = set(keys)
    numbers = array("q", sorted(key for key in distinct if isinstance(key, int)))
    if len(numbers) == len(distinct):
        if sys.byteorder == "big":
            numbers.byteswap()
        kind, plain = INTEGERS, numbers.tobytes()
    else:
        texts = sorted(str(key) for key in distinct)
        kind, plain = TEXTS, json.dumps(texts, ensure_ascii=False).encode()
    return Packed(kind + zlib.compress(plain, 6), len(distinct), sha256(kind + plain).hexdigest())


def unpack(data: bytes | memoryview | None) -> Keys:
    """Return the keys that `pack` packed; nothing at all is no keys.

    >>> unpack(pack(["café", "quinua"]).data), unpack(None)
    (('café', 'quinua'), ())
    """
    if data is None:
        return ()
    packed = bytes(data)
    plain = zlib.decompress(packed[1:])
    if packed[:1] == TEXTS:
        return tuple(json.loads(plain))
    numbers = array("q", plain)
    if sys.byteorder == "big":
        numbers.byteswap()
    return tuple(numbers)
