"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "field.installation.founded": _("Instalación nombrada"),
    "field.installation.mark_renewed": _("Teléfonos avisados de un respaldo"),
    "field.device.registered": _("Teléfono registrado"),
    "field.device.revoked": _("Teléfono retirado"),
    "field.device.readmitted": _("Teléfono admitido otra vez"),
    "field.device.opened_again": _("Llave de un teléfono entregada"),
    "field.arrival.kept": _("Envío guardado con pregunta"),
    "field.arrival.settled": _("Pregunta del campo resuelta"),
    "field.arrival.rejected": _("Envío no aceptado"),
    "field.arrival.asked_again": _("Pregunta del campo hecha otra vez"),
    "field.arrival.failed_again": _("Envío apartado otra vez"),
    "field.arrival.forgotten": _("Contenido de preguntas resueltas borrado"),
}
