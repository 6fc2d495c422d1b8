"""Work that outlasts a request: a draft drawn up."""

from django_tasks import task

from digna.journal import actor
from digna.mentoring.models import Draft
from digna.mentoring.services import drafts


@task()
def draw_up(draft_id: int) -> None:
    """Draw up a draft; safe to run again after a crash."""
    from digna.mentoring import drawing  # numpy and scipy: never in the web process

    draft = Draft.objects.select_related("cohort").get(pk=draft_id)
    if draft.state != Draft.State.WAITING:
        return
    try:
        drawn = drawing.draw(draft.mode, draft.inputs, drafts.names_in_both(draft))
        drafts.keep_drawing(actor=actor.system(), draft=draft, drawing=drawn)
    except Exception:
        drafts.fail(actor=actor.system(), draft=draft)
        raise
