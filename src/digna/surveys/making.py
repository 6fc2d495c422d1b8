"""The worker makes an export: counted, written beside where it will stand, then named."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils import timezone, translation

from digna.journal import actor
from digna.surveys import access, asking, exporting, writing
from digna.surveys.asking import Asked
from digna.surveys.models import Export
from digna.surveys.services import exports

FOLDER = "surveys/exports"


class Stopped(Exception):
    """Somebody cancelled it, or it was given up."""


def make(export: Export) -> None:
    """Make the file of an export that was asked for, with what its person may see now.

    Raises:
        OSError: the disk is full; nothing of the file stays.
    """
    if not access.visible_forms(export.user).filter(pk=export.form_id).exists():
        exports.fail(actor=actor.system(), export=export, problem="rights")
        return
    asked = asking.read(export.form, export.asked)
    with translation.override(asked.tongue), _workplace(export) as folder:
        try:
            _make(export, asked, Path(folder))
        except Stopped:
            return


def _make(export: Export, asked: Asked, folder: Path) -> None:
    found = asking.found(export.user, export.form, asked)
    # What arrives meanwhile waits for the next export: «n of N» stays true.
    last = found.aggregate(last=Max("pk"))["last"] or 0
    found = found.filter(pk__lte=last)
    is_whole = access.reads_whole(export.user, export.form)
    began = exports.begin(
        actor=actor.system(), export=export, total=found.count(), is_whole=is_whole
    )
    if began is None:
        return
    plan = exporting.layout(export.form, asked.wishes)
    ending, _type = writing.kind_of(plan, asked.kind)
    path = folder / f"file.{ending}"
    rows = exporting.rows(found, plan, lambda done: _tell(began, done))
    with path.open("wb") as out:
        writing.write(out, plan, rows, ending, str(folder))
        out.flush()
        os.fsync(out.fileno())
    _settle(began, path, ending)


def _tell(export: Export, done: int) -> None:
    """Say how far it is, which nobody needs in the journal; hear whether it is still wanted."""
    rows = Export.objects.filter(pk=export.pk, state=Export.State.MAKING)
    if not rows.update(done=done, moved_at=timezone.now()):
        raise Stopped


def _settle(export: Export, path: Path, ending: str) -> None:
    name = f"{FOLDER}/{export.public_id}.{ending}"
    final, size = Path(settings.MEDIA_ROOT) / name, path.stat().st_size
    path.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o600)
    path.replace(final)
    if exports.finish(actor=actor.system(), export=export, name=name, size=size) is None:
        final.unlink(missing_ok=True)


def _workplace(export: Export) -> tempfile.TemporaryDirectory[str]:
    """Return a folder on the disk where the file will stand: /tmp may be small, or memory."""
    root = Path(settings.MEDIA_ROOT) / FOLDER
    root.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=f"{export.public_id}-", dir=root)
