"""The same rows on a real Spark standalone cluster: one master, one worker."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.spark
@pytest.mark.timeout(600)
def test_a_real_cluster_gives_the_same_rows() -> None:
    if not (ROOT / ".venv-spark" / "ready").exists() or shutil.which("java") is None:
        pytest.skip("real Spark was not run: make test-spark prepares it (needs Java 17)")
    command = [sys.executable, "tools/spark_environment.py", "run"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
