"""Telephones of people: which one asks, what it says of itself, who sees and revokes which."""

import uuid
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import access as accounts
from digna.accounts import rights
from digna.accounts.models import User
from digna.errors import NotVisible
from digna.field import envelopes, grants
from digna.field.grants import Bearer
from digna.field.models import Device

NOTED_EVERY = timedelta(minutes=1)


def seen(bearer: Bearer | None, telephone: uuid.UUID | None, waiting: str = "") -> Device | None:
    """Return the known telephone that asks, noting when it was last seen and how much it keeps.

    Not a change that anybody made: it is not journalled.

    Raises:
        NotAllowed: `field.device.revoked`: it says of itself that it is one that was.
    """
    if bearer is None:
        return None
    device = bearer.device
    if device is None and telephone is not None:
        device = bearer.user.telephones.filter(telephone=telephone).first()
    if device is None:
        return None
    if device.revoked_at is not None:
        raise grants.revoked()
    _note(device, envelopes.read_number(waiting))
    return device


def _note(device: Device, waiting: int | None) -> None:
    now = timezone.now()
    new = {"waiting_count": waiting} if waiting not in (None, device.waiting_count) else {}
    if new or now - device.last_seen_at > NOTED_EVERY:
        Device.objects.filter(pk=device.pk).update(last_seen_at=now, **new)


def visible(user: User) -> QuerySet[Device]:
    """Return one's own telephones, and those of the accounts one manages."""
    rows = Device.objects.select_related("user", "revoked_by")
    own = rows.filter(user=user)
    if not rights.may(user, accounts.MANAGE):
        return own
    return own | rows.filter(user__in=accounts.visible_members(user, accounts.MANAGE))


def device(user: User, key: uuid.UUID) -> Device:
    """Return one telephone that `user` may see and revoke."""
    row = visible(user).filter(public_id=key).first()
    if row is None:
        raise NotVisible("field.device.not_visible", _("No hay tal teléfono, o no es suyo."))
    return row


def own(user: User, telephone: uuid.UUID | None) -> Device:
    """Return what is known of a person on a telephone."""
    row = user.telephones.filter(telephone=telephone).first() if telephone else None
    if row is None:
        raise NotVisible("field.device.not_visible", _("No hay tal teléfono, o no es suyo."))
    return row
