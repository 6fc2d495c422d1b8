"""Photographs as they are kept: small, upright, and without the place where they were taken."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from digna.errors import Refused

LONGEST_SIDE = 1600
"""Pixels: enough to read a label on a shelf, and about 200 kB as JPEG."""
QUALITY = 78
BYTES_MAX = 20_000_000
PIXELS_MAX = 60_000_000


def compressed(content: bytes, name: str = "foto") -> ContentFile[bytes]:
    """Return a photograph as JPEG, turned upright, at most `LONGEST_SIDE` long, without EXIF.

    Raises:
        Refused: `web.photo.too_large`, `web.photo.unreadable`.
    """
    if len(content) > BYTES_MAX:
        raise Refused(
            "web.photo.too_large",
            _("La foto pesa más de 20 MB. Tómela con menos resolución o recórtela."),
            field="photo",
        )
    out = BytesIO()
    _upright(content).save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return ContentFile(out.getvalue(), name=f"{name}.jpg")


def _upright(content: bytes) -> Image.Image:
    try:
        opened = Image.open(BytesIO(content))
        if opened.width * opened.height > PIXELS_MAX:
            raise UnidentifiedImageError
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        turned = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(
            "web.photo.unreadable",
            _("Ese archivo no es una foto que podamos leer. Use JPEG, PNG o WebP."),
            field="photo",
        ) from error
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return turned
