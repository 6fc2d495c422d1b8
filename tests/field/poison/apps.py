"""App configuration."""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig


class PoisonConfig(AppConfig):
    name = "field.poison"
    label = "poison"

    def ready(self) -> None:
        from digna.journal.intake import takes

        takes("chaos.thing.broken")(_break)


def _break(actor: object, values: Mapping[str, Any], files: Mapping[str, Any]) -> object:
    raise ZeroDivisionError(values.get("name"))
