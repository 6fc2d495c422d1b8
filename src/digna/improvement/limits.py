"""How often the pulse may be answered from one address: enough for a whole workshop at once.

The address is only counted, in the cache, under a key that cannot be turned back, for ten
minutes; it is never written down.
"""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from digna.errors import Refused

WINDOW, TRIES = 600, 120


class TooOften(Refused):
    """Too many tries in a short time."""

    status = 429


def count_try(request: HttpRequest, token: str) -> None:
    """Count one try at a round.

    Raises:
        TooOften: `improvement.too_often`.
    """
    address = request.META.get("REMOTE_ADDR", "")
    key = f"improvement:pulse:{salted_hmac('improvement.pulse', token + address).hexdigest()}"
    cache.add(key, 0, WINDOW)
    try:
        tries = cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, WINDOW)
        tries = 1
    if tries > TRIES:
        raise TooOften(
            "improvement.too_often",
            _("Hubo demasiados intentos desde esta conexión. Espere diez minutos."),
        )
