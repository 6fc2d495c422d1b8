"""Addresses of this room: guides open to the world, firms' lists, the library's desk."""

from django.urls import path

from digna.pathways.views import (
    desk,
    exporting,
    firms,
    following,
    guides,
    official,
    reports,
    steps,
)

app_name = "pathways"
FIRM, LIST = "rutas/empresa/<uuid:key>/", "rutas/empresa/<uuid:key>/<slug:code>/"
STEP = "rutas/avance/<uuid:key>/"
PAPER = "rutas/papel/<int:key>/"
DESK, PLAN = "rutas/biblioteca/<slug:code>", "rutas/plan-exportacion/<uuid:key>"
urlpatterns = [
    path("rutas/", guides.guides, name="guides"),
    path("rutas/regimenes", guides.regimes, name="regimes"),
    path("rutas/empresas", following.firms, name="firms"),
    path("rutas/empresas/descargar", following.export_firms, name="export_firms"),
    path("rutas/vencimientos", following.lapsing, name="lapsing"),
    path("rutas/vencimientos.ics", following.calendar, name="calendar"),
    path("rutas/biblioteca", desk.library, name="library"),
    path(f"{DESK}", desk.library_step, name="library_step"),
    path(f"{DESK}/costo", desk.correct_price, name="correct_price"),
    path(f"{DESK}/confirmar", desk.confirm_step, name="confirm_step"),
    path(f"{DESK}/dato/<slug:slug>", desk.correct_fact, name="correct_fact"),
    path("rutas/correccion/<int:key>/retirar", desk.withdraw, name="withdraw"),
    path("rutas/oficiales", official.official, name="official"),
    path("rutas/oficiales/<int:key>", official.official_record, name="official_record"),
    path("rutas/oficiales/<int:key>/paso", official.pair, name="pair"),
    path("rutas/oficiales/dato/<int:key>", official.decide, name="decide"),
    path("rutas/reportes", reports.reports, name="reports"),
    path("rutas/reportes/<uuid:key>", reports.answer_report, name="answer_report"),
    path("rutas/reporte/<uuid:key>", reports.sent_report, name="sent_report"),
    path("rutas/paso/<slug:code>/error", reports.report, name="report"),
    path(FIRM, firms.firm, name="firm"),
    path(f"{FIRM}preparacion", exporting.readiness, name="readiness"),
    path(f"{FIRM}preparacion/responder", exporting.check_readiness, name="check_readiness"),
    path(f"{FIRM}plan-exportacion", exporting.export_plans, name="export_plans"),
    path(f"{FIRM}plan-exportacion/escribir", exporting.write_plan, name="write_plan"),
    path(PLAN, exporting.export_plan, name="export_plan"),
    path(f"{PLAN}/papel", exporting.plan_paper, name="plan_paper"),
    path(f"{PLAN}/descargar-word", exporting.plan_docx, name="plan_docx"),
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
