"""Erasing a person: their statements stay counted and name nobody."""

import uuid
from collections.abc import Collection
from typing import Any

from digna.journal import record
from digna.registry.models import Person
from digna.xapi import access, texts
from digna.xapi.models import Document, LaunchPass, Mention, Statement
from digna_engines.statements import parties, reading


def forget(person: Person) -> None:
    """Put one nameless account where statements named a person; drop what players kept of them.

    Statements do not change, with this one exception: the law on personal data stands above it.
    """
    wanted = {parties.identity(agent) or "" for agent in agents_of(person)}
    digests = [texts.digest("agent", told) for told in wanted]
    nobody = access.account(f"anonimo-{uuid.uuid4()}")
    named = Mention.objects.filter(what=Mention.What.AGENT, digest__in=digests)
    for row in Statement.objects.filter(pk__in=named.values("statement")):
        said = _without(texts.read(row.body), wanted, nobody)
        record.blank(row, body=texts.written(said))
        _mention_again(row, said)
    Document.objects.filter(agent__in=digests).delete()
    LaunchPass.objects.filter(agent__in=agents_of(person)).delete()


def agents_of(person: Person) -> list[dict[str, Any]]:
    """Return the agents that stand for a person: our account, and their mailbox."""
    known = [access.account(str(person.public_id))]
    if person.email:
        known.append({"objectType": "Agent", "mbox": f"mailto:{person.email}"})
    return known


def _without(value: Any, wanted: Collection[str | None], nobody: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_without(one, wanted, nobody) for one in value]
    if not isinstance(value, dict):
        return value
    if _is_party(value) and parties.identity(value) in wanted:
        return dict(nobody)
    return {name: _without(inner, wanted, nobody) for name, inner in value.items()}


def _is_party(value: dict[str, Any]) -> bool:
    return bool(parties.identifiers(value)) and "homePage" not in value


def _mention_again(row: Statement, said: dict[str, Any]) -> None:
    direct, every = reading.agents(said)
    Mention.objects.filter(statement=row, what=Mention.What.AGENT).delete()
    Mention.objects.bulk_create(
        Mention(
            statement=row,
            what=Mention.What.AGENT,
            digest=texts.digest("agent", name),
            is_direct=name in direct,
        )
        for name in sorted(every)
    )
