"""Work that outlasts a request: a working copy packed."""

from pathlib import Path

from django.conf import settings
from django_tasks import task

from digna.accounts.models import User
from digna.journal.actor import Actor
from digna.partners import packing
from digna.partners.models import WorkingCopy
from digna.partners.services import copies

TOLD_EVERY = 10


@task()
def pack_copy(copy_id: int, user_id: int | None) -> None:
    """Pack a copy and say how far it is."""
    copy = WorkingCopy.objects.select_related("partner").get(pk=copy_id)
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    name = f"copies/{copy.public_id}.zip"

    def step(done: int, total: int) -> None:
        if done % TOLD_EVERY == 0:
            copies.advance(actor=_actor(user), copy=copy, done=done, total=total)

    try:
        packed = packing.pack(copy.partner, Path(settings.MEDIA_ROOT) / name, step)
    except Exception as broken:
        copies.fail(actor=_actor(user), copy=copy, problem=str(broken))
        raise
    copies.finish(
        actor=_actor(user),
        copy=copy,
        name=name,
        sha256=packed.sha256,
        size=packed.size,
        manifest=packed.manifest,
    )


def _actor(user: User | None) -> Actor:
    return Actor(user=user, device="tarea")
