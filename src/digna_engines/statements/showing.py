"""The forms in which a statement is read: exact, only ids, or in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from digna_engines.statements.parties import IDENTIFIERS

_MAPS = ("name", "description")


def ids(statement: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement with only what identifies its parts.

    >>> ids({"verb": {"id": "v", "display": {"en": "did"}}, "object": {"id": "a",
    ...      "definition": {}}})
    {'verb': {'id': 'v'}, 'object': {'id': 'a'}}
    """
    told: dict[str, Any] = {}
    for name, value in statement.items():
        if name in ("actor", "authority"):
            told[name] = _party_ids(value)
        elif name == "verb":
            told[name] = {"id": value["id"]}
        elif name == "object":
            told[name] = _object_ids(value)
        elif name == "context":
            told[name] = _context_ids(value)
        else:
            told[name] = value
    return told


def _party_ids(party: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: party[name] for name in IDENTIFIERS if name in party}
    if party.get("objectType") == "Group":
        if not kept:
            kept["member"] = [_party_ids(member) for member in party.get("member", ())]
        return {"objectType": "Group", **kept}
    return {"objectType": "Agent", **kept} if "objectType" in party else kept


def _object_ids(thing: Mapping[str, Any]) -> dict[str, Any]:
    kind = thing.get("objectType", "Activity")
    if kind in ("Agent", "Group"):
        return _party_ids(thing)
    if kind == "SubStatement":
        return ids(thing)
    if kind == "StatementRef":
        return dict(thing)
    return {"id": thing["id"]}


def _context_ids(context: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(context)
    for name in ("instructor", "team"):
        if name in told:
            told[name] = _party_ids(told[name])
    if "contextActivities" in told:
        told["contextActivities"] = {
            kind: [{"id": a["id"]} for a in (some if isinstance(some, list) else [some])]
            for kind, some in told["contextActivities"].items()
        }
    return told


def one_language(texts: Mapping[str, str], wanted: Sequence[str]) -> dict[str, str]:
    """Return the one text of a language map that suits a reader best.

    Symbols: ``wanted`` are language ranges, the most welcome first. A range matches the same tag,
    or one that begins with it (RFC 4647 basic filtering); then a tag of the same language; then
    "und"; then whichever comes first.

    >>> one_language({"en-US": "did", "es": "hizo"}, ["es-BO", "en"])
    {'es': 'hizo'}
    """
    for asked in (one.lower() for one in wanted):
        for fits in (_is_within, _is_wider):
            for tag in texts:
                if fits(tag.lower(), asked):
                    return {tag: texts[tag]}
    left = "und" if "und" in texts else next(iter(texts), None)
    return {} if left is None else {left: texts[left]}


def _is_within(tag: str, asked: str) -> bool:
    return asked in ("*", tag) or tag.startswith(f"{asked}-")


def _is_wider(tag: str, asked: str) -> bool:
    return tag == asked.split("-", maxsplit=1)[0]


def in_language(value: Any, wanted: Sequence[str]) -> Any:
    """Return a statement (or an activity) whose language maps each hold one text.

    Edge cases: ``extensions`` are left as they came: what looks like a language map there may
    not be one.
    """
    if isinstance(value, list):
        return [in_language(one, wanted) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {name: _told(name, inner, wanted) for name, inner in value.items()}


def _told(name: str, inner: Any, wanted: Sequence[str]) -> Any:
    if name == "extensions":
        return inner
    if name in ("display", *_MAPS) and isinstance(inner, Mapping):
        return one_language(inner, wanted)
    return in_language(inner, wanted)


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the definition of an activity after somebody described it again: the newest word.

    Texts and extensions are added to, not replaced as a whole.

    >>> merged({"name": {"es": "A"}}, {"name": {"en": "B"}, "type": "t"})
    {'name': {'es': 'A', 'en': 'B'}, 'type': 't'}
    """
    told = dict(old)
    for name, value in new.items():
        before = told.get(name)
        adds = name in (*_MAPS, "extensions") and isinstance(before, Mapping)
        told[name] = {**before, **value} if adds else value  # type: ignore[dict-item]
    return told


def described(statement: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement whose activities bear what is known of each, by its IRI.

    >>> described({"object": {"id": "a"}}, {"a": {"type": "t"}})
    {'object': {'id': 'a', 'definition': {'type': 't'}}}
    """
    told = dict(statement)
    thing = told.get("object")
    if isinstance(thing, Mapping):
        if thing.get("objectType") == "SubStatement":
            told["object"] = described(thing, known)
        elif thing.get("objectType", "Activity") == "Activity" and thing.get("id") in known:
            told["object"] = {**thing, "definition": known[thing["id"]]}
    return told
