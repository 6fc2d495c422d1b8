"""Addresses of the offline face."""

from django.urls import path

from digna.field.days import urls as days
from digna.field.views import devices, questions, shell, sync

app_name = "field"
urlpatterns = [
    path("campo/", shell.home, name="shell"),
    path("campo/archivo", shell.outbox, name="outbox"),
    path("campo/preguntas", questions.questions, name="questions"),
    path(
        "campo/preguntas/exportar.<str:form>", questions.export_questions, name="export_questions"
    ),
    path("campo/preguntas/<uuid:key>", questions.question, name="question"),
    path("campo/preguntas/<uuid:key>/rechazar", questions.reject, name="reject"),
    path(
        "campo/preguntas/<uuid:key>/archivo/<int:number>",
        questions.question_file,
        name="question_file",
    ),
    path("campo/telefonos", devices.devices, name="devices"),
    path("campo/telefonos/<uuid:key>/retirar", devices.revoke, name="revoke"),
    path("campo/telefonos/<uuid:key>/admitir", devices.readmit, name="readmit"),
    path("sw.js", shell.worker, name="worker"),
    path("digna.webmanifest", shell.manifest, name="manifest"),
    path("field/grant", shell.grant, name="grant"),
    path("field/sync", sync.sync, name="sync"),
    path("field/parts/<str:digest>", sync.part, name="part"),
    path("field/known", sync.known, name="known"),
    path("field/device", sync.device, name="device"),
    path("field/device/recovery", sync.recover, name="recover"),
    *days.urlpatterns,
]
