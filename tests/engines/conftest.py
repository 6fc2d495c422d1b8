"""Settings for the engines' tests: they know nothing of Django."""

import hypothesis
import pytest

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("digna", deadline=None)
hypothesis.settings.load_profile("digna")


def pytest_configure(config: pytest.Config) -> None:
    # Ibis 12 reads results from DuckDB 2 by a name that DuckDB has just renamed.
    config.addinivalue_line("filterwarnings", "ignore:fetch_arrow_table:DeprecationWarning")
