"""How often the public doors may be tried from one address: enough for a full room, not for a
machine that guesses names."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from digna.errors import Refused

WINDOW = 600
"""Seconds. A whole workshop signs in within this through one router."""
TRIES = 150


class TooOften(Refused):
    """Too many tries in a short time."""

    status = 429


def count_try(request: HttpRequest, what: str) -> None:
    """Count one try at a public door.

    The address is counted in the cache for ten minutes, under a key that cannot be turned back;
    it is never written down.

    Raises:
        TooOften: `web.too_often` past `TRIES` within the window.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if counted(what + address, WINDOW) > TRIES:
        raise TooOften(
            "web.too_often",
            _(
                "Hubo demasiados intentos desde esta conexión. "
                "Espere diez minutos y pruebe otra vez."
            ),
        )


def counted(who: str, window: int) -> int:
    """Count one of `who`, under a key that cannot be turned back; return how many in the window.

    `window` is in seconds.
    """
    key = f"tries:{salted_hmac('web.limits', who).hexdigest()}"
    cache.add(key, 0, window)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, window)
        return 1
