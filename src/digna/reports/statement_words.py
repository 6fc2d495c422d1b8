"""The sentences of the public statement, by strategic area: words around figures, never numbers.

`{code}` stands for the figure of an indicator as written; what stands between `[` and `]` is a name
from records (`[sectors]`). A sentence is left out where none of its indicators is public; one whose
figure is missing says «sin dato».
"""

from django.utils.translation import gettext_noop as _

SENTENCES: dict[str, tuple[str, ...]] = {
    "knowledge": (
        _("Con {market_assessments} estudios rápidos de mercado se eligieron {sectors_chosen} "
          "sectores: [sectors]."),
        _("Después se hicieron {sector_diagnostics} diagnósticos para ver qué frena a sus "
          "empresas."),
    ),
    "constituents": (
        _("{capacity_processes} procesos de capacitación llegaron a {constituents_trained} "
          "representantes de empleadores, trabajadores y gobierno; mujeres: "
          "{constituents_trained_women}."),
        _("Los procesos fueron: [processes]."),
        _("Fueron {training_attendances} asistencias y {training_hours} horas-persona: quien "
          "vino dos "
          "veces es una persona y dos asistencias."),
    ),
    "local_capacity": (
        _("SCORE, adaptado a la modalidad virtual, formó a {firms_trained} empresas y a "
          "{people_of_firms_trained} personas de ellas; {firms_certified} empresas completaron un "
          "módulo."),
        _("El trabajo llegó a {departments_reached} departamentos: [departments]."),
        _("De las prácticas que faltaban se adoptaron {practices_adopted}; de los indicadores de "
          "empresa mejoraron {kpis_better}."),
        _("{pathway_firms_started} empresas empezaron una ruta para formalizarse o exportar, y "
          "{pathway_firms_formalised} terminaron la de formalización."),
        _("{course_people_finished} personas terminaron un curso virtual, entre ellos los de "
          "Mejora "
          "Continua."),
        _("Del costo completo de los ciclos, en bolivianos, otros que el donante cubrieron "
          "{cost_recovery}; las empresas pagaron "
          "{firm_paid_share}."),
    ),
    "alliances": (
        _("En IMPULSA, {mentees_with_mentor} personas que emprenden tienen mentora o mentor; "
          "mujeres: "
          "{mentoring_women}."),
        _("En RE-Actívate, {firms_with_offers} empresas publicaron su oferta y {firms_selling} "
          "cobraron una venta; en ruedas de negocios, {round_firms_met} empresas se reunieron con "
          "compradores."),
        _("{conversatorio_events} conversatorios reunieron a {conversatorio_participants} "
          "participantes y a {conversatorio_speakers} ponentes."),
    ),
}  # fmt: skip
