"""Addresses: `/aprender` for who learns, `/cursos` for who teaches and writes."""

from django.urls import path

from digna.learning.views import learn, working

app_name = "learning"
COURSE = "aprender/<slug:course>/"
LESSON = f"{COURSE}<slug:lesson>"

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
]
