"""What this room's actions are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "learning.course.loaded": _("Curso tomado de un kit"),
    "learning.course.created": _("Curso creado"),
    "learning.course.copied": _("Curso copiado"),
    "learning.course.taken_in": _("Curso tomado de una carpeta"),
    "learning.course.published": _("Versión de un curso publicada"),
    "learning.course.retired": _("Curso retirado"),
    "learning.course.reinstated": _("Curso puesto otra vez en uso"),
    "learning.draft.begun": _("Borrador de un curso comenzado"),
    "learning.draft.changed": _("Borrador de un curso cambiado"),
    "learning.draft.discarded": _("Borrador de un curso descartado"),
    "learning.media.added": _("Archivo de un curso agregado"),
    "learning.group.opened": _("Grupo de un curso abierto"),
    "learning.group.changed": _("Grupo de un curso corregido"),
    "learning.group.closed": _("Grupo de un curso cerrado"),
    "learning.attendance.marked": _("Asistencia a un encuentro marcada"),
    "learning.person.enrolled": _("Inscripción a un curso"),
    "learning.firm.enrolled": _("Inscripción de una empresa a un curso"),
    "learning.enrolment.withdrawn": _("Retiro de un curso"),
    "learning.enrolment.reopened": _("Vuelta a un curso"),
    "learning.version.taken": _("Versión nueva de un curso tomada"),
    "learning.link.renewed": _("Enlace personal cambiado"),
    "learning.lesson.finished": _("Lección terminada"),
    "learning.quiz.answered": _("Preguntas respondidas"),
    "learning.checklist.marked": _("Lista marcada"),
    "learning.package.reported": _("Resultado de un paquete"),
    "learning.task.handed_in": _("Tarea entregada"),
    "learning.task.reviewed": _("Tarea revisada"),
}
