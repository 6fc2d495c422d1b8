"""How a telephone notices that a backup took this server's place: a mark, and what was seen.

What was answered «done» and is not in the restored backup would be lost in silence. So every answer
carries `mark`, which changes when that may have happened, and telephones then ask what became of
everything they sent. The mark changes in three cases: `digna restore` ran; the journal is shorter
than this machine remembers outside the database; or shorter than a telephone saw (signed, so that
nobody can make it up).
"""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing

from digna.field.models import Installation
from digna.field.services import installation as services
from digna.journal import actor, selectors

SALT = "digna.field.seen"
FOLDER = "field"
RESTORED = 2**62
"""More lines than any journal has."""
FOUNDING = uuid.uuid5(uuid.NAMESPACE_DNS, "field.installation.founded")


def told(seen: str = "") -> dict[str, Any]:
    """Return what every answer says of the server; `seen` is what the telephone was told last."""
    row = notice(seen)
    lines = selectors.version()
    _remember(row, lines)
    return {"id": str(row.public_id), "mark": row.mark, "seen": _seen(row, lines)}


def notice(seen: str = "") -> Installation:
    """Change the mark where the journal is shorter than was seen; return this installation.

    Asked before a request writes as well: what it writes could make up for what is missing.
    """
    row = current()
    before = max(_remembered(row), _lines_of(seen, row))  # read first: lines only grow meanwhile
    if selectors.version() < before:
        who = actor.system(reason="el diario es más corto que lo visto")
        row = services.renew_mark(actor=who, instead_of=row.mark)
        _remember(row, selectors.version())
    return row


def current() -> Installation:
    """Return this installation, founded when it is first asked for."""
    found = Installation.objects.filter(pk=1).first()
    # Under an intention of its own: two requests that found it at once get the same row.
    return found or services.found_installation(actor=actor.system(intention=FOUNDING))


def note_restore() -> None:
    """Remember that a backup took this database's place; the next request changes the mark.

    Not at once: what `digna restore` compared shall stay as it was taken, to the last seal.
    """
    row = Installation.objects.filter(pk=1).first()
    if row is not None:
        _remember(row, RESTORED)


def _seen(row: Installation, lines: int) -> str:
    return signing.dumps([row.mark, lines], salt=SALT)


def _lines_of(seen: str, row: Installation) -> int:
    try:
        mark, lines = signing.loads(seen, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return 0
    return int(lines) if mark == row.mark else 0


def _file(row: Installation) -> Path:
    return Path(settings.HOME) / FOLDER / f"{row.public_id}.{row.mark}"


def _remembered(row: Installation) -> int:
    try:
        return int(_file(row).read_text() or 0)
    except (OSError, ValueError):
        return 0


def _remember(row: Installation, lines: int) -> None:
    """Best effort: a full disk must not keep anybody from being answered."""
    path = _file(row)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(lines))
    except OSError:
        return
