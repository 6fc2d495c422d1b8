"""Addresses of this room: guides open to the world, firms' lists, the library's desk."""

from django.urls import path

from digna.pathways.views import firms, following, guides, steps

app_name = "pathways"
FIRM, LIST = "rutas/empresa/<uuid:key>/", "rutas/empresa/<uuid:key>/<slug:code>/"
STEP = "rutas/avance/<uuid:key>/"
PAPER = "rutas/papel/<int:key>/"
urlpatterns = [
    path("rutas/", guides.guides, name="guides"),
    path("rutas/regimenes", guides.regimes, name="regimes"),
    path("rutas/empresas", following.firms, name="firms"),
    path("rutas/empresas/descargar", following.export_firms, name="export_firms"),
    path("rutas/vencimientos", following.lapsing, name="lapsing"),
    path("rutas/vencimientos.ics", following.calendar, name="calendar"),
    path(FIRM, firms.firm, name="firm"),
    path(f"{FIRM}vencimientos.ics", following.firm_calendar, name="firm_calendar"),
    path(f"{FIRM}paso/<slug:code>", steps.step, name="step"),
    path(LIST, firms.checklist, name="checklist"),
    path(f"{LIST}empezar", firms.start, name="start"),
    path(f"{LIST}preguntas", firms.answers, name="answers"),
    path(f"{LIST}dejar", firms.leave, name="leave"),
    path(f"{LIST}papel", firms.paper, name="paper"),
    path(f"{LIST}descargar", firms.export, name="export"),
    path(f"{STEP}deshacer", steps.undo, name="undo"),
    path(f"{STEP}otra-vez", steps.renew, name="renew"),
    path(f"{STEP}papeles", steps.add_paper, name="add_paper"),
    path(f"{PAPER}ver", steps.paper, name="step_paper"),
    path(f"{PAPER}quitar", steps.remove_paper, name="remove_paper"),
    path("rutas/<slug:code>", guides.guide, name="guide"),
    path("rutas/<slug:code>/papel", guides.paper, name="guide_paper"),
]
