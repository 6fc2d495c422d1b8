"""Keeping statements: once, for good, with what they mention, refer to and void."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.xapi import problems, texts
from digna.xapi.models import AttachedFile, LearningActivity, Mention, Reference, Statement
from digna_engines.statements import checking, reading, showing, values

GATES: list[Callable[[Actor, Sequence[Mapping[str, Any]]], None]] = []
"""Who may still refuse statements that are new, by rules of their own (cmi5's order)."""
STORED: list[Callable[[Actor, Sequence[Statement]], None]] = []
"""Who wants to know of statements that are new: rooms above append from their `apps.ready`."""
Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with the statements."""

    content_type: str
    content: bytes


@writes("xapi.statements.stored")
def store(
    *,
    actor: Actor,
    statements: Sequence[Mapping[str, Any]],
    authority: Mapping[str, Any],
    files: Mapping[str, Attached] | None = None,
) -> list[str]:
    """Keep statements whose form was checked; return their ids in order.

    One that is kept already and says the same is left as it is.

    Raises:
        Wrong: `xapi.statement.twice` (an id twice in one request), `xapi.statement.void_of_void`.
        Clash: `xapi.statement.differs` (that id is kept and says something else).
    """
    said = [_completed(one, actor, authority) for one in statements]
    ids = [uuid.UUID(one["id"]) for one in said]
    if len(set(ids)) < len(ids):
        raise problems.Wrong("xapi.statement.twice", _("Un mismo id viene dos veces en el envío."))
    new = _new_ones(said, ids)
    if new:
        for hold in GATES:
            hold(actor, new)
        _keep_files(files or {})
        rows = [_row(one, actor) for one in new]
        record.add_many(rows, each=False)
        _mention(rows, new)
        _refer(rows)
        _void(rows)
        _describe(new)
        for told in STORED:
            told(actor, rows)
    return [str(key) for key in ids]


def _completed(statement: Mapping[str, Any], actor: Actor, authority: Mapping[str, Any]) -> Said:
    stored = values.in_utc(actor.at)
    told = texts.listed_contexts(statement)
    told["id"] = str(statement.get("id") or uuid.uuid4()).lower()
    told.setdefault("timestamp", stored)
    told.setdefault("version", "1.0.0")
    told["stored"], told["authority"] = stored, dict(authority)
    return told


def _new_ones(said: Sequence[Said], ids: Sequence[uuid.UUID]) -> list[Said]:
    kept = {row.statement_id: row for row in Statement.objects.filter(statement_id__in=ids)}
    new = []
    for one, key in zip(said, ids, strict=True):
        if key not in kept:
            new.append(one)
        elif not reading.is_same(texts.read(kept[key].body), one):
            raise problems.clash(
                "xapi.statement.differs",
                _("Ya se guardó otro registro con el id %(id)s.") % {"id": key},
            )
    return new


def _row(said: Said, actor: Actor) -> Statement:
    registration = (said.get("context") or {}).get("registration")
    refers = reading.reference(said)
    return Statement(
        statement_id=uuid.UUID(said["id"]),
        stored_at=actor.at,
        happened_at=values.read_moment(said["timestamp"]) or actor.at,
        verb=texts.digest("verb", said["verb"]["id"]),
        registration=uuid.UUID(registration) if registration else None,
        refers_to=uuid.UUID(refers) if refers else None,
        body=texts.written(said),
    )


def _mention(rows: Sequence[Statement], said: Sequence[Said]) -> None:
    # The index of what the journal already holds by its digest: no lines of its own.
    found = []
    for row, one in zip(rows, said, strict=True):
        found += _mentions(row, Mention.What.AGENT, *reading.agents(one))
        found += _mentions(row, Mention.What.ACTIVITY, *reading.activities(one))
    Mention.objects.bulk_create(found, batch_size=500)


def _mentions(row: Statement, what: str, direct: set[str], every: set[str]) -> list[Mention]:
    return [
        Mention(
            statement=row,
            what=what,
            digest=texts.digest(what, name),
            is_direct=name in direct,
        )
        for name in sorted(every)
    ]


def _refer(rows: Sequence[Statement]) -> None:
    targets = [row.refers_to for row in rows if row.refers_to]
    known = {row.statement_id: row for row in Statement.objects.filter(statement_id__in=targets)}
    for row in rows:
        if row.refers_to in known:
            _link(row.pk, known[row.refers_to].pk)
    mine = {row.statement_id: row for row in rows}
    # those kept earlier that pointed at a statement which only now arrives
    for source in Statement.objects.filter(refers_to__in=list(mine)):
        if source.refers_to is not None:
            _link(source.pk, mine[source.refers_to].pk)


def _link(source: int, target: int) -> None:
    sources = {source, *Reference.objects.filter(target=source).values_list("source", flat=True)}
    targets = {target, *Reference.objects.filter(source=target).values_list("target", flat=True)}
    pairs = [
        Reference(source_id=one, target_id=other)
        for one in sorted(sources)
        for other in sorted(targets)
        if one != other
    ]
    Reference.objects.bulk_create(pairs, ignore_conflicts=True)


def _void(rows: Sequence[Statement]) -> None:
    voiding = texts.digest("verb", checking.VOIDED)
    asked = [row.refers_to for row in rows if row.verb == voiding and row.refers_to]
    for target in Statement.objects.filter(statement_id__in=asked, is_voided=False):
        if target.verb == voiding:
            raise problems.Wrong(
                "xapi.statement.void_of_void", _("Una anulación no se puede anular.")
            )
        record.change(target, is_voided=True)
    mine = {row.statement_id: row for row in rows if row.verb != voiding}
    early = Statement.objects.filter(verb=voiding, refers_to__in=list(mine))
    for key in early.values_list("refers_to", flat=True):
        if key is not None and not mine[key].is_voided:
            record.change(mine[key], is_voided=True)


def _describe(said: Sequence[Said]) -> None:
    """Keep the newest that was said of each activity, from statements in the journal."""
    told: dict[str, dict[str, Any]] = {}
    for one in said:
        for activity in reading.described(one):
            before = told.get(activity["id"], {})
            told[activity["id"]] = showing.merged(before, activity.get("definition") or {})
    keys = {texts.digest("activity", iri): iri for iri in told}
    known = {row.digest: row for row in LearningActivity.objects.filter(digest__in=list(keys))}
    new = []
    for key, iri in keys.items():
        if key not in known:
            definition = texts.written(told[iri]) if told[iri] else ""
            new.append(LearningActivity(digest=key, iri=iri, definition=definition))
        elif told[iri]:
            _describe_again(known[key], told[iri])
    LearningActivity.objects.bulk_create(new, ignore_conflicts=True)


def _describe_again(row: LearningActivity, definition: dict[str, Any]) -> None:
    merged = texts.written(showing.merged(texts.read(row.definition or "{}"), definition))
    if merged != row.definition:
        LearningActivity.objects.filter(pk=row.pk).update(definition=merged)


def _keep_files(files: Mapping[str, Attached]) -> None:
    known = set(AttachedFile.objects.filter(sha2__in=list(files)).values_list("sha2", flat=True))
    for sha2, attached in files.items():
        if sha2 in known:
            continue
        row = AttachedFile(
            sha2=sha2, content_type=attached.content_type, size=len(attached.content)
        )
        row.file.save(sha2, ContentFile(attached.content), save=False)
        record.add(row)
