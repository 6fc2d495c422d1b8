"""PDFs drawn by the worker: asked for once, found again by what they say."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.reports.models import Rendering

State = Rendering.State


@writes("reports.rendering.asked")
def ask(*, actor: Actor, sha256: str, paper: Mapping[str, Any]) -> Rendering:
    """Ask for a PDF of a labelled page object, unless it is drawn or being drawn."""
    standing = Rendering.objects.filter(sha256=sha256).exclude(state=State.FAILED).first()
    if standing is not None:
        return standing
    return record.add(Rendering(sha256=sha256, paper=dict(paper), asked_at=actor.at))


@writes("reports.rendering.drawn")
def drawn(*, actor: Actor, rendering: Rendering, content: bytes) -> Rendering:
    """Keep the file; what it was drawn from is no longer needed."""
    rendering.file.save(f"{rendering.public_id}.pdf", ContentFile(content), save=False)
    return record.change(
        rendering, file=rendering.file, state=State.DONE, done_at=actor.at, paper=None
    )


@writes("reports.rendering.failed")
def fail(*, actor: Actor, rendering: Rendering, problem: str) -> Rendering:
    """Say that it could not be drawn, and why."""
    return record.change(
        rendering, state=State.FAILED, problem=problem[:500], done_at=actor.at, paper=None
    )
