"""Who comes in, and how far: keys of programs, passes of players, staff on the screens."""

import base64
import binascii
import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role
from digna.errors import NotVisible
from digna.xapi import problems, texts
from digna.xapi.models import AccessKey, LaunchPass, Statement
from digna_engines.statements import parties

SEE = rights.declare("xapi.see", {Role.LEAD, Role.MEL, Role.AUDITOR})
KEYS = rights.declare("xapi.keys", {Role.LEAD})
USE_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: what is set as authority, and how far they reach.

    Attributes:
        authority: the agent that vouches for what they store.
        may_read, may_write: what their key is for.
        only_by: statements with this authority alone may be read ("" = all).
        agent, registration: of a pass, the learner and the attempt it is for.
    """

    authority: dict[str, Any]
    may_read: bool = True
    may_write: bool = True
    only_by: str = ""
    agent: str = ""
    registration: uuid.UUID | None = None


def account(name: str, label: str = "") -> dict[str, Any]:
    """Return one of this installation's own agents: an account, never a mailbox."""
    told: dict[str, Any] = {
        "objectType": "Agent",
        "account": {"homePage": settings.LEARNER_HOME, "name": name},
    }
    return {**told, "name": label} if label else told


def agent_digest(agent: dict[str, Any]) -> str:
    """Return the key under which an identified agent is looked for; "" for an anonymous group."""
    told = parties.identity(agent)
    return "" if told is None else texts.digest("agent", told)


def hash_of(secret: str) -> str:
    """Return what is kept of a secret of 256 random bits: a plain hash is enough for those."""
    return hashlib.sha256(secret.encode()).hexdigest()


def caller(authorization: str) -> Caller:
    """Return who stands behind an `Authorization` header.

    Raises:
        Unknown: `xapi.key.unknown`.
        Wrong: `xapi.request.header` (not HTTP Basic).
    """
    name, secret = _basic(authorization)
    return _by_key(name, secret) or _by_pass(name, secret) or _nobody()


def _nobody() -> Caller:
    raise problems.unknown()


def _basic(authorization: str) -> tuple[str, str]:
    if not authorization:
        raise problems.unknown()
    kind, _space, told = authorization.partition(" ")
    if kind.lower() != "basic":
        raise problems.unknown()
    try:
        name, colon, secret = base64.b64decode(told.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as problem:
        raise problems.header("Authorization") from problem
    if not colon or "\x00" in name:
        raise problems.header("Authorization")
    return name, secret


def _by_key(name: str, secret: str) -> Caller | None:
    row = AccessKey.objects.filter(name=name, revoked_at=None).first()
    if row is None or not secrets.compare_digest(row.secret_hash, hash_of(secret)):
        return None
    _note_use(row)
    authority = account(row.name, row.label)
    own = agent_digest(authority) if row.scope == AccessKey.Scope.WRITE else ""
    return Caller(authority, may_write=row.scope != AccessKey.Scope.READ, only_by=own)


def _note_use(row: AccessKey) -> None:
    """Keep when a key was last used, to the hour: not a change that anybody made."""
    now = timezone.now()
    if row.last_used_at is None or now - row.last_used_at > USE_NOTED_EVERY:
        AccessKey.objects.filter(pk=row.pk).update(last_used_at=now)


def _by_pass(name: str, secret: str) -> Caller | None:
    row = LaunchPass.objects.filter(name=name, expires_at__gt=timezone.now()).first()
    if row is None or not secrets.compare_digest(row.secret_hash, hash_of(secret)):
        return None
    return Caller(account("digna"), agent=agent_digest(row.agent), registration=row.registration)


def visible_statements(user: object) -> QuerySet[Statement]:
    """Return the statements `user` may read on screen."""
    reach = rights.reach(user, SEE)
    return Statement.objects.all() if reach.is_everything else Statement.objects.none()


def statement(user: object, key: uuid.UUID) -> Statement:
    """Return one statement that `user` may read."""
    row = visible_statements(user).filter(statement_id=key).first()
    if row is None:
        raise NotVisible("xapi.not_found", _("No hay nada con ese identificador."))
    return row


def visible_keys(user: object) -> QuerySet[AccessKey]:
    """Return the keys `user` keeps."""
    reach = rights.reach(user, KEYS)
    return AccessKey.objects.all() if reach.is_everything else AccessKey.objects.none()


def key(user: object, public_id: uuid.UUID) -> AccessKey:
    """Return one key that `user` keeps."""
    row = visible_keys(user).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("xapi.not_found", _("No hay nada con ese identificador."))
    return row
