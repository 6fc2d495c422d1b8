"""Addresses of this room: selections under `estudios/seleccion/`, for evaluators short ones."""

from django.urls import path

from digna.studies import assessment_urls
from digna.studies.views import (
    selection_parts,
    selection_results,
    selection_rounds,
    selection_votes,
    selections,
)

app_name = "studies"
S = "estudios/seleccion/<uuid:key>/"
V = "estudios/seleccion/evaluar/<str:token>/"
urlpatterns = [
    path("estudios/seleccion/", selections.selections, name="selections"),
    path("estudios/seleccion/nueva", selections.create_selection, name="create_selection"),
    path(S, selections.selection, name="selection"),
    path(f"{S}corregir", selections.change_selection, name="change_selection"),
    path(f"{S}version", selections.start_again, name="start_again"),
    path(f"{S}comparar/<uuid:other>", selections.compare_selections, name="compare_selections"),
    path(f"{S}sectores", selection_parts.selection_sectors, name="selection_sectors"),
    path(
        f"{S}sectores/<int:candidate>/quitar",
        selection_parts.remove_candidate,
        name="remove_candidate",
    ),
    path(
        f"{S}sectores/<int:candidate>/veredicto/<int:criterion>",
        selection_parts.give_verdict,
        name="give_verdict",
    ),
    path(f"{S}criterios", selection_parts.selection_criteria, name="selection_criteria"),
    path(f"{S}criterios/esquema", selection_parts.copy_scheme, name="copy_scheme"),
    path(f"{S}criterios/nuevo", selection_parts.add_criterion, name="add_criterion"),
    path(
        f"{S}criterios/<int:criterion>", selection_parts.change_criterion, name="change_criterion"
    ),
    path(
        f"{S}criterios/<int:criterion>/quitar",
        selection_parts.remove_criterion,
        name="remove_criterion",
    ),
    path(f"{S}personas", selection_parts.selection_people, name="selection_people"),
    path(f"{S}personas/tarjetas", selection_parts.selection_cards, name="selection_cards"),
    path(f"{S}personas/<int:person>/enlace", selection_parts.renew_link, name="renew_link"),
    path(f"{S}personas/<int:person>/retiro", selection_parts.note_leaving, name="note_leaving"),
    path(f"{S}personas/<int:person>/regreso", selection_parts.note_return, name="note_return"),
    path(f"{S}rondas", selection_rounds.selection_rounds, name="selection_rounds"),
    path(f"{S}rondas/turno", selection_rounds.turn_round, name="turn_round"),
    path(
        f"{S}rondas/<slug:kind>/<int:number>",
        selection_rounds.selection_round,
        name="selection_round",
    ),
    path(f"{S}pizarra", selection_rounds.board, name="board"),
    path(f"{S}resultado", selection_results.selection_result, name="selection_result"),
    path(f"{S}resultado/calcular", selection_results.compute_outcome, name="compute_outcome"),
    path(f"{S}decision", selection_results.selection_decision, name="selection_decision"),
    path(f"{S}memoria.pdf", selection_results.memo_pdf, name="memo_pdf"),
    path(f"{S}memoria.docx", selection_results.memo_word, name="memo_word"),
    path(f"{S}tabla/<slug:slug>", selection_results.export_selection, name="export_selection"),
    path(V, selection_votes.vote, name="vote"),
    path(f"{V}pesos", selection_votes.vote_weights, name="vote_weights"),
    path(f"{V}sector/<int:candidate>", selection_votes.vote_sector, name="vote_sector"),
    path(
        f"{V}sector/<int:candidate>/<int:criterion>", selection_votes.give_score, name="give_score"
    ),
    path(f"{V}sector/<int:candidate>/queda", selection_votes.keep_scores, name="keep_scores"),
    *assessment_urls.urlpatterns,
]
