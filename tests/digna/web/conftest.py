"""Every page says in its header which programme it is of, which the database knows."""

import pytest


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Let every page of these tests ask."""
