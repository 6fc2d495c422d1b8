"""What the rooms' tests share."""

import pytest
from django.core.cache import cache

from digna.registry import search


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Each test's database is rolled back, which no running installation does to its keys."""
    search._vocabulary.newest = (0, "")
    search._vocabulary.texts.clear()
    search._vocabulary.ids.clear()
    cache.clear()
