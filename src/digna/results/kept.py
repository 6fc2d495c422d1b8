"""What was drawn for one state of the journal is drawn once: no write, no other page.

The journal's last seal changes with every write, so nothing kept here can be older than the rows it
was drawn from. Time is no part of it: what says «hace 2 minutos» is drawn each time.
"""

import hashlib
import zlib
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from digna.accounts import rights
from digna.accounts.rights import Right
from digna.journal.models import Head
from digna.web.context import VERSION

DAY = 24 * 60 * 60


def drawn(
    request: HttpRequest, name: str, draw: Callable[[], str], *, depends_on: tuple[Right, ...]
) -> SafeString:
    """Return a piece of a page of figures: for this address, language and rights, as things stand.

    `depends_on` are the rights that change what is drawn; figures are the same for everybody.
    """
    seal = Head.objects.values_list("line_count", "seal").first()
    may = tuple(rights.may(request.user, right) for right in depends_on)
    said = (VERSION, name, request.get_full_path(), get_language(), may, seal)
    key = f"digna:{hashlib.sha256(repr(said).encode()).hexdigest()}"
    packed: bytes | None = cache.get(key)
    if packed is None:
        packed = zlib.compress(
            draw().encode()
        )  # a tenth of the memory, for a thousandth of a second
        cache.set(key, packed, DAY)
    return SafeString(zlib.decompress(packed).decode())
