"""Addresses of this room: rounds under `ruedas/`, for who takes part short ones under `rueda/`."""

from django.urls import path

from digna.rounds.views import after, floor, own, papers, parties, rounds, timetables

app_name = "rounds"
R = "ruedas/<uuid:key>/"
P = f"{R}participantes/<uuid:who>/"
V = f"{R}agenda/<int:number>"
L = "rueda/<str:token>/"
urlpatterns = [
    path("ruedas/", rounds.rounds, name="rounds"),
    path("ruedas/descargar", rounds.export_rounds, name="export_rounds"),
    path("ruedas/nueva", rounds.create_round, name="create_round"),
    path(R, rounds.round_, name="round"),
    path(f"{R}corregir", rounds.change_round, name="change_round"),
    path(f"{R}etapa", rounds.move_round, name="move_round"),
    path(f"{R}cancelar", rounds.cancel_round, name="cancel_round"),
    path(f"{R}turnos", rounds.slots, name="slots"),
    path(f"{R}turnos/<int:slot>/pausa", rounds.turn_slot, name="turn_slot"),
    path(f"{R}interpretes/nuevo", rounds.add_interpreter, name="add_interpreter"),
    path(
        f"{R}interpretes/<int:person>/quitar",
        rounds.remove_interpreter,
        name="remove_interpreter",
    ),
    path(f"{R}participantes", parties.parties, name="parties"),
    path(f"{R}participantes/descargar", parties.export_parties, name="export_parties"),
    path(f"{R}participantes/compradores", parties.invite_buyers, name="invite_buyers"),
    path(f"{R}participantes/empresas", parties.invite_firms, name="invite_firms"),
    path(f"{R}participantes/tarjetas", parties.cards, name="cards"),
    path(P, parties.change_party, name="party"),
    path(f"{P}estado", parties.move_party, name="move_party"),
    path(f"{P}enlace", parties.renew_link, name="renew_link"),
    path(f"{P}deseos", parties.party_wishes, name="party_wishes"),
    path(f"{P}llegada", floor.arrive, name="arrive"),
    path(f"{P}ausencia", floor.miss, name="miss"),
    path(f"{P}agenda.pdf", papers.agenda_pdf, name="agenda_pdf"),
    path(f"{R}agenda", timetables.timetables, name="timetables"),
    path(f"{R}agenda/calcular", timetables.begin, name="begin"),
    path(f"{R}agenda/descargar", timetables.export_agenda, name="export_agenda"),
    path(f"{R}agenda/decidir", timetables.rule_pair, name="rule_pair"),
    path(f"{R}agenda/decidir/<int:ruling>/quitar", timetables.unrule_pair, name="unrule_pair"),
    path(V, timetables.timetable, name="timetable"),
    path(f"{V}/avance", timetables.progress, name="progress"),
    path(f"{V}/publicar", timetables.publish, name="publish"),
    path(f"{R}avisos", floor.notices, name="notices"),
    path(f"{R}avisos/<int:notice>", floor.tell, name="tell"),
    path(f"{R}agendas.pdf", papers.agendas_pdf, name="agendas_pdf"),
    path(f"{R}mesas.pdf", papers.tables_pdf, name="tables_pdf"),
    path(f"{R}sala", floor.floor, name="floor"),
    path(f"{R}fichas", floor.meetings, name="meetings"),
    path(f"{R}fichas/<uuid:meeting>/<slug:side>", floor.slip, name="slip"),
    path(f"{R}seguimiento", after.follow_ups, name="follow_ups"),
    path(f"{R}seguimiento/descargar", after.export_chases, name="export_chases"),
    path(f"{R}seguimiento/<uuid:meeting>", after.follow_up, name="follow_up"),
    path(f"{R}resultado", after.result, name="result"),
    path(f"{R}resultado/descargar", after.export_result, name="export_result"),
    path(L, own.own, name="own"),
    path(f"{L}inscripcion", own.own_registration, name="own_registration"),
    path(f"{L}deseos", own.own_wishes, name="own_wishes"),
    path(f"{L}llegada", own.own_arrival, name="own_arrival"),
    path(f"{L}avisos", own.own_notices, name="own_notices"),
    path(f"{L}ficha/<uuid:meeting>", own.own_slip, name="own_slip"),
    path(f"{L}ventas/<uuid:meeting>", own.own_follow_up, name="own_follow_up"),
    path(f"{L}agenda.pdf", own.own_pdf, name="own_pdf"),
    path(f"{L}agenda.ics", own.own_calendar, name="own_calendar"),
]
