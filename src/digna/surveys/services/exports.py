"""Large exports: asked for once, made by the worker, taken by who asked, gone after some days."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Clash, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.surveys.models import Export, SurveyForm

State = Export.State
LASTS = timedelta(days=7)
"""How long a file of people's answers lies ready: a week's holiday, and no longer."""


@writes("surveys.export.asked")
def ask(*, actor: Actor, user: User, form: SurveyForm, asked: Mapping[str, str]) -> Export:
    """Ask for an export; while the same one of the same person is under way, return that one."""
    digest = digest_of(asked)
    rows = Export.objects.select_for_update().filter(user=user, form=form, digest=digest)
    standing = rows.filter(state__in=(State.ASKED, State.MAKING)).first()
    if standing is not None and not standing.is_lost():
        return standing
    if standing is not None:
        record.change(standing, state=State.FAILED, problem="lost", ended_at=actor.at)
    made = Export(
        user=user, form=form, asked=dict(asked), digest=digest, asked_at=actor.at, moved_at=actor.at
    )
    return record.add(made)


def digest_of(asked: Mapping[str, str]) -> str:
    """Return what two equal wishes have in common."""
    return hashlib.sha256(json.dumps(dict(asked), sort_keys=True).encode()).hexdigest()


@writes("surveys.export.begun")
def begin(*, actor: Actor, export: Export, total: int, is_whole: bool) -> Export | None:
    """Take it up; None where somebody cancelled it or another process has it."""
    row = Export.objects.select_for_update().filter(pk=export.pk, state=State.ASKED).first()
    if row is None:
        return None
    return record.change(row, state=State.MAKING, total=total, is_whole=is_whole, moved_at=actor.at)


@writes("surveys.export.made")
def finish(*, actor: Actor, export: Export, name: str, size: int) -> Export | None:
    """Keep the file; None where it was cancelled at the last moment."""
    row = Export.objects.select_for_update().filter(pk=export.pk, state=State.MAKING).first()
    if row is None:
        return None
    return record.change(
        row,
        state=State.DONE,
        file=name,
        size=size,
        done=row.total or 0,
        ended_at=actor.at,
        expires_at=actor.at + LASTS,
    )


@writes("surveys.export.failed")
def fail(*, actor: Actor, export: Export, problem: str) -> Export:
    """Say that it could not be made: one of `words.PROBLEMS`."""
    row = Export.objects.select_for_update().get(pk=export.pk)
    if not row.is_under_way:
        return row
    return record.change(row, state=State.FAILED, problem=problem, ended_at=actor.at)


@writes("surveys.export.cancelled")
def cancel(*, actor: Actor, export: Export) -> Export:
    """Stop it; the maker notices within seconds.

    Raises:
        Clash: `surveys.export.over`.
    """
    row = Export.objects.select_for_update().get(pk=export.pk)
    if not row.is_under_way:
        raise Clash("surveys.export.over", _("Ya había terminado: no queda nada que cancelar."))
    return record.change(row, state=State.CANCELLED, ended_at=actor.at)


@writes("surveys.export.taken")
def take(*, actor: Actor, export: Export) -> Export:
    """Note that its file was taken.

    Raises:
        Refused: `surveys.export.not_ready`.
    """
    if not export.is_ready:
        raise Refused(
            "surveys.export.not_ready",
            _("Esta descarga no está lista o ya venció. Pídala otra vez desde la lista de envíos."),
        )
    record.note(export, taken=True)
    return export


@writes("surveys.export.expired")
def expire(*, actor: Actor, export: Export) -> Export:
    """Forget what was asked; its file is taken away by who calls this."""
    record.note(export, expired_at=actor.at.isoformat())
    return record.change(export, state=State.EXPIRED, file="", asked={})
