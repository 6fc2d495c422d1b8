"""What changed between two versions of a course, in the words of its author. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was: where, before and after (`""` where it was not)."""

    where: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what changed from one content to another, in the order of reading.

    >>> old = {"course": {"name": {"es": "A"}}, "pages": {}}
    >>> differences(old, {"course": {"name": {"es": "B"}}, "pages": {}})
    [Difference(where='name.es', before='A', after='B')]
    """
    old, new = dict(_flat(before.get("course", {}))), dict(_flat(after.get("course", {})))
    for name, page in before.get("pages", {}).items():
        old[f"{name}.md"] = str(page.get("body", ""))
    for name, page in after.get("pages", {}).items():
        new[f"{name}.md"] = str(page.get("body", ""))
    old |= {f"media/{name}": sha[:8] for name, sha in before.get("media", {}).items()}
    new |= {f"media/{name}": sha[:8] for name, sha in after.get("media", {}).items()}
    return [
        Difference(key, old.get(key, ""), new.get(key, ""))
        for key in dict.fromkeys([*new, *old])
        if old.get(key, "") != new.get(key, "")
    ]


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text with the way to it; rows of a list are called by their code where they have one."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            named = inner.get("code") or inner.get("page") if isinstance(inner, Mapping) else None
            yield from _flat(inner, f"{path}[{named or at}]")
    else:
        yield path, "" if value is None else str(value)
