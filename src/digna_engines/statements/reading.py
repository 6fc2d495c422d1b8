"""What a statement is about: whom and which activities it names, directly and by the way."""

from collections.abc import Iterator, Mapping
from typing import Any

from digna_engines.statements.parties import identity


def agents(statement: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """Return the identities it names as actor or object, and those it names anywhere.

    >>> said = {"actor": {"mbox": "mailto:a@b.example"}, "object": {"id": "http://a.example/1"}}
    >>> agents(said)
    ({'mbox mailto:a@b.example'}, {'mbox mailto:a@b.example'})
    """
    direct = set(_of_party(statement.get("actor")))
    direct |= set(_of_party(_party(statement.get("object"))))
    everywhere = direct | set(_of_party(statement.get("authority")))
    everywhere |= set(_of_context(statement.get("context")))
    inner = statement.get("object")
    if isinstance(inner, Mapping) and inner.get("objectType") == "SubStatement":
        everywhere |= agents(inner)[1]
    return direct, everywhere


def _party(thing: Any) -> Any:
    is_party = isinstance(thing, Mapping) and thing.get("objectType") in ("Agent", "Group")
    return thing if is_party else None


def _of_party(party: Any) -> Iterator[str]:
    if not isinstance(party, Mapping):
        return
    own = identity(party)
    if own is not None:
        yield own
    for member in party.get("member") or ():
        yield from _of_party(member)


def _of_context(context: Any) -> Iterator[str]:
    if isinstance(context, Mapping):
        yield from _of_party(context.get("instructor"))
        yield from _of_party(context.get("team"))


def activities(statement: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """Return the activities that are its object, and those it names anywhere.

    >>> activities({"object": {"id": "http://a.example/1"}})
    ({'http://a.example/1'}, {'http://a.example/1'})
    """
    direct = {a["id"] for a in _object_activity(statement)}
    everywhere = direct | {a["id"] for a in _context_activities(statement)}
    inner = statement.get("object")
    if isinstance(inner, Mapping) and inner.get("objectType") == "SubStatement":
        everywhere |= activities(inner)[1]
    return direct, everywhere


def _object_activity(statement: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    thing = statement.get("object")
    if isinstance(thing, Mapping) and thing.get("objectType", "Activity") == "Activity":
        yield thing


def _context_activities(statement: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    groups = (statement.get("context") or {}).get("contextActivities") or {}
    for named in groups.values():
        yield from named if isinstance(named, list) else [named]


def described(statement: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every activity that a statement names, with what it says of it."""
    yield from _object_activity(statement)
    yield from _context_activities(statement)
    inner = statement.get("object")
    if isinstance(inner, Mapping) and inner.get("objectType") == "SubStatement":
        yield from described(inner)


def attachments(statement: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the attachments it declares, its inner statement's too."""
    found = list(statement.get("attachments") or ())
    inner = statement.get("object")
    if isinstance(inner, Mapping) and inner.get("objectType") == "SubStatement":
        found += inner.get("attachments") or ()
    return found


def reference(statement: Mapping[str, Any]) -> str | None:
    """Return the id of the statement that is its object, if one is."""
    thing = statement.get("object")
    if isinstance(thing, Mapping) and thing.get("objectType") == "StatementRef":
        return str(thing["id"]).lower()
    return None


SET_BY_STORE = ("id", "stored", "authority", "version", "timestamp")


def is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two statements say the same, whatever the store added to either.

    Source: xAPI 1.0.3, part two, 2.3.1 (statement comparison).

    >>> is_same({"id": "1", "verb": {"id": "v"}}, {"verb": {"id": "v", "display": {"en": "x"}}})
    True
    """
    return _compared(one) == _compared(other)


def _compared(statement: Mapping[str, Any]) -> dict[str, Any]:
    plain = {k: v for k, v in statement.items() if k not in (*SET_BY_STORE, "attachments")}
    done = plain.get("verb")
    if isinstance(done, Mapping):
        plain["verb"] = done.get("id")
    plain["object"] = _without_definition(plain.get("object"))
    return plain


def _without_definition(thing: Any) -> Any:
    if not isinstance(thing, Mapping):
        return thing
    told = {k: v for k, v in thing.items() if k != "definition"}
    return {"objectType": "Activity", **told}
