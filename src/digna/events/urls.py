"""Addresses of this room: inside under `actividades/`, for the public short ones."""

from django.urls import path

from digna.events.views import calls, lists, papers, people, processes, public, sessions

app_name = "events"
PROCESS, SESSION = "actividades/<uuid:key>/", "actividades/sesion/<int:key>/"
urlpatterns = [
    path("actividades/", lists.processes, name="processes"),
    path("actividades/descargar", lists.export_processes, name="export_processes"),
    path("actividades/nueva", processes.create_process, name="create_process"),
    path(PROCESS, processes.process, name="process"),
    path(f"{PROCESS}sesiones", processes.process_sessions, name="process_sessions"),
    path(f"{PROCESS}personas", people.process_people, name="process_people"),
    path(f"{PROCESS}inscripcion", processes.process_registration, name="process_registration"),
    path(f"{PROCESS}ajustes", processes.process_settings, name="process_settings"),
    path(f"{PROCESS}temas", processes.set_topics, name="set_topics"),
    path(f"{PROCESS}inscripcion/abrir", processes.set_registration, name="set_registration"),
    path(f"{PROCESS}personas/inscribir", people.enrol_person, name="enrol_person"),
    path(f"{PROCESS}personas/nueva", people.new_person, name="new_person"),
    path(f"{PROCESS}certificados", people.issue_certificates, name="issue_certificates"),
    path(f"{PROCESS}personas/planilla", people.enrol_import, name="enrol_import"),
    path(f"{PROCESS}sesiones/nueva", sessions.create_session, name="create_session"),
    path(f"{PROCESS}calendario.ics", papers.process_calendar, name="process_calendar"),
    path(f"{PROCESS}asistencia", papers.export_attendance, name="export_attendance"),
    path(f"{PROCESS}asistencia/subir", papers.import_attendance, name="import_attendance"),
    path("actividades/inscripcion/<int:key>/", people.enrolment, name="enrolment"),
    path(
        "actividades/inscripcion/<int:key>/cambiar",
        people.change_enrolment,
        name="change_enrolment",
    ),
    path(SESSION, sessions.session, name="session"),
    path(f"{SESSION}asistencia", sessions.record_attendance, name="record_attendance"),
    path(f"{SESSION}buscar", sessions.find_person, name="find_person"),
    path(f"{SESSION}corregir", sessions.change_session, name="change_session"),
    path(f"{SESSION}cancelar", sessions.cancel_session, name="cancel_session"),
    path(f"{SESSION}rehabilitar", sessions.reinstate_session, name="reinstate_session"),
    path(f"{SESSION}hoja", papers.sign_in_sheet, name="sign_in_sheet"),
    path(f"{SESSION}cartel", papers.poster, name="poster"),
    path(f"{SESSION}faltas", papers.missing, name="missing"),
    path(f"{SESSION}calendario.ics", papers.session_calendar, name="session_calendar"),
    path(f"{SESSION}videollamada", calls.upload_call, name="upload_call"),
    path("actividades/videollamada/<int:key>/", calls.review_call, name="review_call"),
    path("actividades/videollamada/<int:key>/descartar", calls.discard_call, name="discard_call"),
    path("inscribirse/<str:token>/", public.register, name="register"),
    path("inscribirse/<str:token>/gracias/<str:receipt>", public.registered, name="registered"),
    path(
        "inscribirse/<str:token>/calendario.ics",
        public.registration_calendar,
        name="registration_calendar",
    ),
    path("asistir/<str:token>/", public.check_in, name="check_in"),
    path("asistir/<str:token>/si", public.confirm_check_in, name="confirm_check_in"),
    path("asistir/<str:token>/nueva", public.check_in_new, name="check_in_new"),
    path("asistir/<str:token>/listo", public.checked_in, name="checked_in"),
]
