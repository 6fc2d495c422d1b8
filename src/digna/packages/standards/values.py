"""What every standard tells of a package, whichever it is. No Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


class Broken(Exception):
    """An archive that cannot be taken in; `why` names the reason, `details` fill its sentence."""

    def __init__(self, why: str, **details: object) -> None:
        super().__init__(f"{why} {details}")
        self.why = why
        self.details = details


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to play: an SCO, an AU, an H5P.

    Attributes:
        key: its identifier in the package.
        href: path in the archive, or for an AU elsewhere its full address.
        mastery: the least score, 0 to 1, that passes; None where the package does not say.
        settings: what its standard needs besides (moveOn, launch data, parameters…).
    """

    key: str
    title: str
    href: str
    mastery: Decimal | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Described:
    """What a package says of itself."""

    kind: str
    standard: str
    title: str
    parts: Sequence[Part]
    language: str = ""
    licence: str = ""
    identifier: str = ""


def as_plain(part: Part) -> dict[str, Any]:
    """Return a part as it is kept.

    >>> as_plain(Part("a", "A", "a.html", Decimal("0.8")))["mastery"]
    '0.8'
    """
    return {
        "key": part.key,
        "title": part.title,
        "href": part.href,
        "mastery": None if part.mastery is None else str(part.mastery),
        "settings": dict(part.settings),
    }


def of_plain(kept: Mapping[str, Any]) -> Part:
    """Return a part as it was kept."""
    mastery = kept.get("mastery")
    return Part(
        key=str(kept["key"]),
        title=str(kept["title"]),
        href=str(kept["href"]),
        mastery=None if mastery is None else Decimal(str(mastery)),
        settings=kept.get("settings") or {},
    )
