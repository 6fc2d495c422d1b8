"""Who acts: the first argument of every service."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone

if TYPE_CHECKING:
    from digna.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person (or, with `user=None`, the system) carrying out one intention.

    Attributes:
        user: whose rights were checked at the door; None for tasks and commands.
        at: when it was done, which for field work is before it reached the server.
        device: the phone or browser it came from, as the journal should name it.
        intention: client-made UUID; the same one twice has one effect.
        reason: in the person's own words, where the service asks for one.
    """

    user: "User | None" = None
    at: datetime = field(default_factory=timezone.now)
    device: str = ""
    intention: uuid.UUID | None = None
    reason: str = ""


def of_request(
    request: HttpRequest, *, intention: uuid.UUID | None = None, reason: str = ""
) -> Actor:
    """Return the actor of a web request: its user (None for the public), its device."""
    from digna.accounts.models import User

    user = request.user if isinstance(request.user, User) else None
    device = "web " + request.headers.get("user-agent", "")[:100]
    return Actor(user=user, device=device, intention=intention, reason=reason)


def system(*, reason: str = "", intention: uuid.UUID | None = None) -> Actor:
    """Return the actor of a command or a task that no person started directly."""
    return Actor(device="sistema", reason=reason, intention=intention)
