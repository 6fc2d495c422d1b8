"""Who: agents, groups, and what identifies them."""

from collections.abc import Mapping
from typing import Any

from digna_engines.statements import values
from digna_engines.statements.faults import Faults

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_account = values.shape({"homePage": values.iri, "name": values.text}, {})
_naming = {
    "name": values.text,
    "mbox": values.mailbox,
    "mbox_sha1sum": values.sha1,
    "openid": values.iri,
    "account": _account,
}
_agent = values.shape({}, {"objectType": values.exactly("Agent"), **_naming})


def agent(value: Any, path: str, faults: Faults) -> None:
    """An agent: exactly one identifier."""
    _agent(value, path, faults)
    if isinstance(value, Mapping) and len(identifiers(value)) != 1:
        faults.add(path, "one_identifier")


_group = values.shape(
    {"objectType": values.exactly("Group")}, {"member": values.each(agent), **_naming}
)


def group(value: Any, path: str, faults: Faults) -> None:
    """A group: identified, or anonymous with its members."""
    _group(value, path, faults)
    if not isinstance(value, Mapping):
        return
    found = identifiers(value)
    if len(found) > 1:
        faults.add(path, "one_identifier")
    elif not found and not value.get("member"):
        faults.add(f"{path}.member", "missing")


def actor(value: Any, path: str, faults: Faults) -> None:
    """An agent or a group."""
    is_group = isinstance(value, Mapping) and value.get("objectType") == "Group"
    (group if is_group else agent)(value, path, faults)


def authority(value: Any, path: str, faults: Faults) -> None:
    """An agent, or the group of two that a three-legged sign-in makes."""
    actor(value, path, faults)
    if not isinstance(value, Mapping) or value.get("objectType") != "Group":
        return
    if identifiers(value):
        faults.add(path, "one_identifier")
    if len(value.get("member") or ()) != 2:
        faults.add(f"{path}.member", "two_members")


def identifiers(value: Mapping[str, Any]) -> list[str]:
    """Return which identifying properties are present.

    >>> identifiers({"mbox": "mailto:a@b.c", "name": "A"})
    ['mbox']
    """
    return [name for name in IDENTIFIERS if name in value]


def identity(value: Mapping[str, Any]) -> str | None:
    """Return one text that is the same for the same agent; None for an anonymous group.

    >>> identity({"account": {"homePage": "http://a.example", "name": "7"}})
    'account http://a.example 7'
    """
    for name in identifiers(value):
        told = value[name]
        if name == "account":
            return f"account {told['homePage']} {told['name']}"
        return f"{name} {told}"
    return None
