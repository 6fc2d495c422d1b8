"""How often one person's telephones may ask: far above any outbox, far below a machine gone mad."""

from django.conf import settings
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.web import limits

WINDOW = 60


class TooOften(Refused):
    """Too many requests in a minute; the telephone waits and loses nothing."""

    status = 429


def count(who: str) -> None:
    """Count one request of a person (or, without one, of an address, under a hash).

    Raises:
        TooOften: `field.too_often`.
    """
    if limits.counted(f"field {who}", WINDOW) > settings.FIELD_MOST_A_MINUTE:
        raise TooOften(
            "field.too_often", _("Son demasiados envíos seguidos. El teléfono sigue en un minuto.")
        )
