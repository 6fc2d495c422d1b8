"""How often one person's telephones may ask: far above any outbox, far below a machine gone mad."""

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from digna.errors import Refused

WINDOW = 60


class TooOften(Refused):
    """Too many requests in a minute; the telephone waits and loses nothing."""

    status = 429


def count(who: str) -> None:
    """Count one request of a person (or, without one, of an address, under a hash).

    Raises:
        TooOften: `field.too_often`.
    """
    key = f"field:{salted_hmac('field.throttling', who).hexdigest()}"
    cache.add(key, 0, WINDOW)
    try:
        asked = cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, WINDOW)
        asked = 1
    if asked > settings.FIELD_MOST_A_MINUTE:
        raise TooOften(
            "field.too_often", _("Son demasiados envíos seguidos. El teléfono sigue en un minuto.")
        )
