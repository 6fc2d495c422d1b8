"""A folder for an import to work in: gone when it ends, however it ends."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".importing-"


@contextmanager
def workspace(root: Path) -> Iterator[Path]:
    """Give a folder beside the stores, on the same disk, so that a whole store moves in one step.

    What a killed import left is swept first: a process that is gone cannot clean up after itself.
    """
    root.mkdir(parents=True, exist_ok=True)
    sweep(root)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(root: Path) -> tuple[str, ...]:
    """Remove the folders of imports whose process is no more; give their names."""
    gone = []
    for folder in sorted(root.glob(f"{PREFIX}*")):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if not owner.isdigit() or not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
            gone.append(folder.name)
    return tuple(gone)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
