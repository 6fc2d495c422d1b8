"""Real Spark for the tests of equal results: an environment of its own, a master and a worker.

The Java package of Spark cannot live beside its thin client in one environment, so this makes
``.venv-spark`` (``make test-spark`` does both). ``prepare`` installs, ``run`` starts a standalone
cluster of one master and one worker, runs the parity tests on it and stops it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import venv
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv-spark"
READY = HOME / "ready"
PACKAGES = (
    "pyspark==4.1.*", "ibis-framework[duckdb]>=12.0", "duckdb>=2.0,<3", "pandas>=2.2", "pyarrow",
    "pyarrow-hotfix>=0.6", "numpy>=2.2", "packaging", "rich", "pytest>=9.2", "hypothesis>=6.170",
    "setuptools",
)  # fmt: skip
TESTS = ("tests/engines/trade/test_parity.py", "tests/engines/indicators/test_spark.py")
PATIENCE = 90.0


def main() -> int:
    """``prepare``, ``run``, or both when neither is named."""
    asked = sys.argv[1:] or ["prepare", "run"]
    if shutil.which("java") is None:
        print("! Spark no se corrió — falta java (apt-get install -y openjdk-17-jre-headless)")
        return 1
    if "prepare" in asked:
        prepare()
    return run() if "run" in asked else 0


def prepare() -> None:
    """Make the environment once; it takes some 500 MB from the package index."""
    if READY.exists():
        return
    print("· Spark en un entorno propio (.venv-spark)", flush=True)
    venv.create(HOME, with_pip=True, clear=True)
    pip = [str(HOME / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PACKAGES], check=True)
    READY.touch()


def run() -> int:
    """Start the cluster, run the tests on it, stop it; the tests' own code."""
    spark = next((HOME / "lib").glob("python3*/site-packages/pyspark"))
    ports = [_free_port() for _ in range(4)]
    master = f"spark://127.0.0.1:{ports[0]}"
    started: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory() as work:
        where = os.environ | {
            "SPARK_HOME": str(spark), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": work,
            "SPARK_NO_DAEMONIZE": "1", "PYSPARK_PYTHON": str(HOME / "bin" / "python"),
        }  # fmt: skip
        try:
            started.append(_server(spark, where, "master.Master", "--host", "127.0.0.1", "--port",
                                   str(ports[0]), "--webui-port", str(ports[1])))  # fmt: skip
            _wait(ports[0])
            started.append(_server(spark, where, "worker.Worker", "--host", "127.0.0.1", "--cores",
                                   "1", "--memory", "2g", "--port", str(ports[2]), "--webui-port",
                                   str(ports[3]), master))  # fmt: skip
            _wait(ports[2])
            return _tests(where | {"DIGNA_TEST_SPARK": master})
        finally:
            for server in reversed(started):
                _stop(server)


def _tests(where: dict[str, str]) -> int:
    command = [
        str(HOME / "bin" / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W",
        "ignore", "-c", "tests/engines/pytest.ini", *TESTS,
    ]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, env=where, check=False, timeout=600).returncode


def _server(spark: Path, where: dict[str, str], kind: str, *more: str) -> "subprocess.Popen[bytes]":
    """A master or worker in a process group of its own: the Java process is a child of a script."""
    command = [str(spark / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", *more]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=where, start_new_session=True, **quiet)


def _stop(server: "subprocess.Popen[bytes]") -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, how)
            server.wait(15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return


def _free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with closing(socket.socket()) as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"Spark did not answer on port {port} within {PATIENCE} s")


if __name__ == "__main__":
    sys.exit(main())
