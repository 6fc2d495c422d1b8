"""HTTP Digest, as the telephones of OpenRosa speak it: RFC 2617 with `auth`, MD5.

Collect answers nothing but Digest over plain http. MD5 is what it knows; what it guards are random
passwords of a hundred bits, which no table of hashes holds (docs/adr/0016).
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

FIELD = re.compile(r'([A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
HEX = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Response:
    """What a client answered to a challenge."""

    username: str
    realm: str
    nonce: str
    uri: str
    response: str
    qop: str = ""
    nc: str = ""
    cnonce: str = ""


def read(told: str) -> Response | None:
    """Return the fields of an `Authorization: Digest` header; None where one is missing."""
    found = {
        name.lower(): re.sub(r"\\(.)", r"\1", quoted) if quoted else bare
        for name, quoted, bare in FIELD.findall(told)
    }
    needed = ("username", "realm", "nonce", "uri", "response")
    if any(not found.get(name) for name in needed):
        return None
    if found.get("algorithm", "MD5").upper() != "MD5" or found.get("qop", "auth") != "auth":
        return None
    names = (*needed, "qop", "nc", "cnonce")
    return Response(**{name: found.get(name, "") for name in names})


def ha1(username: str, realm: str, password: str) -> str:
    """Return what is kept of a password.

    >>> ha1("Mufasa", "testrealm@host.com", "Circle Of Life")
    '939e7578ed9e3c518a452acee763bce9'
    """
    return _md5(f"{username}:{realm}:{password}")


def is_right(told: Response, *, ha1: str, method: str) -> bool:
    """Whether a response was made with the password whose `ha1` is kept.

    Source: RFC 2617, 3.2.2.1, and its example in 3.5.
    """
    ha2 = _md5(f"{method}:{told.uri}")
    if told.qop:
        wanted = _md5(f"{ha1}:{told.nonce}:{told.nc}:{told.cnonce}:{told.qop}:{ha2}")
    else:
        wanted = _md5(f"{ha1}:{told.nonce}:{ha2}")
    return hmac.compare_digest(wanted, told.response.lower())


def is_for(told: Response, path: str) -> bool:
    """Whether a response was made for the path that was asked, however either is escaped."""
    return unquote(urlsplit(told.uri).path) == unquote(path)


def nonce(secret: str, at: int) -> str:
    """Return a challenge that only this installation makes, and that says when it was made."""
    return f"{at:x}-{_sign(secret, f'{at:x}')}"


def age(told: str, secret: str, now: int) -> int | None:
    """Return how many seconds ago a challenge was made; None where it is not ours."""
    stamp, _dash, sign = told.partition("-")
    if not hmac.compare_digest(sign, _sign(secret, stamp)):
        return None
    return now - int(stamp, 16)


def _sign(secret: str, stamp: str) -> str:
    return hmac.new(secret.encode(), stamp.encode(), hashlib.sha256).hexdigest()[:32]


def _md5(told: str) -> str:
    return hashlib.md5(told.encode(), usedforsecurity=False).hexdigest()
