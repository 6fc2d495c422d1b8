"""`@writes("app.noun.verbed")`: one transaction, one line, one effect per intention."""

import functools
import uuid
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.models import Change, Head, Line

P = ParamSpec("P")
R = TypeVar("R")

SERVICES: dict[str, Callable[..., Any]] = {}
"""Every service by its journal name: how field sync finds the one an intention asks for."""


def writes(action: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a service: keyword-only, `actor` first, returning a row, plain JSON or None.

    The call runs in one transaction. What it recorded becomes one sealed line; a service called
    by another service adds to the caller's line. A call whose intention is already in the journal
    does nothing and returns what the first one returned.
    """

    def mark(service: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(service)
        def written(*args: P.args, **kwargs: P.kwargs) -> R:
            if record._open.get() is not None:
                return service(*args, **kwargs)
            actor = kwargs["actor"]
            assert isinstance(actor, Actor)  # noqa: S101 — a programming error, not input
            return _once(action, actor, lambda: service(*args, **kwargs))

        written.journal_action = action  # type: ignore[attr-defined]
        SERVICES[action] = written
        return written

    return mark


def _once(action: str, actor: Actor, call: Callable[[], R]) -> R:
    try:
        with transaction.atomic():
            if (first := _line_of(actor.intention)) is not None:
                return cast(R, _recall(first, action))
            return _run(action, actor, call)
    except IntegrityError:
        # Two at once: the other transaction won the race for this intention.
        if (first := _line_of(actor.intention)) is not None:
            return cast(R, _recall(first, action))
        raise


def _run(action: str, actor: Actor, call: Callable[[], R]) -> R:
    draft = record.Draft(action, actor)
    token = record._open.set(draft)
    try:
        result = call()
    finally:
        record._open.reset(token)
    # An intention is answered even when it changed nothing: its replay must do nothing too.
    if draft.changes or actor.intention is not None:
        _append(draft, result)
    return result


def _append(draft: record.Draft, result: object) -> Line:
    head, _created = Head.objects.select_for_update().get_or_create(pk=1)
    actor = draft.actor
    line = Line(
        at=actor.at,
        actor=actor.user,
        action=draft.action,
        device=actor.device,
        reason=actor.reason,
        intention=actor.intention,
        receipt=_receipt(result),
        digest=sealing.digest_of_all(change.digest for change in draft.changes),
        previous=head.seal,
    )
    line.seal = sealing.seal_of(previous=line.previous, facts=facts_of(line))
    line.save(force_insert=True)
    for change in draft.changes:
        change.line = line
    Change.objects.bulk_create(draft.changes, batch_size=500)
    head.line_count += 1
    head.seal = line.seal
    head.save()
    return line


def facts_of(line: Line) -> dict[str, Any]:
    """Return what a line's seal vouches for."""
    return {
        "at": line.at,
        "actor": line.actor_id,
        "action": line.action,
        "device": line.device,
        "reason": line.reason,
        "intention": line.intention,
        "receipt": line.receipt,
        "digest": line.digest,
    }


def _line_of(intention: uuid.UUID | None) -> Line | None:
    if intention is None:
        return None
    return Line.objects.filter(intention=intention).first()


def _receipt(result: object) -> Any:
    if isinstance(result, models.Model):
        return {"model": result._meta.label_lower, "pk": sealing.plain(result.pk)}
    return sealing.plain(result)


def _recall(line: Line, action: str) -> Any:
    if line.action != action:
        raise Refused(
            "journal.intention_reused",
            _("Este envío ya se usó para otra cosa. Vuelva a abrir el formulario."),
        )
    receipt = line.receipt
    if isinstance(receipt, Mapping) and set(receipt) == {"model", "pk"}:
        return apps.get_model(receipt["model"])._base_manager.get(pk=receipt["pk"])
    return receipt
