"""Keys for programs, and passes for players: made, shown once, retired."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.xapi import access
from digna.xapi.models import AccessKey, LaunchPass


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """What a program needs to come in; the password is shown once."""

    name: str
    password: str


def new_secret(prefix: str) -> Secret:
    """Return a name and 256 random bits."""
    return Secret(f"{prefix}-{secrets.token_hex(6)}", secrets.token_urlsafe(32))


@writes("xapi.key.made")
def make(*, actor: Actor, label: str, scope: str, secret: Secret) -> AccessKey:
    """Let a program in.

    Raises:
        Refused: `xapi.key.needs_label`.
    """
    if not label.strip():
        raise Refused(
            "xapi.key.needs_label", _("Escriba para qué programa es la clave."), field="label"
        )
    return record.add(
        AccessKey(
            label=label.strip(),
            scope=scope,
            name=secret.name,
            secret_hash=access.hash_of(secret.password),
            created_by=actor.user,
        )
    )


@writes("xapi.key.revoked")
def revoke(*, actor: Actor, key: AccessKey) -> AccessKey:
    """Let a program in no longer; what it stored stays."""
    if key.revoked_at is not None:
        return key
    return record.change(key, revoked_at=actor.at)


@writes("xapi.pass.made")
def make_pass(
    *,
    actor: Actor,
    agent: dict[str, Any],
    registration: uuid.UUID,
    activity: str,
    secret: Secret,
    hours: int,
) -> LaunchPass:
    """Let a player in, for one learner and one attempt, for some hours."""
    return record.add(
        LaunchPass(
            name=secret.name,
            secret_hash=access.hash_of(secret.password),
            agent=agent,
            registration=registration,
            activity=activity[:500],
            expires_at=actor.at + timedelta(hours=hours),
        )
    )
