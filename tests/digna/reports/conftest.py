"""Settings for tests that compute figures."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    # Ibis 12 reads results from DuckDB 2 by a name that DuckDB has just renamed.
    config.addinivalue_line("filterwarnings", "ignore:fetch_arrow_table:DeprecationWarning")
