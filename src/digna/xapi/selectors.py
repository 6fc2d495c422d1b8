"""Finding statements as the interface asks for them, and as the screens do."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from digna.xapi import texts
from digna.xapi.models import AttachedFile, LearningActivity, Mention, Reference, Statement
from digna_engines.statements import reading

MOST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants of the statements; keys are digests.

    Attributes:
        after: the last statement of the page before, to go on from.
        only_by, only_of, only_in: what a key or pass may read at most.
    """

    agent: str = ""
    verb: str = ""
    activity: str = ""
    registration: uuid.UUID | None = None
    related_agents: bool = False
    related_activities: bool = False
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 0
    is_ascending: bool = False
    after: int | None = None
    only_by: str = ""
    only_of: str = ""
    only_in: uuid.UUID | None = None


def found(asked: Asked) -> QuerySet[Statement]:
    """Return the statements that suit, and those that point at one that does."""
    rows = Statement.objects.filter(_limits(asked), is_voided=False)
    matching = _matching(asked)
    if matching is None:
        return rows
    if not Reference.objects.exists():
        return rows.filter(matching)
    targets = Statement.objects.filter(matching).values("pk")
    pointing = Reference.objects.filter(target__in=targets).values("source")
    return rows.filter(matching | Q(pk__in=pointing))


def _limits(asked: Asked) -> Q:
    limits = Q()
    if asked.since is not None:
        limits &= Q(stored_at__gt=asked.since)
    if asked.until is not None:
        limits &= Q(stored_at__lte=asked.until)
    if asked.after is not None:
        limits &= Q(pk__gt=asked.after) if asked.is_ascending else Q(pk__lt=asked.after)
    return limits & reach(asked)


def reach(asked: Asked) -> Q:
    """Return what a key or a pass may read at most."""
    limits = Q()
    if asked.only_by:
        limits &= Q(_mentioned(asked.only_by, direct=False))
    if asked.only_of:
        limits &= Q(_mentioned(asked.only_of, direct=False)) & Q(registration=asked.only_in)
    return limits


def _matching(asked: Asked) -> Q | None:
    """Return what the statement itself must be, or None where anything suits."""
    terms = []
    if asked.verb:
        terms.append(Q(verb=asked.verb))
    if asked.registration is not None:
        terms.append(Q(registration=asked.registration))
    if asked.agent:
        terms.append(Q(_mentioned(asked.agent, direct=not asked.related_agents)))
    if asked.activity:
        terms.append(Q(_mentioned(asked.activity, direct=not asked.related_activities)))
    if not terms:
        return None
    matching = Q()
    for term in terms:
        matching &= term
    return matching


def _mentioned(digest: str, *, direct: bool) -> Exists:
    rows = Mention.objects.filter(statement=OuterRef("pk"), digest=digest)
    return Exists(rows.filter(is_direct=True) if direct else rows)


@dataclass(frozen=True, slots=True)
class Page:
    """Some statements, and from where to go on (None: there are no more)."""

    rows: Sequence[Statement]
    more: Asked | None


def page(asked: Asked) -> Page:
    """Return one page of statements, in the order they were stored (the newest first)."""
    limit = min(asked.limit or MOST, MOST)
    order = "pk" if asked.is_ascending else "-pk"
    rows = list(found(asked).order_by(order)[: limit + 1])
    if len(rows) <= limit:
        return Page(rows, None)
    rows = rows[:limit]
    return Page(rows, replace(asked, after=rows[-1].pk))


def files_of(said: Sequence[dict[str, Any]]) -> list[AttachedFile]:
    """Return the files kept for what statements declare as attached."""
    wanted = {str(a["sha2"]) for one in said for a in reading.attachments(one)}
    return list(AttachedFile.objects.filter(sha2__in=wanted).order_by("pk"))


def activity(iri: str) -> dict[str, Any]:
    """Return an activity with the newest that is known of it."""
    told: dict[str, Any] = {"objectType": "Activity", "id": iri}
    row = LearningActivity.objects.filter(digest=texts.digest("activity", iri)).first()
    if row is not None and row.definition:
        told["definition"] = texts.read(row.definition)
    return told


def definitions(iris: set[str]) -> dict[str, Any]:
    """Return what is known of several activities, by their IRI."""
    keys = [texts.digest("activity", iri) for iri in iris]
    rows = LearningActivity.objects.filter(digest__in=keys).exclude(definition="")
    return {row.iri: texts.read(row.definition) for row in rows}
