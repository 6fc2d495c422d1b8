"""Addresses: `/aprender` for who learns, `/cursos` for who teaches and writes."""

from django.urls import path

from digna.learning.views import (
    authoring,
    courses,
    enrolling,
    groups,
    learn,
    publishing,
    reviews,
    working,
)

app_name = "learning"
COURSE = "aprender/<slug:course>/"
LESSON = f"{COURSE}<slug:lesson>"
GROUP = "cursos/grupos/<uuid:key>"
ONE = "cursos/curso/<slug:code>"
DRAFT = f"{ONE}/editar"
DRAFT_LESSON = f"{DRAFT}/leccion/<slug:lesson>"
ENROLMENT = "cursos/inscripciones/<uuid:key>"

urlpatterns = [
    path("aprender/", learn.home, name="home"),
    path("aprender/salir", learn.leave, name="leave"),
    path("aprender/mi/<str:token>", learn.enter, name="enter"),
    path("aprender/medios/<slug:digest>/<str:path>", learn.media, name="media"),
    path("aprender/fotos/<int:key>", learn.photo, name="photo"),
    path(f"{COURSE}", learn.course_page, name="course_page"),
    path(f"{COURSE}llevar", learn.take_along, name="take_along"),
    path(f"{COURSE}comenzar", learn.begin, name="begin"),
    path(f"{COURSE}version", learn.take_newer, name="take_newer"),
    path(LESSON, learn.lesson, name="lesson"),
    path(f"{LESSON}/terminar", working.finish, name="finish"),
    path(f"{LESSON}/preguntas", working.answer, name="answer"),
    path(f"{LESSON}/lista", working.mark, name="mark"),
    path(f"{LESSON}/tarea", working.hand_in, name="hand_in"),
    path("cursos/", courses.courses, name="courses"),
    path("cursos/grupos/", groups.groups, name="groups"),
    path("cursos/grupos/nuevo", groups.open_group, name="open_group"),
    path(GROUP, groups.group, name="group"),
    path(f"{GROUP}/corregir", groups.change_group, name="change_group"),
    path(f"{GROUP}/cerrar", groups.close_group, name="close_group"),
    path(f"{GROUP}/papel", groups.group_paper, name="group_paper"),
    path(f"{GROUP}/descargar", groups.export_group, name="export_group"),
    path(f"{GROUP}/encuentro/<slug:unit>", groups.meeting, name="meeting"),
    path("cursos/persona/<uuid:key>", enrolling.enrol_person, name="enrol_person"),
    path("cursos/empresa/<uuid:key>", enrolling.enrol_firm, name="enrol_firm"),
    path(ENROLMENT, enrolling.enrolment, name="enrolment"),
    path(f"{ENROLMENT}/retirar", enrolling.withdraw, name="withdraw"),
    path(f"{ENROLMENT}/hacer", enrolling.act, name="act"),
    path("cursos/tareas/", reviews.reviews, name="reviews"),
    path("cursos/tareas/<uuid:key>", reviews.review, name="review"),
    path(ONE, courses.course, name="course"),
    path(f"{ONE}/uso", courses.retire, name="retire"),
    path("cursos/nuevo", authoring.new_course, name="new_course"),
    path("cursos/traer", publishing.import_course, name="import_course"),
    path(f"{ONE}/carpeta/<int:number>.zip", publishing.export_course, name="export_course"),
    path(f"{ONE}/ver", publishing.preview, name="preview"),
    path(f"{ONE}/celular/<slug:lesson>", publishing.phone, name="phone"),
    path(DRAFT, authoring.edit, name="edit"),
    path(f"{DRAFT}/curso", authoring.edit_course, name="edit_course"),
    path(f"{DRAFT}/orden", authoring.rearrange, name="rearrange"),
    path(f"{DRAFT}/archivos", publishing.files, name="files"),
    path(f"{DRAFT}/revisar", publishing.check, name="check"),
    path(f"{DRAFT}/descartar", publishing.discard, name="discard"),
    path(f"{DRAFT}/probar", publishing.try_page, name="try_page"),
    path(f"{DRAFT}/unidad/<int:unit>", authoring.edit_unit, name="edit_unit"),
    path(f"{DRAFT}/pagina/<slug:page>/<slug:language>", publishing.edit_page, name="edit_page"),
    path(DRAFT_LESSON, authoring.edit_lesson, name="edit_lesson"),
    path(f"{DRAFT_LESSON}/datos", authoring.lesson_facts, name="lesson_facts"),
    path(f"{DRAFT_LESSON}/<int:at>", authoring.edit_block, name="edit_block"),
    path(f"{DRAFT_LESSON}/<int:at>/<int:question>", authoring.edit_question, name="edit_question"),
]
