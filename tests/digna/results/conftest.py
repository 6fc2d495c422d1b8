"""What tests of results stand on: the attendance reader, should the events room have none yet."""

from dataclasses import replace

import pytest

from digna.results import sources


def pytest_configure(config: pytest.Config) -> None:
    # Ibis 12 reads results from DuckDB 2 by a name that DuckDB has just renamed.
    config.addinivalue_line("filterwarnings", "ignore:fetch_arrow_table:DeprecationWarning")


@pytest.fixture(autouse=True)
def _attendance(monkeypatch: pytest.MonkeyPatch) -> None:
    source = sources.SOURCES["events.attendance"]
    if source.reader() is None:
        replaced = replace(source, module="make_results", function="attendance_facts")
        monkeypatch.setitem(sources.SOURCES, "events.attendance", replaced)
