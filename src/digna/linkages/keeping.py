"""Evidence as it is kept: photographs made small, documents as they came, nothing else."""

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.web import photos

DOCUMENT_MAX = 10_000_000
SIGNATURE = b"%PDF"


def evidence(content: bytes, name: str = "evidencia") -> ContentFile[bytes]:
    """Return a PDF as it is, or a photograph made small and without its place.

    Raises:
        Refused: `linkages.evidence.too_large`, `web.photo.too_large`, `web.photo.unreadable`.
    """
    if not content.startswith(SIGNATURE):
        return photos.compressed(content, name=name)
    if len(content) > DOCUMENT_MAX:
        raise Refused(
            "linkages.evidence.too_large",
            _("El PDF pesa más de 10 MB. Suba uno más liviano o una foto."),
            field="evidence",
        )
    return ContentFile(content, name=f"{name}.pdf")
