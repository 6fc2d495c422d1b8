"""What this room's tests share."""

import pytest

from digna.training import outcomes
from training.made import Held


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Measurements as the test says they are."""
    found = Held()
    monkeypatch.setattr(outcomes, "held", found)
    return found
