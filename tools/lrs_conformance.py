"""Run ADL's LRS conformance suite against a Digna of its own, and say how many tests pass.

    git clone https://github.com/adlnet/lrs-conformance-test-suite FOLDER
    (cd FOLDER && npm install --ignore-scripts)
    python tools/lrs_conformance.py FOLDER

The suite is nobody's here: it is not copied into this repository.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Serve an empty Digna, run the suite, print its last count; 0 when at least 98 % pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8031)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="digna-lrs-") as home:
        environment = os.environ | {"DIGNA_HOME": home}
        manage = [sys.executable, str(ROOT / "manage.py")]
        subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
        made = subprocess.run(
            [*manage, "xapi_key", "conformance"],
            env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        name, password = made.stdout.split()
        address = f"127.0.0.1:{asked.port}"
        server = subprocess.Popen([*manage, "runserver", address, "--noreload"], env=environment)
        try:
            _wait_for(f"http://{address}/xapi/about")
            return _run(asked.folder, f"http://{address}/xapi", name, password)
        finally:
            server.terminate()
            server.wait()


def _wait_for(url: str) -> None:
    for _try in range(60):
        try:
            urllib.request.urlopen(url)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{url} does not answer")


def _run(folder: Path, endpoint: str, name: str, password: str) -> int:
    done = subprocess.run(
        ["node", "bin/console_runner.js", "-x", "1.0.3", "-e", endpoint, "-a", "-u", name, "-p",
         password, "-z"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    counts = re.findall(r'"total":(\d+),"passed":(\d+),"failed":(\d+)', done.stdout)
    if not counts:
        print(done.stdout, done.stderr)
        return 1
    total, passed, failed = (int(number) for number in counts[-1])
    print(f"{passed} of {total} pass, {failed} fail")
    return 0 if passed >= 0.98 * total else 1


if __name__ == "__main__":
    sys.exit(main())
