"""What the actions of assessments are called where the journal is read."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "studies.study.opened": _("Estudio abierto"),
    "studies.study.described": _("Estudio descrito"),
    "studies.study.moved": _("Estado del estudio cambiado"),
    "studies.questions.set": _("Preguntas del estudio definidas"),
    "studies.tools.ticked": _("Herramientas usadas marcadas"),
    "studies.round.begun": _("Ronda nueva comenzada"),
    "studies.evidence.noted": _("Evidencia anotada"),
    "studies.interview.typed": _("Entrevista transcrita"),
    "studies.link.noted": _("Eslabón anotado"),
    "studies.actor.noted": _("Actor del mercado anotado"),
    "studies.channel.noted": _("Canal anotado"),
    "studies.price.noted": _("Precios de un eslabón anotados"),
    "studies.element.noted": _("Elemento del sistema anotado"),
    "studies.cause.noted": _("Causa anotada"),
    "studies.cause.joined": _("Causa unida a su efecto"),
    "studies.series.noted": _("Serie anotada"),
    "studies.deficit.noted": _("Déficit de trabajo decente anotado"),
    "studies.finding.noted": _("Hallazgo anotado"),
    "studies.finding.decided": _("Decisión sobre un hallazgo"),
    "studies.part.removed": _("Parte del estudio quitada"),
    "studies.version.frozen": _("Versión del estudio congelada"),
}
