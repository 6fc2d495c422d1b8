"""The key of a person's outbox on a telephone, kept here sealed in case the PIN is forgotten."""

import base64
import binascii
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from digna.errors import NotVisible, Refused

MOST = 512
"""Bytes: a data key is 32."""


def seal(key: str) -> str:
    """Return base64 of a data key, sealed under a key made from the installation's secret.

    Raises:
        Refused: `field.recovery.unreadable`.
    """
    try:
        raw = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise _unreadable() from problem
    if not 16 <= len(raw) <= MOST:
        raise _unreadable()
    return _box().encrypt(raw).decode()


def opened(sealed: str) -> str:
    """Return what `seal` was given.

    Raises:
        NotVisible: `field.recovery.none`: none was kept, or under another secret.
    """
    try:
        return base64.b64encode(_box().decrypt(sealed.encode())).decode()
    except InvalidToken as problem:
        raise NotVisible(
            "field.recovery.none",
            _("El servidor no tiene la llave de este teléfono. Solo el PIN lo abre."),
        ) from problem


def _box() -> Fernet:
    secret = hashlib.sha256(b"digna.field.recovery:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))


def _unreadable() -> Refused:
    return Refused("field.recovery.unreadable", _("La llave de este teléfono llegó dañada."))
