"""Where an installation keeps its own things: database, uploads, fact store, keys.

One folder, `DIGNA_HOME` (default `var/` beside the checkout), so that one folder is backed up.
"""

import os
import secrets
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def home() -> Path:
    """Return the installation's folder, created on first use."""
    folder = Path(os.environ.get("DIGNA_HOME", CHECKOUT / "var"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret(name: str, folder: Path) -> str:
    """Return the installation's secret `name`: from the environment, else made once and kept.

    `DIGNA_<NAME>` wins, so that a site with a vault need not keep it on disk. The file is
    readable by its owner only.
    """
    given = os.environ.get(f"DIGNA_{name.upper()}")
    if given:
        return given
    path = folder / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
