"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "pathways.pathway.started": _("Ruta empezada por una empresa"),
    "pathways.pathway.left": _("Ruta dejada por una empresa"),
    "pathways.answers.given": _("Respuestas para la ruta de una empresa"),
    "pathways.step.recorded": _("Avance de un paso anotado"),
    "pathways.step.undone": _("Avance de un paso deshecho"),
    "pathways.step.renewed": _("Paso empezado otra vez"),
    "pathways.paper.added": _("Papel de un paso guardado"),
    "pathways.paper.removed": _("Papel de un paso quitado"),
    "pathways.report.sent": _("Error en un paso reportado"),
    "pathways.report.answered": _("Reporte de error respondido"),
    "pathways.fact.corrected": _("Dato de un paso corregido"),
    "pathways.fact.confirmed": _("Paso leído otra vez"),
    "pathways.fact.withdrawn": _("Corrección de un paso retirada"),
    "pathways.official.taken_in": _("Archivo de trámites oficiales leído"),
    "pathways.official.paired": _("Trámite oficial unido a un paso"),
    "pathways.proposal.accepted": _("Dato oficial aceptado"),
    "pathways.proposal.rejected": _("Dato oficial rechazado"),
    "pathways.readiness.checked": _("Preparación para exportar respondida"),
    "pathways.export_plan.written": _("Versión de un plan de exportación escrita"),
}
