"""JSON as it comes and goes, and the digests under which things are looked for. No Django."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any


class Unreadable(ValueError):
    """Text that is not JSON as the interface asks for it."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        raise Unreadable("a key is repeated")
    return told


def _no_constant(name: str) -> Any:
    raise Unreadable(f"{name} is not JSON")


def read(data: bytes | str) -> Any:
    """Read JSON strictly: UTF-8, no key twice, no NaN, no half of a surrogate pair.

    >>> read('{"a": 1}')
    {'a': 1}
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as problem:
        raise Unreadable(str(problem)) from problem
    return value


def written(value: Any) -> str:
    """Write JSON for keeping: plain ASCII, so that every database holds it.

    >>> written({"a": "ñ"})
    '{"a":"\\\\u00f1"}'
    """
    return json.dumps(value, separators=(",", ":"))


def digest(*parts: str) -> str:
    """Return the key under which a thing of any length is looked for.

    >>> len(digest("agent", "mbox mailto:a@b.example"))
    64
    """
    told = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()


def as_uuid(text: str) -> uuid.UUID | None:
    """Return a UUID, or None where the text is none in its usual form."""
    if len(text) != 36:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def listed_contexts(statement: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement whose context activities are lists, as they have to be returned.

    >>> listed_contexts({"context": {"contextActivities": {"parent": {"id": "a"}}}})
    {'context': {'contextActivities': {'parent': [{'id': 'a'}]}}}
    """
    told = dict(statement)
    context = told.get("context")
    if isinstance(context, Mapping) and "contextActivities" in context:
        lists = {
            kind: some if isinstance(some, list) else [some]
            for kind, some in context["contextActivities"].items()
        }
        told["context"] = {**context, "contextActivities": lists}
    inner = told.get("object")
    if isinstance(inner, Mapping) and inner.get("objectType") == "SubStatement":
        told["object"] = listed_contexts(inner)
    return told
