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
    "surveys.export.asked": _("Descarga de envíos pedida"),
    "surveys.export.begun": _("Descarga de envíos comenzada"),
    "surveys.export.made": _("Descarga de envíos preparada"),
    "surveys.export.failed": _("Descarga de envíos no lograda"),
    "surveys.export.cancelled": _("Descarga de envíos cancelada"),
    "surveys.export.taken": _("Descarga de envíos llevada"),
    "surveys.export.expired": _("Descarga de envíos vencida"),
    "surveys.answers.bound": _("Respuestas llevadas a sus datos"),
}

PROBLEMS = {
    "disk": _(
        "El servidor se quedó sin lugar en el disco y no pudo guardar el archivo. Avise a quien "
        "administra el sistema y pídala otra vez cuando haya lugar."
    ),
    "lost": _(
        "El servidor se apagó o se reinició mientras la preparaba. Pídala otra vez: empieza de "
        "nuevo."
    ),
    "rights": _(
        "Mientras esperaba, su cuenta dejó de tener permiso para ver estos envíos. Hable con "
        "quien coordina el programa."
    ),
    "broken": _(
        "Algo falló al preparar el archivo. Pruebe otra vez, o con menos envíos (un mes, un "
        "estado); si vuelve a fallar, avise a quien administra el sistema."
    ),
}
