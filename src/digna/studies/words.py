"""What this room's actions are called where the journal is read."""

from typing import Any

WORDS: dict[str, Any] = {}
