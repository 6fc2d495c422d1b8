"""Documents that prove something: a photograph made small, or a PDF as it came."""

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.web import photos

BYTES_MAX = 10_000_000


def accepted(content: bytes, name: str) -> ContentFile[bytes]:
    """Return what is kept of an upload.

    Raises:
        Refused: `partners.document.too_large`, `partners.document.unreadable`.
    """
    if len(content) > BYTES_MAX:
        raise Refused(
            "partners.document.too_large",
            _("El documento pesa más de 10 MB. Redúzcalo o suba solo las hojas que prueban esto."),
            field="file",
        )
    if content.startswith(b"%PDF-"):
        return ContentFile(content, name=f"{name}.pdf")
    try:
        return photos.compressed(content, name)
    except Refused as problem:
        raise Refused(
            "partners.document.unreadable",
            _("Ese archivo no es un PDF ni una foto que podamos leer. Suba PDF, JPEG o PNG."),
            field="file",
        ) from problem
