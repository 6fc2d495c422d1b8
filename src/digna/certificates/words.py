"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "certificates.certificate.issued": _("Certificado emitido"),
    "certificates.certificates.issued": _("Certificados emitidos"),
    "certificates.certificate.revoked": _("Certificado anulado"),
    "certificates.certificate.reissued": _("Certificado corregido y emitido otra vez"),
    "certificates.key.rotated": _("Llave de firma cambiada"),
}
