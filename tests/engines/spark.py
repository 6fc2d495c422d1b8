"""A Spark Connect server for the tests of what must be equal on another engine.

Sail speaks Spark's protocol and starts in a second; ``make test-spark`` gives the same tests a real
Spark cluster by setting ``DIGNA_TEST_SPARK`` to its address. Any engine whose indicators are Ibis
expressions takes the fixture ``spark_backend`` from ``tests/engines/conftest.py``.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60.0
ADDRESS = "DIGNA_TEST_SPARK"
"""The environment variable that holds a standalone master's address, such as spark://…:7077."""


@contextmanager
def backend() -> Iterator[Any]:
    """An Ibis backend on a real Spark cluster where one is named, else on a Sail of our own."""
    if os.environ.get(ADDRESS):
        with _cluster_session(os.environ[ADDRESS]) as spark:
            yield _ibis(spark)
        return
    with sail() as url, _remote_session(url) as spark:
        yield _ibis(spark)


@contextmanager
def sail() -> Iterator[str]:
    """A Sail server on a port of its own, in a process group of its own, stopped at the end."""
    port = _free_port()
    command = [_program(), "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {"RUST_LOG": "error"},
    )
    try:
        _wait(port, server)
        yield f"sc://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(10)


@contextmanager
def _remote_session(url: str) -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the client's own, about what it imports
        from pyspark.sql import SparkSession

        spark = SparkSession.builder.remote(url).getOrCreate()
    try:
        yield spark
    finally:
        # before the server goes, or the client waits for it at exit
        spark.stop()


@contextmanager
def _cluster_session(master: str) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1g", "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
    }  # fmt: skip
    builder = SparkSession.builder.master(master).appName("digna parity")
    for name, value in settings.items():
        builder = builder.config(name, value)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def _ibis(spark: Any) -> Any:
    import ibis

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ibis.pyspark.connect(spark)


def _program() -> str:
    """Sail's command, beside the interpreter that runs the tests."""
    beside = Path(sys.executable).with_name("sail")
    found = str(beside) if beside.exists() else shutil.which("sail")
    if found is None:
        raise FileNotFoundError("sail is not installed: make setup")
    return found


def _free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"Sail ended by itself with {server.returncode}")
        with closing(socket.socket()) as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Sail did not answer within {PATIENCE} s")
