"""Addresses of the register."""

from django.urls import path

from digna.registry.views import (
    duplicates,
    enterprises,
    imports,
    notes,
    organisations,
    people,
    search,
)

app_name = "registry"
urlpatterns = [
    path("buscar", search.search, name="search"),
    path("personas/", people.people, name="people"),
    path("personas/nueva", people.new_person, name="new_person"),
    path("personas/parecidas", people.near_people, name="near_people"),
    path("personas/exportar.<str:form>", people.export_people, name="export_people"),
    path("personas/<uuid:key>", people.person, name="person"),
    path("personas/<uuid:key>/corregir", people.correct_person, name="correct_person"),
    path("personas/<uuid:key>/vinculo", people.affiliate, name="affiliate"),
    path(
        "personas/<uuid:key>/vinculo/<int:link>/terminar",
        people.end_affiliation,
        name="end_affiliation",
    ),
    path("personas/<uuid:key>/consentimiento/<int:text>", people.consent, name="consent"),
    path("personas/<uuid:key>/nota", notes.note_on_person, name="note_on_person"),
    path("personas/<uuid:key>/borrar", people.erase_person, name="erase_person"),
    path("empresas/", enterprises.enterprises, name="enterprises"),
    path("empresas/nueva", enterprises.new_enterprise, name="new_enterprise"),
    path("empresas/parecidas", enterprises.near_enterprises, name="near_enterprises"),
    path("empresas/exportar.<str:form>", enterprises.export_enterprises, name="export_enterprises"),
    path("empresas/<uuid:key>", enterprises.enterprise, name="enterprise"),
    path("empresas/<uuid:key>/corregir", enterprises.correct_enterprise, name="correct_enterprise"),
    path("empresas/<uuid:key>/datos", enterprises.record_facts, name="record_facts"),
    path("empresas/<uuid:key>/nota", notes.note_on_enterprise, name="note_on_enterprise"),
    path("notas/<uuid:key>/foto", notes.note_photo, name="note_photo"),
    path("notas/exportar.<str:form>", notes.export_notes, name="export_notes"),
    path("organizaciones/", organisations.organisations, name="organisations"),
    path("organizaciones/nueva", organisations.new_organisation, name="new_organisation"),
    path("organizaciones/<slug:code>", organisations.organisation, name="organisation"),
    path(
        "organizaciones/<slug:code>/corregir",
        organisations.correct_organisation,
        name="correct_organisation",
    ),
    path("duplicados/", duplicates.pairs, name="pairs"),
    path("duplicados/<int:key>", duplicates.pair, name="pair"),
    path("duplicados/<int:key>/distintas", duplicates.tell_apart, name="tell_apart"),
    path("fusiones/<int:key>/deshacer", duplicates.undo_merge, name="undo_merge"),
    path("importar/", imports.imports_list, name="imports"),
    path("importar/nueva", imports.upload, name="upload"),
    path("importar/<uuid:key>", imports.import_batch, name="import_batch"),
    path("importar/<uuid:key>/columnas", imports.columns, name="columns"),
    path("importar/<uuid:key>/avance", imports.progress, name="import_progress"),
    path("importar/<uuid:key>/empezar", imports.start, name="start_import"),
    path("importar/<uuid:key>/errores.xlsx", imports.failed_rows, name="failed_rows"),
    path("importar/<uuid:key>/deshacer", imports.undo, name="undo_import"),
]
