"""The catalogue on paper: offers as they may be shown, each with a small photograph in the file."""

import base64
from io import BytesIO
from typing import Any

from PIL import Image

from digna.linkages.models import OfferPhoto
from digna.linkages.showing import Facts
from digna.web import links

SIDE = 260
"""Pixels: a thumb's width on paper."""
PICTURED = 120
"""Offers with a photograph: more would make a file that a telephone does not open."""


def context(offers: list[Facts], url: str, title: str) -> dict[str, Any]:
    """Return what the paper's template reads."""
    first = [one.photos[0] for one in offers if one.photos][:PICTURED]
    drawn = {row.pk: _data(row) for row in OfferPhoto.objects.filter(pk__in=first)}
    rows = [(one, drawn.get(one.photos[0], "") if one.photos else "") for one in offers]
    return {"rows": rows, "title": title, "url": url, "qr": links.qr(url)}


def _data(row: OfferPhoto) -> str:
    """Return a small copy as an address that holds the picture itself; "" for one that is lost."""
    try:
        with row.file.open("rb") as file:
            picture = Image.open(file)
            picture.thumbnail((SIDE, SIDE))
            out = BytesIO()
            picture.save(out, "JPEG", quality=70)
    except OSError:
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
