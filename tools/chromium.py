"""Make sure there is a Chromium for the browser tests: install Debian's when root, else say how."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

APT = "apt-get install -y chromium"


def main() -> int:
    """Install where possible; never fail: what cannot be is said, and the rest goes on."""
    if shutil.which("chromium"):
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("· chromium (de Debian)", flush=True)
        log = Path(".build/chromium.log")
        log.parent.mkdir(exist_ok=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        with log.open("w") as file:
            for command in ("apt-get update", APT):
                subprocess.run(
                    command.split(), stdout=file, stderr=file, env=environment, check=False
                )
        if shutil.which("chromium"):
            return 0
        print(f"  no se pudo instalar; vea {log}")
    print(f"! Sin Chromium no corren las pruebas de navegador. Como administrador:  {APT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
