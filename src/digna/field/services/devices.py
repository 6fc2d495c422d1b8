"""Telephones: made known, revoked, and opened again for who forgot the PIN."""

import uuid

from digna.accounts.models import User
from digna.field import grants, recovery
from digna.field.models import Device
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes


@writes("field.device.registered")
def register_device(
    *, actor: Actor, user: User, telephone: uuid.UUID, name: str, key: str
) -> Device:
    """Make a telephone known for a person, or bring what is known of it up to date.

    `key` is the raw data key of the person on it, in base64; "" leaves the one that is kept.

    Raises:
        NotAllowed: `field.device.revoked`.
        Refused: `field.recovery.unreadable`.
    """
    sealed = recovery.seal(key) if key else ""
    device = Device.objects.filter(user=user, telephone=telephone).first()
    if device is None:
        return record.add(
            Device(user=user, telephone=telephone, name=name, recovery=sealed,
                   first_seen_at=actor.at, last_seen_at=actor.at)
        )  # fmt: skip
    if device.revoked_at is not None:
        raise grants.revoked()
    kept = {"recovery": sealed} if sealed else {}
    return record.change(device, name=name or device.name, **kept)


@writes("field.device.revoked")
def revoke_device(*, actor: Actor, device: Device) -> Device:
    """End what a telephone may do; what it has not sent stays on it, closed."""
    if device.revoked_at is not None:
        return device
    return record.change(device, revoked_at=actor.at, revoked_by=actor.user)


@writes("field.device.opened_again")
def note_opened_again(*, actor: Actor, device: Device) -> Device:
    """Note that a person asked for the key of their telephone. The key itself is written nowhere.

    Raises:
        NotAllowed: `field.device.revoked`.
    """
    if device.revoked_at is not None:
        raise grants.revoked()
    record.note(device, key_given=True)
    return device


@writes("field.device.readmitted")
def readmit_device(*, actor: Actor, device: Device) -> Device:
    """Let a telephone that turned up do again what it did."""
    return record.change(device, revoked_at=None, revoked_by=None)
