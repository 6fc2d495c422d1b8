"""What this room's tests share."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    """Files of submissions are written to a disk, whatever keeps the other uploads."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
