"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "studies.schemes.loaded": _("Esquemas de criterios cargados"),
    "studies.selection.created": _("Selección de sectores creada"),
    "studies.selection.changed": _("Selección de sectores corregida"),
    "studies.selection.versioned": _("Versión nueva de una selección"),
    "studies.candidates.added": _("Sectores agregados a la lista larga"),
    "studies.candidate.changed": _("Sector de la lista descrito"),
    "studies.candidate.removed": _("Sector quitado de la lista larga"),
    "studies.verdict.given": _("Veredicto de un criterio excluyente"),
    "studies.criteria.copied": _("Criterios copiados de un esquema"),
    "studies.criterion.added": _("Criterio agregado"),
    "studies.criterion.changed": _("Criterio corregido"),
    "studies.criterion.removed": _("Criterio quitado"),
    "studies.evaluator.invited": _("Persona invitada a evaluar"),
    "studies.evaluator.link_renewed": _("Enlace de evaluación cambiado"),
    "studies.evaluator.left": _("Persona evaluadora que se retiró"),
    "studies.evaluator.returned": _("Persona evaluadora que volvió"),
    "studies.round.opened": _("Ronda abierta"),
    "studies.round.closed": _("Ronda cerrada y sellada"),
    "studies.discussion.noted": _("Nota de discusión"),
    "studies.weights.given": _("Pesos respondidos"),
    "studies.score.given": _("Puntaje respondido"),
    "studies.scores.kept": _("Puntajes mantenidos de la ronda anterior"),
    "studies.outcome.computed": _("Orden de sectores calculado"),
    "studies.decision.taken": _("Decisión sobre los sectores"),
}
