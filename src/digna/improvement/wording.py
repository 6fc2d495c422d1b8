"""The wording of instruments in the language in use; documents hold `…_es` and `…_en`."""

from collections.abc import Mapping
from typing import Any

from digna.web.languages import either


def say(document: Mapping[str, Any], key: str) -> str:
    """Return `document`'s text under `key` in the language in use; "" where there is none."""
    return either(str(document.get(f"{key}_es") or ""), str(document.get(f"{key}_en") or ""))
