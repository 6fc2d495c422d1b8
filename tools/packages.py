"""Make sure of Chromium (browser tests) and Pango (PDF): Debian's when root, else say how."""

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

CHROMIUM = "chromium"
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
LOG = Path(".build/packages.log")


def missing() -> str:
    """Return the Debian packages that are wanted and not here."""
    wanted = [] if shutil.which("chromium") else [CHROMIUM]
    wanted += [] if find_library("pango-1.0") else [PANGO]
    return " ".join(wanted)


def install(packages: str) -> None:
    """Ask apt for packages; what it says goes to `LOG`."""
    LOG.parent.mkdir(exist_ok=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with LOG.open("w") as file:
        for command in ("apt-get update", f"apt-get install -y {packages}"):
            subprocess.run(command.split(), stdout=file, stderr=file, env=environment, check=False)


def main() -> int:
    """Install where possible; never fail: what cannot be is said, and the rest goes on."""
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"· {packages} (de Debian)", flush=True)
        install(packages)
        if missing():
            print(f"  no se pudo instalar; vea {LOG}")
    if missing():
        print(
            "! Sin Chromium no corren las pruebas de navegador; sin Pango, las de PDF.\n"
            f"  Como administrador:  apt-get install -y {missing()}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
