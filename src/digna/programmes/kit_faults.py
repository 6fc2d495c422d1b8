"""The faults of a kit: what is wrong, where a person finds it, and what to do about it.

The sentences live in ``kit_schema/messages.json``, in Spanish and English side by side, because
kits are read outside a web request too (on the command line, before any language is chosen).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SCHEMA_FOLDER = Path(__file__).with_name("kit_schema")

Place = tuple[str | int, ...]
"""The way to a value inside its file: keys and positions, from the outside in."""

Mark = tuple[int, int]
"""Line and column, both counted from one."""


@dataclass(frozen=True)
class Both:
    """A detail of a message that reads differently in each language."""

    es: str
    en: str


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend, at the line and column where a person finds it."""

    file: str
    line: int
    column: int
    path: str
    message_es: str
    message_en: str
    code: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message_es}"


@dataclass
class Faults:
    """The faults found so far in one kit."""

    found: list[Fault] = field(default_factory=list)

    def blame(
        self, code: str, file: str, mark: Mark = (1, 1), place: Place = (), **details: object
    ) -> None:
        path = dotted(place)
        details = {"file": file, "path": path or file, **details}
        es, en = (_sentence(code, language, details) for language in ("es", "en"))
        self.found.append(Fault(file, mark[0], mark[1], path, es, en, code))


def dotted(place: Place) -> str:
    """``municipalities[3].ine``, positions counted from zero as in the file's JSON form."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in place]
    return "".join(steps).removeprefix(".")


def _sentence(code: str, language: str, details: Mapping[str, object]) -> str:
    words = {
        name: getattr(value, language) if isinstance(value, Both) else value
        for name, value in details.items()
    }
    return _messages()[code][language].format(**words)


@cache
def _messages() -> Mapping[str, Mapping[str, str]]:
    content = json.loads((SCHEMA_FOLDER / "messages.json").read_text(encoding="utf-8"))
    found: Mapping[str, Mapping[str, str]] = content["messages"]
    return found
