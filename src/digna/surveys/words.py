"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "surveys.form.uploaded": _("Formulario subido"),
    "surveys.version.added": _("Versión de formulario agregada"),
    "surveys.media.added": _("Archivo de formulario agregado"),
    "surveys.form.opened": _("Formulario abierto"),
    "surveys.form.closed": _("Formulario cerrado"),
    "surveys.key.made": _("Clave de aplicación creada"),
    "surveys.key.revoked": _("Clave de aplicación retirada"),
    "surveys.submission.received": _("Envío recibido"),
    "surveys.submission.refused": _("Envío no aceptado"),
    "surveys.submission.reviewed": _("Envío revisado"),
    "surveys.submission.settled": _("Corrección de envío elegida"),
    "surveys.submissions.read_in": _("Envíos leídos de otro sistema"),
    "surveys.answers.bound": _("Respuestas llevadas a sus datos"),
}
