"""The kits of pathways of this project, read as the installation reads them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from digna_engines.pathways import Library, Regime, read_library, read_regimes

KITS = Path(__file__).parents[3] / "kits"
NAMES = ("bolivia", "formal", "export", "tourism")


class _Text(yaml.SafeLoader):
    """Dates stay text, as in a kit."""


_Text.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def document(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for section in ("agencies", "questions", "steps", "pathways", "sources", "regimes"):
        path = KITS / name / f"{section}.yaml"
        if path.is_file():
            found |= yaml.load(path.read_text("utf-8"), _Text)  # noqa: S506 - a SafeLoader
    return found


@cache
def library() -> Library:
    return read_library([document(name) for name in NAMES])


@cache
def regimes() -> tuple[Regime, ...]:
    return read_regimes(document("formal")["regimes"])
