"""Addresses of this room."""

from django.urls import path

from digna.trainers.views import lists, signing, trainers

app_name = "trainers"
ONE, WAY = "formadores/<uuid:key>/", "formadores/camino/<uuid:key>/"
PIECE = "formadores/evidencia/<int:key>/"
urlpatterns = [
    path("formadores/", lists.trainers, name="trainers"),
    path("formadores/descargar", lists.export_trainers, name="export_trainers"),
    path("formadores/cifras", lists.figures, name="figures"),
    path("formadores/por-firmar", signing.to_sign, name="to_sign"),
    path("formadores/reglas", lists.rules, name="rules"),
    path("formadores/persona/<uuid:key>", trainers.enlist, name="enlist"),
    path(ONE, trainers.trainer, name="trainer"),
    path(f"{ONE}corregir", trainers.correct, name="correct"),
    path(f"{ONE}modulo", trainers.begin_way, name="begin_way"),
    path(f"{ONE}dejar", trainers.stop, name="stop"),
    path(f"{ONE}volver", trainers.come_back, name="come_back"),
    path(f"{WAY}evidencia", trainers.add_evidence, name="add_evidence"),
    path(f"{WAY}subir", signing.climb, name="climb"),
    path(f"{WAY}renovar", signing.renew, name="renew"),
    path(f"{WAY}bajar", signing.step_down, name="step_down"),
    path(f"{PIECE}archivo", signing.evidence_file, name="evidence_file"),
    path(f"{PIECE}palabra", signing.judge, name="judge"),
    path(f"{PIECE}quitar", trainers.remove_evidence, name="remove_evidence"),
]
