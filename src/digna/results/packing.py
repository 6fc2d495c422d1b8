"""The keys behind a figure, packed small: a million rows that follow in a few kilobytes. Pure.

Integers are kept in order as eight-byte steps from one to the next, texts as JSON; both compressed.
The hash is over what is packed, before compressing, so that another zlib changes nothing.
"""

import itertools
import json
import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from operator import sub

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
        return pack_numbers(numbers)
    texts = sorted(str(key) for key in distinct)
    return _packed(TEXTS, json.dumps(texts, ensure_ascii=False).encode(), len(texts))


def pack_numbers(numbers: "array[int]") -> Packed:
    """Pack integers that are distinct and in order already: the road for a million of them."""
    following = map(sub, itertools.islice(numbers, 1, None), numbers)
    steps = array("q", itertools.chain(numbers[:1], following))
    if sys.byteorder == "big":
        steps.byteswap()
    return _packed(INTEGERS, steps.tobytes(), len(numbers))


def _packed(kind: bytes, plain: bytes, count: int) -> Packed:
    return Packed(kind + zlib.compress(plain, 6), count, sha256(kind + plain).hexdigest())


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
    steps = array("q", plain)
    if sys.byteorder == "big":
        steps.byteswap()
    return tuple(itertools.accumulate(steps))
