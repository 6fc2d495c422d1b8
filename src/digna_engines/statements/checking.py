"""The whole statement: every MUST of its form, told with the path of what breaks it."""

from collections.abc import Mapping
from typing import Any

from digna_engines.errors import Fault
from digna_engines.statements import parties, things, values
from digna_engines.statements.faults import Faults, is_number

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
_score = values.shape({}, dict.fromkeys(("scaled", "raw", "min", "max"), values.number))


def score(value: Any, path: str, faults: Faults) -> None:
    """A score: scaled from -1 to 1, raw between its limits, min below max."""
    _score(value, path, faults)
    if not isinstance(value, Mapping):
        return
    numbers = {name: told for name, told in value.items() if is_number(told)}
    scaled, raw = numbers.get("scaled"), numbers.get("raw")
    low, high = numbers.get("min"), numbers.get("max")
    if scaled is not None and not -1 <= scaled <= 1:
        faults.add(f"{path}.scaled", "range")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        faults.add(f"{path}.raw", "range")
    if low is not None and high is not None and low >= high:
        faults.add(f"{path}.min", "range")


result = values.shape(
    {},
    {
        "score": score,
        "success": values.boolean,
        "completion": values.boolean,
        "response": values.text,
        "duration": values.duration,
        "extensions": values.extensions,
    },
)
context = values.shape(
    {},
    {
        "registration": values.uuid,
        "instructor": parties.actor,
        "team": parties.group,
        "contextActivities": values.shape(
            {},
            dict.fromkeys(("parent", "grouping", "category", "other"), things.activity_or_list),
        ),
        "revision": values.text,
        "platform": values.text,
        "language": values.language,
        "statement": things.reference,
        "extensions": values.extensions,
    },
)


def _object(value: Any, path: str, faults: Faults, *, inside: bool = False) -> None:
    kind = value.get("objectType", "Activity") if isinstance(value, Mapping) else "Activity"
    checks: dict[str, values.Check] = {
        "Activity": things.activity,
        "Agent": parties.agent,
        "Group": parties.group,
        "StatementRef": things.reference,
    }
    if not inside:
        checks["SubStatement"] = sub_statement
    if isinstance(kind, str) and kind in checks:
        checks[kind](value, path, faults)
    else:
        faults.add(f"{path}.objectType", "kind")


def _inner_object(value: Any, path: str, faults: Faults) -> None:
    _object(value, path, faults, inside=True)


_ABOUT: dict[str, values.Check] = {
    "result": result,
    "context": context,
    "timestamp": values.moment,
    "attachments": values.each(things.attachment),
}
_sub = values.shape(
    {
        "objectType": values.exactly("SubStatement"),
        "actor": parties.actor,
        "verb": things.verb,
        "object": _inner_object,
    },
    _ABOUT,
)
_statement = values.shape(
    {"actor": parties.actor, "verb": things.verb, "object": _object},
    {
        "id": values.uuid,
        "stored": values.moment,
        "authority": parties.authority,
        "version": values.version,
        **_ABOUT,
    },
)


def sub_statement(value: Any, path: str, faults: Faults) -> None:
    """A statement inside another: without id, stored, version or authority of its own."""
    _sub(value, path, faults)
    _context_fits(value, path, faults)


def _context_fits(value: Any, path: str, faults: Faults) -> None:
    """`revision` and `platform` only where the object is an activity."""
    if not isinstance(value, Mapping):
        return
    about, thing = value.get("context"), value.get("object")
    if not (isinstance(about, Mapping) and isinstance(thing, Mapping)):
        return
    if thing.get("objectType", "Activity") != "Activity":
        for name in ("revision", "platform"):
            if name in about:
                faults.add(f"{path}.context.{name}", "needs_activity")


def _voids(value: Any, path: str, faults: Faults) -> None:
    if not isinstance(value, Mapping):
        return
    done, thing = value.get("verb"), value.get("object")
    if not (isinstance(done, Mapping) and isinstance(thing, Mapping)):
        return
    if done.get("id") == VOIDED and thing.get("objectType") != "StatementRef":
        faults.add(f"{path}.object", "void_what")


def faults(statement: Any, path: str = "$") -> list[Fault]:
    """Return everything wrong with a statement's form; an empty list when it may be stored.

    Symbols: ``statement`` is parsed JSON; ``path`` where it stood in the request.
    Source: xAPI 1.0.3, part two, sections 2.2 and 2.4. Edge cases: nulls are faults except inside
    extensions; ``score.min`` equal to ``max`` is a fault, for no number is below itself.

    >>> faults({"actor": {"mbox": "mailto:a@b.example"}, "verb": {"id": "http://v.example/did"},
    ...         "object": {"id": "http://a.example/1"}})
    []
    >>> [f.path for f in faults({"actor": {}, "verb": {"id": "did"}, "object": 3})]
    ['$.actor', '$.verb.id', '$.object']
    """
    found = Faults()
    _statement(statement, path, found)
    _context_fits(statement, path, found)
    _voids(statement, path, found)
    return found.found
