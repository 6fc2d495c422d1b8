"""The key that signs credentials, put aside for a new one."""

from digna.certificates import keys
from digna.certificates.models import SigningKey
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes


@writes("certificates.key.rotated")
def rotate(*, actor: Actor) -> SigningKey:
    """Sign with a new key from now on. What the old one signed goes on verifying as of this house.

    When the old key was stolen, nothing it signs is believed for its signature alone: the check
    page compares every credential with the certificate it names.
    """
    old, new = keys.rotate(actor.at)
    for key in SigningKey.objects.filter(did=old, retired_at=None):
        record.change(key, retired_at=actor.at)
    return record.add(SigningKey(did=new, used_since=actor.at))
