"""Addresses of this room, under `formacion/`."""

from django.urls import path

from digna.training.views import catalogue, certificates, cycles, firms, pipeline, visits, workshops

app_name = "training"
HERE = "formacion/"
CYCLE, FIRM, WORKSHOP = (
    f"{HERE}<uuid:key>/",
    f"{HERE}empresa/<uuid:key>/",
    f"{HERE}taller/<int:key>/",
)
VISIT, SALE, BUYER = f"{HERE}visita/<uuid:key>/", f"{HERE}ventas/<uuid:key>/", f"{HERE}compradores/"
urlpatterns = [
    path(HERE, cycles.overview, name="overview"),
    path(f"{HERE}descargar", cycles.export_cycles, name="export_cycles"),
    path(f"{HERE}nuevo", cycles.open_cycle, name="open_cycle"),
    path(f"{HERE}mi-agenda.ics", cycles.my_calendar, name="my_calendar"),
    path(f"{HERE}por-perseguir", cycles.chase, name="chase"),
    path(f"{HERE}por-perseguir/descargar", cycles.export_chase, name="export_chase"),
    path(f"{HERE}modulos", catalogue.modules, name="modules"),
    path(f"{HERE}modulos/<slug:code>/", catalogue.module, name="module"),
    path(f"{HERE}modulos/<slug:code>/v<int:version>", catalogue.module, name="module_version"),
    path(f"{HERE}modulos/<slug:code>/corregir", catalogue.edit_module, name="edit_module"),
    path(f"{HERE}modulos/<slug:code>/oferta", catalogue.offer_module, name="offer_module"),
    path(CYCLE, cycles.cycle, name="cycle"),
    path(f"{CYCLE}corregir", cycles.change_cycle, name="change_cycle"),
    path(f"{CYCLE}cancelar", cycles.cancel_cycle, name="cancel_cycle"),
    path(f"{CYCLE}rehabilitar", cycles.reinstate_cycle, name="reinstate_cycle"),
    path(f"{CYCLE}certificados", certificates.issue_certificates, name="issue_certificates"),
    path(f"{CYCLE}inscribir", cycles.enrol_firm, name="enrol_firm"),
    path(f"{CYCLE}descargar", cycles.export_firms, name="export_firms"),
    path(f"{CYCLE}calendario.ics", cycles.cycle_calendar, name="cycle_calendar"),
    path(f"{CYCLE}talleres", cycles.cycle_workshops, name="cycle_workshops"),
    path(f"{CYCLE}talleres/programar", cycles.plan_workshops, name="plan_workshops"),
    path(f"{CYCLE}talleres/nuevo", cycles.create_workshop, name="create_workshop"),
    path(WORKSHOP, workshops.workshop, name="workshop"),
    path(f"{WORKSHOP}asistencia", workshops.record_attendance, name="record_attendance"),
    path(f"{WORKSHOP}corregir", workshops.change_workshop, name="change_workshop"),
    path(f"{WORKSHOP}cancelar", workshops.cancel_workshop, name="cancel_workshop"),
    path(FIRM, firms.firm, name="firm"),
    path(f"{FIRM}paso/<slug:to>", firms.advance, name="advance"),
    path(f"{FIRM}admitir", firms.admit, name="admit"),
    path(f"{FIRM}dejar", firms.drop, name="drop"),
    path(f"{FIRM}cerrar", firms.close, name="close"),
    path(f"{FIRM}pausa", firms.pause, name="pause"),
    path(f"{FIRM}reanudar", firms.resume, name="resume"),
    path(f"{FIRM}dispensa", firms.waive, name="waive"),
    path(f"{FIRM}deshacer", firms.undo, name="undo"),
    path(f"{FIRM}medir/<slug:point>", firms.measure, name="measure"),
    path(f"{FIRM}participantes", firms.participants, name="participants"),
    path(
        f"{FIRM}participantes/<int:pk>/quitar", firms.remove_participant, name="remove_participant"
    ),
    path(f"{FIRM}equipo", firms.team, name="team"),
    path(f"{FIRM}plan", firms.plan, name="plan"),
    path(f"{FIRM}proxima-visita", firms.plan_visit, name="plan_visit"),
    path(f"{FIRM}visita", visits.new_visit, name="new_visit"),
    path(f"{FIRM}informe", visits.report, name="report"),
    path(f"{FIRM}informe/papel.pdf", visits.report_paper, name="report_paper"),
    path(f"{FIRM}informe/reabrir", visits.reopen_report, name="reopen_report"),
    path(f"{FIRM}informe/<slug:act>", visits.decide_report, name="decide_report"),
    path(f"{VISIT}corregir", visits.correct_visit, name="correct_visit"),
    path(f"{VISIT}quitar", visits.remove_visit, name="remove_visit"),
    path(f"{VISIT}foto", visits.add_photo, name="add_photo"),
    path(f"{HERE}foto/<int:key>", visits.photo, name="photo"),
    path(f"{HERE}foto/<int:key>/quitar", visits.remove_photo, name="remove_photo"),
    path(f"{HERE}ventas/", pipeline.pipeline, name="pipeline"),
    path(f"{HERE}ventas/descargar", pipeline.export_pipeline, name="export_pipeline"),
    path(f"{HERE}ventas/nueva", pipeline.new_opportunity, name="new_opportunity"),
    path(SALE, pipeline.opportunity, name="opportunity"),
    path(f"{SALE}diagnostico", pipeline.diagnose, name="diagnose"),
    path(f"{SALE}oferta.pdf", pipeline.offer_paper, name="offer_paper"),
    path(f"{SALE}perdida", pipeline.lose, name="lose"),
    path(f"{SALE}inscribir", pipeline.enrol_from, name="enrol_from"),
    path(BUYER, pipeline.buyer_programmes, name="buyer_programmes"),
    path(f"{BUYER}nuevo", pipeline.new_buyer_programme, name="new_buyer_programme"),
    path(f"{BUYER}<uuid:key>/", pipeline.buyer_programme, name="buyer_programme"),
    path(
        f"{BUYER}<uuid:key>/corregir", pipeline.change_buyer_programme,
        name="change_buyer_programme",
    ),
    path(
        f"{BUYER}<uuid:key>/proveedor/<uuid:firm>", pipeline.supplier_consent,
        name="supplier_consent",
    ),
]  # fmt: skip
