"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "trainers.trainer.enlisted": _("Formador/a en la lista"),
    "trainers.trainer.corrected": _("Datos de formador/a corregidos"),
    "trainers.trainer.stopped": _("Dejó de formar"),
    "trainers.trainer.returned": _("Vuelve a formar"),
    "trainers.way.begun": _("Escalera de un módulo empezada"),
    "trainers.way.climbed": _("Escalón alcanzado"),
    "trainers.way.renewed": _("Certificado de formador/a renovado"),
    "trainers.way.stepped_down": _("Bajó un escalón"),
    "trainers.evidence.added": _("Evidencia agregada"),
    "trainers.evidence.removed": _("Evidencia quitada"),
    "trainers.evidence.accepted": _("Evidencia aceptada"),
    "trainers.evidence.returned": _("Evidencia devuelta"),
    "trainers.rule.changed": _("Regla de la escalera cambiada"),
}
