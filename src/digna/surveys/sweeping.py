"""What nobody holds is taken away: files without a row, exports past their day, halves of them."""

import shutil
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from digna.journal import actor
from digna.surveys import storing
from digna.surveys.making import FOLDER
from digna.surveys.models import Export
from digna.surveys.services import exports


def sweep(*, removes: bool) -> Iterator[str]:
    """Name, and where asked take away, one after the other."""
    return chain(_files(removes=removes), _expired(removes=removes), _halves(removes=removes))


def sweep_daily() -> str:
    """Take away what is due today."""
    return f"{sum(1 for _name in sweep(removes=True))} archivos"


def _files(*, removes: bool) -> Iterator[str]:
    for path in storing.orphans():
        yield str(path)
        if removes:
            path.unlink(missing_ok=True)


def _expired(*, removes: bool) -> Iterator[str]:
    now = timezone.now()
    for row in Export.objects.filter(state=Export.State.DONE, expires_at__lte=now):
        yield str(row.file.name)
        if removes:
            row.file.delete(save=False)
            exports.expire(actor=actor.system(reason="surveys_sweep"), export=row)


def _halves(*, removes: bool) -> Iterator[str]:
    """Name what a worker that was killed left of an export."""
    known = set(Export.objects.exclude(file="").values_list("file", flat=True))
    root, border = Path(settings.MEDIA_ROOT), time.time() - storing.DAY
    for path in sorted((root / FOLDER).glob("*")):
        name = path.relative_to(root).as_posix()
        if name in known or path.stat().st_mtime >= border:
            continue
        yield name
        if removes:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
