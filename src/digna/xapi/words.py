"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "xapi.statements.stored": _("Registros de aprendizaje guardados"),
    "xapi.document.stored": _("Documento de reproducción guardado"),
    "xapi.documents.removed": _("Documentos de reproducción quitados"),
    "xapi.key.made": _("Clave de programa creada"),
    "xapi.key.revoked": _("Clave de programa retirada"),
    "xapi.pass.made": _("Pase de reproducción creado"),
}
