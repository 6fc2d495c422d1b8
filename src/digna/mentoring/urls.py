"""Addresses of this room."""

from django.urls import path

from digna.mentoring.views import cohorts, drafts, mentors, outcomes, pairs, public, sessions

app_name = "mentoring"
COHORT, APPLICATION = "mentoria/<uuid:key>/", "mentoria/postulacion/<uuid:key>/"
DRAFT, PAIR = "mentoria/borrador/<uuid:key>/", "mentoria/pareja/<uuid:key>/"
MENTOR, MINE = "mentoria/mentores/<uuid:key>/", "mentoria/mi/<str:token>/"
urlpatterns = [
    path("mentoria/", cohorts.cohorts, name="cohorts"),
    path("mentoria/nueva", cohorts.open_cohort, name="open_cohort"),
    path("mentoria/calendario.ics", cohorts.my_calendar, name="my_calendar"),
    path("mentoria/postular/<str:token>/", public.apply, name="apply"),
    path(MINE, public.mine, name="mine"),
    path(f"{MINE}elegir", public.rank, name="rank"),
    path(f"{MINE}animo", public.tell_mood, name="tell_mood"),
    path(f"{MINE}acuerdo", public.accept_agreement, name="mine_agreement"),
    path("mentoria/mentores/", mentors.mentors, name="mentors"),
    path("mentoria/mentores/descargar", mentors.export_mentors, name="export_mentors"),
    path("mentoria/mentores/persona/<uuid:key>", mentors.enlist, name="enlist"),
    path(MENTOR, mentors.mentor, name="mentor"),
    path(f"{MENTOR}corregir", mentors.correct_mentor, name="correct_mentor"),
    path(f"{MENTOR}conducta", mentors.accept_conduct, name="accept_conduct"),
    path(COHORT, cohorts.cohort, name="cohort"),
    path(f"{COHORT}corregir", cohorts.correct_cohort, name="correct_cohort"),
    path(f"{COHORT}cerrar", cohorts.close_cohort, name="close_cohort"),
    path(f"{COHORT}postulaciones", cohorts.applications, name="applications"),
    path(
        f"{COHORT}postulaciones/descargar", cohorts.export_applications, name="export_applications"
    ),
    path(f"{COHORT}parejas", cohorts.cohort_health, name="health"),
    path(f"{COHORT}parejas/descargar", cohorts.export_health, name="export_health"),
    path(f"{COHORT}borradores", cohorts.drafts, name="drafts"),
    path(f"{COHORT}resultados", outcomes.outcomes, name="outcomes"),
    path(f"{COHORT}resultados/descargar", outcomes.export_outcomes, name="export_outcomes"),
    path(APPLICATION, cohorts.application, name="application"),
    path(f"{APPLICATION}decidir", cohorts.decide, name="decide"),
    path(f"{APPLICATION}corregir", cohorts.correct_application, name="correct_application"),
    path(f"{APPLICATION}retirar", cohorts.withdraw, name="withdraw"),
    path(f"{APPLICATION}medir/<int:point>", outcomes.record_outcome, name="record_outcome"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}confirmar", drafts.confirm_all, name="confirm_all"),
    path(f"{DRAFT}cerrar", drafts.close_draft, name="close_draft"),
    path(f"{DRAFT}<uuid:application>/", drafts.alternatives, name="alternatives"),
    path(f"{DRAFT}<uuid:application>/<uuid:mentor>", drafts.replace, name="replace"),
    path("mentoria/propuesta/<int:key>", drafts.decide, name="decide_proposal"),
    path(PAIR, pairs.pair, name="pair"),
    path(f"{PAIR}aceptar", pairs.accept, name="accept"),
    path(f"{PAIR}no-puedo", pairs.decline, name="decline"),
    path(f"{PAIR}acuerdo", pairs.agreement, name="agreement"),
    path(f"{PAIR}acuerdo/aceptar", pairs.accept_agreement, name="accept_agreement"),
    path(f"{PAIR}acuerdo.pdf", pairs.agreement_paper, name="agreement_paper"),
    path(f"{PAIR}calendario.ics", pairs.pair_calendar, name="pair_calendar"),
    path(f"{PAIR}meta", pairs.set_goal, name="set_goal"),
    path(f"{PAIR}meta/<int:goal>", pairs.settle_goal, name="settle_goal"),
    path(f"{PAIR}nota", pairs.keep_note, name="keep_note"),
    path("mentoria/nota/<int:note>/quitar", pairs.remove_note, name="remove_note"),
    path(f"{PAIR}seguimiento", pairs.follow_up, name="follow_up"),
    path(f"{PAIR}cambiar", pairs.change, name="change"),
    path(f"{PAIR}completar", pairs.close, name="close"),
    path(f"{PAIR}anotar", sessions.log, name="log"),
    path(f"{PAIR}anotar-grupo", sessions.log_group, name="log_group"),
    path(f"{PAIR}agendar", sessions.plan, name="plan"),
    path("mentoria/sesion/<uuid:key>", sessions.session, name="session"),
    path("mentoria/sesion/<uuid:key>/quitar", sessions.remove_session, name="remove_session"),
]
