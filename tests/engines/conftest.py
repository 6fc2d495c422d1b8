"""Settings for the engines' tests: they know nothing of Django."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from engines import spark

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("digna", deadline=None)
hypothesis.settings.load_profile("digna")


def pytest_configure(config: pytest.Config) -> None:
    # Ibis 12 reads results from DuckDB 2 by a name that DuckDB has just renamed.
    config.addinivalue_line("filterwarnings", "ignore:fetch_arrow_table:DeprecationWarning")
    # Spark's client passes pandas 3 a keyword and an option that pandas no longer heeds.
    config.addinivalue_line("filterwarnings", "ignore:The copy keyword is deprecated")
    config.addinivalue_line("filterwarnings", "ignore:The 'future.infer_string' option")
    config.addinivalue_line("markers", "xdist_group: tests that share a server")
    config.addinivalue_line("markers", "spark: needs a real Spark cluster")


@pytest.fixture(scope="session")
def spark_backend() -> Iterator[Any]:
    """An Ibis backend on a Spark Connect server, started once for the session."""
    with spark.backend() as found:
        yield found
