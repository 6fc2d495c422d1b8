"""Addresses of assessments, under `estudios/`."""

from django.urls import path

from digna.studies.views import (
    study_evidence,
    study_faces,
    study_lists,
    study_papers,
    study_parts,
    study_settings,
)

STUDY, PART = "estudios/<uuid:key>/", "estudios/parte/<slug:slug>/<uuid:key>/"
EVIDENCE, INTERVIEW = "estudios/evidencia/<uuid:key>/", "estudios/entrevista/<uuid:key>/"
STEP = "estudios/precio/<uuid:key>/"
urlpatterns = [
    path("estudios/", study_lists.studies, name="studies"),
    path("estudios/descargar", study_lists.export_studies, name="export_studies"),
    path("estudios/nuevo", study_lists.open_study, name="open_study"),
    path(STUDY, study_faces.study, name="study"),
    path(f"{STUDY}evidencia", study_faces.study_evidence, name="study_evidence"),
    path(f"{STUDY}actores", study_faces.study_actors, name="study_actors"),
    path(f"{STUDY}cadena", study_faces.study_chain, name="study_chain"),
    path(f"{STUDY}sistema", study_faces.study_system, name="study_system"),
    path(f"{STUDY}causas", study_faces.study_causes, name="study_causes"),
    path(f"{STUDY}tendencias", study_faces.study_trends, name="study_trends"),
    path(f"{STUDY}hallazgos", study_faces.study_findings, name="study_findings"),
    path(f"{STUDY}versiones", study_settings.study_versions, name="study_versions"),
    path(f"{STUDY}versiones/congelar", study_settings.freeze, name="freeze"),
    path(f"{STUDY}ajustes", study_settings.study_settings, name="study_settings"),
    path(f"{STUDY}preguntas", study_settings.set_questions, name="set_questions"),
    path(f"{STUDY}herramientas", study_settings.tick_tools, name="tick_tools"),
    path(f"{STUDY}estado", study_settings.move_study, name="move_study"),
    path(f"{STUDY}ronda", study_settings.begin_round, name="begin_round"),
    path(f"{STUDY}informe.pdf", study_papers.study_report, name="study_report"),
    path(f"{STUDY}tablas.xlsx", study_papers.study_xlsx, name="study_xlsx"),
    path(f"{STUDY}comparar/<uuid:other>/", study_settings.compare_rounds, name="compare_rounds"),
    path(f"{STUDY}evidencia/nueva", study_evidence.new_evidence, name="new_evidence"),
    path(f"{STUDY}entrevista/nueva", study_evidence.new_interview, name="new_interview"),
    path(f"{STUDY}nuevo/<slug:slug>", study_parts.new_part, name="new_part"),
    path("estudios/version/<uuid:key>/", study_settings.version, name="version"),
    path(EVIDENCE, study_evidence.evidence, name="evidence"),
    path(f"{EVIDENCE}archivo", study_evidence.evidence_file, name="evidence_file"),
    path(f"{EVIDENCE}corregir", study_evidence.change_evidence, name="change_evidence"),
    path(f"{EVIDENCE}quitar", study_evidence.remove_evidence, name="remove_evidence"),
    path(INTERVIEW, study_evidence.change_interview, name="change_interview"),
    path(f"{PART}corregir", study_parts.change_part, name="change_part"),
    path(f"{PART}quitar", study_parts.remove_part, name="remove_part"),
    path("estudios/canal/<uuid:key>/precio", study_parts.new_step, name="new_step"),
    path(STEP, study_parts.change_step, name="change_step"),
    path(f"{STEP}quitar", study_parts.remove_step, name="remove_step"),
    path("estudios/hallazgo/<uuid:key>/decidir", study_parts.decide, name="decide"),
]
