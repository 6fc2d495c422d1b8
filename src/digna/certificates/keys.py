"""The private key, in `DIGNA_HOME/keys` or `DIGNA_CREDENTIAL_KEY`: made once, rotated on demand."""

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from digna.certificates import signing

NAME = "credential_key.pem"


def private_key() -> bytes:
    """Return the key in use, made the first time it is asked for; readable by its owner only."""
    given = os.environ.get("DIGNA_CREDENTIAL_KEY")
    if given:
        return given.encode()
    path = _path()
    if not path.exists():
        _write(path, signing.new_key())
    return path.read_bytes()


def rotate(at: datetime) -> tuple[str, str]:
    """Put a new key in the place of the one in use, which is kept aside; return both dids."""
    path = _path()
    old = private_key()
    path.rename(path.with_name(f"{NAME}.{at:%Y%m%d%H%M%S}"))
    _write(path, signing.new_key())
    return signing.did_of(old), signing.did_of(path.read_bytes())


def _path() -> Path:
    return Path(settings.HOME) / "keys" / NAME


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
