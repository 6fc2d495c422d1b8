"""What each action of the journal is called on screen. A house test keeps the list complete."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "registry.person.registered": _("Persona registrada"),
    "registry.person.corrected": _("Datos corregidos"),
    "registry.person.erased": _("Identidad borrada"),
    "registry.affiliation.added": _("Vínculo agregado"),
    "registry.affiliation.ended": _("Vínculo terminado"),
    "registry.organisation.registered": _("Organización registrada"),
    "registry.organisation.corrected": _("Organización corregida"),
    "registry.enterprise.registered": _("Empresa registrada"),
    "registry.enterprise.corrected": _("Datos de la empresa corregidos"),
    "registry.enterprise.facts_recorded": _("Datos con fecha registrados"),
    "registry.consent.recorded": _("Consentimiento registrado"),
    "registry.duplicate.noted": _("Par dudoso anotado"),
    "registry.duplicate.told_apart": _("Par resuelto: son distintas"),
    "registry.duplicate.reopened": _("Par vuelto a abrir"),
    "registry.records.merged": _("Fichas fusionadas"),
    "registry.records.unmerged": _("Fusión deshecha"),
    "registry.import.received": _("Planilla recibida"),
    "registry.import.columns_set": _("Columnas definidas"),
    "registry.import.checked": _("Planilla revisada"),
    "registry.import.started": _("Importación comenzada"),
    "registry.import.rows_imported": _("Importada de una planilla"),
    "registry.import.finished": _("Importación terminada"),
    "registry.import.failed": _("Importación interrumpida"),
    "registry.import.undone": _("Importación deshecha"),
    "registry.places.loaded": _("Lugares cargados"),
    "registry.sectors.loaded": _("Rubros cargados"),
    "registry.legal_forms.loaded": _("Formas jurídicas cargadas"),
    "registry.size_rules.loaded": _("Reglas de tamaño cargadas"),
    "registry.consent_texts.loaded": _("Textos de consentimiento cargados"),
    "programmes.programme.founded": _("Programa creado"),
    "programmes.programme.changed": _("Programa corregido"),
    "programmes.funder.added": _("Financiador agregado"),
    "programmes.phase.added": _("Fase agregada"),
    "programmes.areas.adopted": _("Áreas tomadas del kit"),
    "programmes.area.changed": _("Área corregida"),
    "programmes.result.expected": _("Resultado esperado agregado"),
    "programmes.activity.planned": _("Actividad prevista"),
    "programmes.activity.changed": _("Actividad corregida"),
    "programmes.kit.installed": _("Kit instalado"),
}


def says(action: str) -> str:
    """Return the words for an action; its code where there are none."""
    return str(WORDS.get(action, action))
