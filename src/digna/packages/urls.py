"""Addresses of this room: the screens on our host, the content on its own."""

from django.urls import path

from digna.packages.views import content, playing, screens

app_name = "packages"
ONE, TRY = "paquetes/<uuid:key>/", "paquetes/intento/<uuid:key>/"
urlpatterns = [
    path("paquetes/", screens.packages, name="packages"),
    path("paquetes/nuevo", screens.import_package, name="import_package"),
    path("paquetes/descargar-lista", screens.export_packages, name="export_packages"),
    path(ONE, screens.package, name="package"),
    path(f"{ONE}version", screens.add_version, name="add_version"),
    path(f"{ONE}corregir", screens.correct, name="correct"),
    path(f"{ONE}retirar", screens.withdraw, name="withdraw"),
    path(f"{ONE}volver", screens.put_back, name="put_back"),
    path(f"{ONE}empezar", playing.begin, name="begin"),
    path(f"{ONE}descargar-intentos", screens.export_attempts, name="export_attempts"),
    path("paquetes/descargar/<uuid:key>", screens.download, name="download"),
    path(TRY, playing.play, name="play"),
    path(f"{TRY}guardar", playing.keep, name="keep"),
    path("contenido/<str:token>/_digna/parte/<int:number>", content.part, name="part"),
    path("contenido/<str:token>/_digna/fin", content.ended, name="ended"),
    path("contenido/<str:token>/_digna/clave/<uuid:key>", content.fetch, name="fetch"),
    path("contenido/<str:token>/<path:path>", content.file, name="file"),
]
