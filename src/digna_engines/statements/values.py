"""Simple values of a statement: identifiers, languages, moments, durations.

Each check takes a value, its path and the collector, and adds a fault where it does not hold.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from digna_engines.statements.faults import Faults, is_number

Check = Callable[[Any, str, Faults], None]

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`]+")
UUID = re.compile(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
)
MOMENT = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})[T ](\d{2})(?::?(\d{2}))?(?::?(\d{2}))?(?:[.,](\d+))?"
    r"(Z|[+\-]\d{2}(?::?\d{2})?)?"
)
DURATION = re.compile(
    r"P(?=.)(?:\d+(?:\.\d+)?W|(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?)"
)
LANGUAGE = re.compile(
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4}|[A-Za-z]{5,8})(?:-[A-Za-z]{4})?"
    r"(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"
    r"(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-x(?:-[A-Za-z0-9]{1,8})+)?"
    r"|x(?:-[A-Za-z0-9]{1,8})+|i-[A-Za-z]{2,8}"
)
VERSION = re.compile(r"1\.0(?:\.\d+)?")
MAILBOX = re.compile(r"mailto:[^\s@]+@[^\s@]+\.?[^\s@]*")
SHA1 = re.compile(r"[0-9a-fA-F]{40}")
SHA2 = re.compile(r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})")
MEDIA = re.compile(r"[\w.+\-]+/[\w.+\-*]+(?:\s*;\s*[\w.\-]+=(?:\"[^\"]*\"|[^\s;]+))*")


def _matching(pattern: re.Pattern[str], rule: str) -> Check:
    def check(value: Any, path: str, faults: Faults) -> None:
        if not isinstance(value, str):
            faults.add(path, "text")
        elif not pattern.fullmatch(value):
            faults.add(path, rule)

    return check


iri = _matching(IRI, "iri")
uuid = _matching(UUID, "uuid")
duration = _matching(DURATION, "duration")
language = _matching(LANGUAGE, "language")
version = _matching(VERSION, "version")
mailbox = _matching(MAILBOX, "mailbox")
sha1 = _matching(SHA1, "sha1")
sha2 = _matching(SHA2, "sha2")
media = _matching(MEDIA, "media")


def text(value: Any, path: str, faults: Faults) -> None:
    """A string."""
    if not isinstance(value, str):
        faults.add(path, "text")


def boolean(value: Any, path: str, faults: Faults) -> None:
    """True or false."""
    if not isinstance(value, bool):
        faults.add(path, "boolean")


def number(value: Any, path: str, faults: Faults) -> None:
    """A number."""
    if not is_number(value):
        faults.add(path, "number")


def whole(value: Any, path: str, faults: Faults) -> None:
    """A whole number, zero or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        faults.add(path, "whole")


def moment(value: Any, path: str, faults: Faults) -> None:
    """A date and time; the offset -00:00, which says nothing, is refused."""
    if not isinstance(value, str):
        faults.add(path, "text")
    elif read_moment(value) is None:
        faults.add(path, "when")


def read_moment(value: str) -> datetime | None:
    """Read an ISO 8601 moment; without an offset it counts as UTC; None where it is not one.

    >>> read_moment("2026-03-02T10:00:00.5-04:00").isoformat()
    '2026-03-02T10:00:00.500000-04:00'
    >>> read_moment("2026-03-02T10:00:00-00:00") is None
    True
    """
    found = MOMENT.fullmatch(value)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    if offset is not None and re.fullmatch(r"-00(?::?00)?", offset):
        return None
    micro = (fraction or "0")[:6].ljust(6, "0")
    zone = "+00:00" if offset in (None, "Z") else offset
    digits = zone[1:].replace(":", "").ljust(4, "0")
    told = (
        f"{year}-{month}-{day}T{hour}:{minute or '00'}:{second or '00'}.{micro}"
        f"{zone[0]}{digits[:2]}:{digits[2:]}"
    )
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None


def in_utc(value: datetime) -> str:
    """Write a moment as statements carry it.

    >>> in_utc(datetime(2026, 3, 2, 14, 0, 0, 123456, tzinfo=UTC))
    '2026-03-02T14:00:00.123456Z'
    """
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def language_map(value: Any, path: str, faults: Faults) -> None:
    """Texts by language."""
    if not isinstance(value, Mapping):
        faults.add(path, "object")
        return
    for key, told in value.items():
        language(key, f"{path}.{key}", faults)
        text(told, f"{path}.{key}", faults)


def extensions(value: Any, path: str, faults: Faults) -> None:
    """Anything at all, by IRI."""
    if not isinstance(value, Mapping):
        faults.add(path, "object")
        return
    for key in value:
        iri(key, f"{path}.{key}", faults)


def shape(required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """Return the check of an object with these properties and no other."""
    known = {**required, **optional}

    def check(value: Any, path: str, faults: Faults) -> None:
        if not isinstance(value, Mapping):
            faults.add(path, "object")
            return
        for name in required:
            if name not in value:
                faults.add(f"{path}.{name}", "missing")
        for name, inner in value.items():
            _property(known, name, inner, f"{path}.{name}", faults)

    return check


def _property(known: Mapping[str, Check], name: str, inner: Any, path: str, faults: Faults) -> None:
    if name not in known:
        faults.add(path, "unknown")
    elif inner is None:
        faults.add(path, "null")
    else:
        known[name](inner, path, faults)


def each(check: Check) -> Check:
    """Return the check of a list whose members all pass ``check``."""

    def check_all(value: Any, path: str, faults: Faults) -> None:
        if not isinstance(value, list):
            faults.add(path, "list")
            return
        for place, member in enumerate(value):
            check(member, f"{path}[{place}]", faults)

    return check_all


def exactly(word: str) -> Check:
    """Return the check of a property that can only say one thing."""

    def check(value: Any, path: str, faults: Faults) -> None:
        if value != word:
            faults.add(path, "kind")

    return check
