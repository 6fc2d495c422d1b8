"""Signed statements: the form of a JWS, and its signature where it brings a certificate.

Source: xAPI 1.0.3, part two, 2.6; RFC 7515. No Django.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

from digna.xapi import texts
from digna_engines.statements import reading

USAGE = "http://adlnet.gov/expapi/attachments/signature"
CONTENT_TYPE = "application/octet-stream"
ALGORITHMS = {"RS256": "SHA256", "RS384": "SHA384", "RS512": "SHA512"}


class Malformed(ValueError):
    """A signature that does not hold; the text says what is wrong."""


def check(signature: bytes, statement: Mapping[str, Any]) -> None:
    """Refuse a signature that is not a JWS over this statement.

    Raises:
        Malformed: not a compact JWS, another algorithm, another statement, or a signature that
            its own certificate does not confirm.
    """
    pieces = signature.strip().split(b".")
    if len(pieces) != 3:
        raise Malformed("JWS")
    header, payload = _object(pieces[0]), _object(pieces[1])
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise Malformed("alg")
    if not _is_signed(payload, statement):
        raise Malformed("payload")
    if header.get("x5c"):
        _verify(header["x5c"], str(algorithm), pieces)


def _is_signed(payload: Mapping[str, Any], statement: Mapping[str, Any]) -> bool:
    return reading.is_same(texts.listed_contexts(payload), texts.listed_contexts(statement))


def _bytes(piece: bytes) -> bytes:
    if not re.fullmatch(rb"[A-Za-z0-9_\-]*", piece):
        raise Malformed("base64")
    try:
        return base64.urlsafe_b64decode(piece + b"=" * (-len(piece) % 4))
    except binascii.Error as problem:
        raise Malformed("base64") from problem


def _object(piece: bytes) -> Mapping[str, Any]:
    try:
        value = texts.read(_bytes(piece))
    except texts.Unreadable as problem:
        raise Malformed("JSON") from problem
    if not isinstance(value, Mapping):
        raise Malformed("JSON")
    return value


def _verify(chain: Any, algorithm: str, pieces: list[bytes]) -> None:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    try:
        certificate = x509.load_der_x509_certificate(base64.b64decode(chain[0]))
    except (ValueError, TypeError, KeyError) as problem:
        raise Malformed("x5c") from problem
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise Malformed("x5c")
    digest = getattr(hashes, ALGORITHMS[algorithm])()
    try:
        key.verify(_bytes(pieces[2]), b".".join(pieces[:2]), padding.PKCS1v15(), digest)
    except InvalidSignature as problem:
        raise Malformed("signature") from problem
